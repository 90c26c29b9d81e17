"""The sample on the dashboard: put in by one press, told on every page, kept apart, wiped by one press."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.sample.people import PEOPLE
from companion.stores import Stores
from tests.companion.web.browser import Browser, Page
from tests.companion.web.town import NOTE
from tests.replica.people import WREN

MAREN = PEOPLE[0]


@pytest.fixture
def sample(web: Browser) -> Page:
    """The first page after the sample was put in, in a dashboard that has people already."""
    return web.send(web.get("/web/first"), "/sample/load")


def test_one_press_shows_people_with_notes_scores_and_somebody_to_talk_with(empty: Browser) -> None:
    page = empty.send(empty.get("/web/first"), "/sample/load")
    assert page.status == 200
    assert "invented people" in page.one(".sample").text()
    people = empty.get("/web/people")
    assert MAREN.name in people.text
    person = empty.get(people.all("tbody a[href*='/person/']")[0].attributes["href"] or "")
    assert person.status == 200
    assert person.all(".faced .value")


@pytest.mark.parametrize(
    "address", ["/web", "/web/people", "/web/circles", "/web/chats", "/web/mirror", "/web/first", "/web/reminders"]
)
def test_every_page_says_so_shows_none_of_the_users_own_and_leads_nowhere_on_x(
    sample: Page, web: Browser, address: str
) -> None:
    page = web.get(address)
    assert page.status == 200
    assert page.one(".sample button").text() == "Wipe the sample"
    assert WREN.name not in page.text
    assert page.all("a[href*='x.com']") == []


def test_one_press_wipes_it_and_everything_is_as_before(sample: Page, web: Browser, tmp_path: Path) -> None:
    after = web.send(web.get("/web"), "/sample/wipe")
    assert after.address.startswith("/web/first")
    assert after.all(".sample") == []
    assert not (tmp_path / "sample").exists()
    people = web.get("/web/people").text
    assert WREN.name in people
    assert MAREN.name not in people
    assert NOTE in web.get(f"/web/person/{WREN.id}").html


def test_what_is_written_in_the_sample_stays_there(sample: Page, web: Browser, stores: Stores) -> None:
    before = stores.notebook.people()
    web.send(web.get("/web/first"), "/aim", day="2")
    person = next(node for node in web.get("/web/people").all("a[href*='/person/']"))
    pid = (person.attributes["href"] or "").split("/person/")[1].split("?")[0]
    token = web.get("/web").all("input[name=form_token]")[0].attributes["value"] or ""
    done = web.post(f"/web/person/{pid}/name", {"alias": "Somebody new", "form_token": token})
    assert "Somebody new" in done.text
    assert stores.notebook.people() == before
    web.send(done, "/sample/wipe")
    assert web.get("/web/first").texts(".fivecards [aria-pressed=true]") == ["3 a day"]
    assert web.get(f"/web/person/{pid}").status == 404


def test_an_undo_from_the_sample_does_nothing_after_it_is_wiped(sample: Page, web: Browser) -> None:
    done = web.send(web.get("/web/first"), "/aim", day="2")
    undo = done.one(".said input[name=undo]").attributes["value"] or ""
    web.send(done, "/sample/wipe")
    token = web.get("/web").all("input[name=form_token]")[0].attributes["value"] or ""
    assert "too late" in web.post("/web/undo", {"undo": undo, "form_token": token}).text


def test_an_undo_of_ones_own_outlives_the_sample(web: Browser) -> None:
    done = web.send(web.get("/web/first"), "/aim", day="2")
    undo = done.one(".said input[name=undo]").attributes["value"] or ""
    web.send(web.send(done, "/sample/load"), "/sample/wipe")
    token = web.get("/web").all("input[name=form_token]")[0].attributes["value"] or ""
    assert "Taken back" in web.post("/web/undo", {"undo": undo, "form_token": token}).text
    assert web.get("/web/first").texts(".fivecards [aria-pressed=true]") == ["3 a day"]


@pytest.mark.parametrize(
    "address", ["/web/import", "/web/import/notes", "/web/people/export?as=csv", "/web/reminders/file"]
)
def test_nothing_is_taken_in_or_given_out_meanwhile(sample: Page, web: Browser, address: str) -> None:
    page = web.get(address)
    assert page.status == 409
    assert "Wipe them first" in page.text
    assert page.all(".sample")
    web.send(page, "/sample/wipe")
    assert web.get(address).status == 200


def test_the_extension_and_the_commands_see_the_users_own_people_alone(
    sample: Page, web: Browser, stores: Stores
) -> None:
    token = web.get("/web").all("input[name=form_token]")[0].attributes["value"] or ""
    feed = web.post("/web/reminders/feed", {"form_token": token})
    assert feed.status == 409
    assert MAREN.name not in web.fetch(f"/web/vet?person={MAREN.handle}").text
    assert WREN.name in web.fetch(f"/web/vet?person={WREN.handle}").text
