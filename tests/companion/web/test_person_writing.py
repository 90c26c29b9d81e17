"""Working on a person's page: the note, an own name, next steps, a rhythm, outcomes, all with undo."""

from __future__ import annotations

from datetime import timedelta

import pytest

from companion.domain.dates import DAY, local_day
from companion.machine_zone import MACHINE
from companion.practice import reminders
from companion.store import touches
from companion.store.account import Account
from tests.companion.web.browser import Browser, Page
from tests.companion.web.town import NOTE, NOW
from tests.replica import people
from tests.replica.people import ADA

WREN = f"/web/person/{people.WREN.id}"
TODAY = local_day(NOW, MACHINE)


def note(page: Page) -> str:
    return page.one("textarea.note").text().strip()


def test_the_note_is_written_on_the_page_and_its_undo_brings_the_old_text_back(web: Browser) -> None:
    after = web.send(web.get(WREN), "/note", text="Sister runs the letterpress.\r\n<b>Ibadan</b>")
    assert note(after) == "Sister runs the letterpress.\n<b>Ibadan</b>"
    assert NOTE in after.texts(".kept")
    assert note(web.send(after, "/undo")) == NOTE


def test_a_note_changed_elsewhere_shows_both_and_loses_neither(web: Browser, account: Account) -> None:
    page = web.get(WREN)
    account.notebook.write("op-elsewhere", "note", people.WREN.id, {"text": "From the card"}, 1, NOW, ADA.id)
    both = web.send(page, "/note", text="From the page")
    assert both.status == 409
    assert (both.texts(".mine"), both.texts(".stored")) == (["From the page"], ["From the card"])
    assert note(web.get(WREN)) == "From the card"
    form = both.all("form[action*='/note']")[1]
    fields: dict[str, str | list[str]] = {
        str(field.attributes["name"]): str(field.attributes["value"]) for field in form.css("input")
    }
    kept = web.post(form.attributes["action"] or "", fields)
    assert note(kept) == "From the card\n\nFrom the page"


def test_the_pages_script_saves_with_its_revision_and_learns_of_a_conflict(web: Browser, account: Account) -> None:
    form = web.get(WREN).one("form:has(#note)")
    fields = {str(one.attributes["name"]): str(one.attributes["value"]) for one in form.css("input")}
    address = form.attributes["action"] or ""
    answer = web.ask(address, {**fields, "text": "As typed"})
    assert (answer.status_code, answer.get_json()) == (200, {"rev": 2})
    late = web.ask(address, {**fields, "text": "From an old tab"})
    assert late.status_code == 409
    assert note(web.get(WREN)) == "As typed"
    assert "From an old tab" in [one.text for one in account.notebook.versions(people.WREN.id, ADA.id)]


def test_an_earlier_version_comes_back_as_a_new_one(web: Browser) -> None:
    changed = web.send(web.get(WREN), "/note", text="Shorter")
    form = changed.all("details form[action*='/note']")[0]
    fields: dict[str, str | list[str]] = {
        str(field.attributes["name"]): str(field.attributes["value"]) for field in form.css("input")
    }
    assert note(web.post(form.attributes["action"] or "", fields)) == NOTE


def test_a_name_of_ones_own_stands_at_the_head(web: Browser) -> None:
    after = web.send(web.get(WREN), "/name", alias="Wren of the press")
    assert after.texts("h1") == ["Wren of the press"]
    assert web.send(after, "/undo").texts("h1") != ["Wren of the press"]


def test_a_step_is_due_on_the_home_page_until_it_is_done(web: Browser) -> None:
    page = web.send(web.get(WREN), "/step", words="Send the interview", day=TODAY.isoformat())
    assert "Send the interview" in page.one(".steps").text()
    home = web.get("/web")
    assert "Send the interview" in home.one("section[aria-labelledby=due]").text()
    after = web.send(home, "/done")
    assert after.all("section[aria-labelledby=due]") == []
    assert "Send the interview" in web.send(after, "/undo").one("section[aria-labelledby=due]").text()


def test_a_step_put_off_is_not_due_and_its_row_does_not_move(web: Browser, account: Account) -> None:
    first = (TODAY - timedelta(days=35)).isoformat()
    page = web.send(web.get(WREN), "/step", words="Weekly hello", day=first, every="week")
    web.send(page, "/later")
    (step,) = account.notebook.about(people.WREN.id, ADA.id).others["step"]
    assert (step["day"], step["later"]) == (first, (TODAY + timedelta(days=7)).isoformat())
    assert web.get("/web").all("section[aria-labelledby=due]") == []
    web.send(web.get(WREN), "/done")
    (step,) = account.notebook.about(people.WREN.id, ADA.id).others["step"]
    assert (step["day"], "later" in step) == ((TODAY + timedelta(days=7)).isoformat(), False)


def test_open_steps_stand_in_the_order_in_which_they_are_due_one_on_no_day_last(web: Browser) -> None:
    page, friday = web.get(WREN), (TODAY + timedelta(days=4)).isoformat()
    for words, day in (("Some day", ""), ("Friday", friday), ("Today", TODAY.isoformat())):
        page = web.send(page, "/step", words=words, day=day)
    assert page.texts(".steps b") == ["Today", "Friday", "Some day"]


@pytest.mark.parametrize("fields", [{"words": "x", "every": "often"}, {"words": "x", "every": "week"}, {"words": ""}])
def test_a_step_that_cannot_be_is_refused_in_words(web: Browser, fields: dict[str, str]) -> None:
    assert web.send(web.get(WREN), "/step", **fields).status == 422


def contact_day(account: Account) -> str:
    contact = reminders.for_person(account, people.WREN.id, MACHINE)[1]
    assert contact is not None
    return contact.day.isoformat()


def call(account: Account, days_ago: int, op: str) -> None:
    day = TODAY - timedelta(days=days_ago)
    touches.add(account, people.WREN.id, {"what": "call", "when": NOW - days_ago * DAY, "day": day.isoformat()}, op=op,
                at=NOW)  # fmt: skip


def test_a_rhythm_counts_from_the_latest_contact_whatever_was_logged_last(web: Browser, account: Account) -> None:
    web.send(web.get(WREN), "/cadence", every="14 days")
    before = contact_day(account)
    call(account, 0, "op-call-now")
    assert contact_day(account) == (TODAY + timedelta(days=14)).isoformat()
    call(account, 30, "op-call-old")
    web.send(web.get(WREN), "/note", text="A note is no contact")
    assert contact_day(account) == (TODAY + timedelta(days=14)).isoformat()
    touches.take_back(account, people.WREN.id, "op-call-now", op="op-back", at=NOW)
    assert contact_day(account) == before


def test_a_rhythm_put_off_rests_for_a_week_and_an_empty_one_ends(web: Browser, account: Account) -> None:
    page = web.send(web.get(WREN), "/cadence", every="1 day")
    rested = web.send(page, "/rest")
    assert contact_day(account) == (TODAY + timedelta(days=7)).isoformat()
    web.send(rested, "/cadence", every="")
    assert reminders.for_person(account, people.WREN.id, MACHINE)[1] is None


def test_an_outcome_is_found_by_its_words_and_can_be_removed(web: Browser, account: Account) -> None:
    page = web.send(web.get(WREN), "/outcome", what="work", words="Essay for spring", worth="150 €")
    assert "150 €" in page.one("section[aria-labelledby=outcomes]").text()
    assert [hit.pid for hit in account.notebook.search("essay spring", 5)] == [people.WREN.id]
    gone = web.send(page, "/remove")
    assert "150 €" not in gone.text
    assert "150 €" in web.send(gone, "/undo").text


def test_all_eleven_outcomes_are_offered(web: Browser) -> None:
    assert len(web.get(WREN).all("#what option")) == 11


def test_decisions_are_told_with_their_reasons(web: Browser, account: Account) -> None:
    body = {"decision": "no", "reasons": [], "text": "Only sells"}
    account.notebook.write("op-decided", "decision", people.WREN.id, body, None, NOW, ADA.id)
    assert "Only sells" in web.get(WREN).one("section[aria-labelledby=decisions]").text()


def test_forgetting_takes_steps_rhythm_and_outcomes_along(web: Browser, account: Account) -> None:
    web.send(web.get(WREN), "/step", words="Send it")
    web.send(web.get(WREN), "/cadence", every="week")
    web.send(web.get(WREN), "/outcome", what="fun", words="Dance")
    account.notebook.forget(people.WREN.id)
    assert [account.notebook.of_kind(kind) for kind in ("step", "cadence", "outcome")] == [[], [], []]
