"""The first page: people, whom to talk with today, who is really known, losing touch."""

from __future__ import annotations

import pytest

from companion.domain.dates import DAY
from companion.domain.sightings import Interaction, Person, Relation, Understanding
from companion.store.account import Account
from companion.stores import Stores
from tests.companion.web.browser import Browser
from tests.companion.web.town import NOW
from tests.replica import people
from tests.replica.people import ADA

PAGES = ("", "/people", f"/person/{people.WREN.id}", "/circles", "/pictures")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_with_one_heading_and_no_inline_style_or_script(web: Browser, address: str) -> None:
    page = web.get(f"/web{address}")
    assert page.status == 200, page.text
    assert len(page.all("h1")) == 1
    assert page.all("[style], style, [onclick]") == []
    assert [one for one in page.all("script") if not one.attributes.get("src")] == page.all(
        "script[type='application/json']"
    )


@pytest.mark.parametrize("address", ["", "/people", "/circles", "/pictures"])
def test_empty_pages_teach(empty: Browser, address: str) -> None:
    page = empty.get(f"/web{address}")
    assert page.status == 200
    assert len(page.one("main").text().split()) > 12


def test_an_unanswered_question_and_a_silent_friend_are_suggested(web: Browser) -> None:
    page = web.get("/web")
    said = dict(zip(page.texts(".person .name"), page.texts(".person p"), strict=True))
    assert len(said) == 3
    assert any("Silent for" in why for why in said.values())
    assert any("Not answered yet" in why for why in said.values())


def test_later_takes_somebody_out_of_the_suggestions_and_undo_brings_them_back(web: Browser) -> None:
    page = web.get("/web")
    name = page.texts(".person:has(form) .name")[0]
    after = web.send(page, "/later")
    assert name not in after.texts(".person .name")
    assert "left out for a week" in after.one(".said").text()
    assert name in web.send(after, "/undo").texts(".person .name")


def test_whoever_was_spoken_with_today_counts_once(web: Browser, account: Account) -> None:
    acts = [Interaction("out", "reply", NOW - n, f"93000{n}", id=people.BOLA.id) for n in range(3)]
    account.ledger.record(ADA.id, Understanding("x", interactions=acts), NOW)
    page = web.get("/web")
    assert "2 of 3" in page.one("#today").text(), "Bola and Ines"
    assert len(page.all(".person.done")) == 2


def test_the_known_share_and_who_ever_wrote_are_exact(stores: Stores, empty: Browser) -> None:
    crowd = [str(5_000_000 + n) for n in range(100)]
    told = Understanding(
        "Followers",
        [Person(one, f"f{one}", f"Follower {one}") for one in crowd],
        relations=[Relation(one, None, follows_me=True) for one in crowd],
        interactions=[Interaction("in", "reply", NOW - DAY, f"94{one}", id=one) for one in crowd[:5]]
        + [Interaction("out", "reply", NOW - DAY, f"95{one}", id=one) for one in crowd[:3]]
        + [Interaction("in", "like", NOW - DAY, f"like:96{one}", id=one) for one in crowd[50:60]],
    )
    stores.ledger.record(ADA.id, told, NOW)
    for number, one in enumerate((*crowd[2:4], "777")):
        stores.notebook.write(f"known-op-{number}", "note", one, {"text": "Met."}, None, NOW, ADA.id)
    page = empty.get("/web")
    assert page.one(".big").text() == "4.0%", "three talked both ways, one of those and one more have a note"
    assert page.one(".known b").text() == "5.0%", "likes reach nobody"


def test_losing_touch_names_who_was_close_and_for_how_long(web: Browser) -> None:
    told = web.get("/web").texts("section:has(#losing) li")
    assert any(line.startswith("Rhea Pillai 4 months, was") for line in told)


def test_no_vanity_totals_and_no_ranks(web: Browser) -> None:
    text = web.get("/web").text.lower()
    assert "followers gained" not in text
    assert not any(f"{word}" in text for word in ("top 10", "rank", "reach:", "impressions"))


def test_another_account_of_the_user_has_its_own_people(web: Browser, stores: Stores) -> None:
    stores.ledger.owner_for("1000002", "adaworks", NOW)
    stores.ledger.record(
        "1000002", Understanding("x", [Person("601", "venuesnorth", "Venues North")],
                                 interactions=[Interaction("in", "reply", NOW, "970001", id="601")]), NOW,
    )  # fmt: skip
    page = web.get("/web/people?viewer=1000002")
    assert page.texts(".who a") == ["Venues North"]
    assert all("viewer=1000002" in (one.attributes["href"] or "") for one in page.all(".top nav a"))
    assert "Venues North" not in web.get("/web/people?viewer=1000001").text


def test_what_people_call_themselves_is_text_and_never_markup(web: Browser, account: Account) -> None:
    evil = '<script>alert(1)</script><b onmouseover="x">"\'&'
    acts = [Interaction("in", "reply", NOW - n * DAY, f"98{n}", id="666") for n in range(1, 9)]
    acts += [Interaction("out", "reply", NOW - n * DAY, f"99{n}", id="666", chat=evil) for n in range(1, 9)]
    account.ledger.record(ADA.id, Understanding("x", [Person("666", "evil", evil, bio=evil)], interactions=acts), NOW)
    account.notebook.write("evil-op-1", "tags", "666", {"tags": ['<img src=x onerror="1">'[:40]]}, None, NOW, ADA.id)
    for address in ("", "/people?q=alert", "/person/666", "/circles", "/pictures"):
        page = web.get(f"/web{address}")
        assert "<script>alert" not in page.html
        assert "<img" not in page.html
        assert page.all("b[onmouseover], img") == []
    assert evil in web.get("/web/person/666").one("h1").text()
