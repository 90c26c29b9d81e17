"""The page of reminders, snoozing, and the calendar made from it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from companion.domain.dates import local_day
from companion.machine_zone import MACHINE
from companion.practice import reminders
from companion.store.account import Account
from companion.stores import Stores
from tests.companion.web.browser import Browser
from tests.companion.web.town import NOW
from tests.replica.people import ADA, INES, WREN

PAGE = f"/web/person/{WREN.id}"
TODAY = local_day(NOW, MACHINE)


def step(account: Account) -> dict[str, object]:
    (found,) = account.notebook.about(WREN.id, ADA.id).others["step"]
    return dict(found)


@pytest.mark.parametrize(("until", "days"), [("1", 1), ("7", 7), ((TODAY + timedelta(days=3)).isoformat(), 3)])
def test_a_step_is_put_off_until_tomorrow_next_week_or_a_day_and_the_undo_brings_it_back(
    web: Browser, account: Account, until: str, days: int
) -> None:
    web.send(web.get(PAGE), "/step", words="Weekly hello", day=TODAY.isoformat(), every="week")
    home = web.get("/web")
    form = next(one for one in home.all(".due form") if (one.attributes["action"] or "").endswith("/later"))
    fields: dict[str, str | list[str]] = {
        str(one.attributes["name"]): str(one.attributes["value"]) for one in form.css("input[type=hidden]")
    }
    after = web.post(form.attributes["action"] or "", {**fields, "until": until})
    assert step(account)["later"] == (TODAY + timedelta(days=days)).isoformat()
    assert step(account)["day"] == TODAY.isoformat()
    assert after.address.startswith("/web?"), "back on the page one came from"
    web.send(after, "/undo")
    assert "later" not in step(account)


def test_yesterday_is_no_later(web: Browser) -> None:
    page = web.send(web.get(PAGE), "/step", words="Hello", day=TODAY.isoformat())
    for until in (TODAY.isoformat(), "0", "2001-02-30"):
        assert web.send(page, "/later", until=until).status == 422


def test_an_edit_ends_the_snooze_and_keeps_the_row_of_days(web: Browser, account: Account) -> None:
    page = web.send(web.get(PAGE), "/step", words="Weekly hello", day=TODAY.isoformat(), every="week")
    page = web.send(page, "/later", until="7")
    monday = (TODAY + timedelta(days=2)).isoformat()
    web.send(page, "/edit", words="Weekly hello", day=monday, every="week")
    assert "later" not in step(account)
    assert (step(account)["day"], step(account)["start"]) == (monday, monday)


def test_just_talked_ticks_a_rhythm_with_one_press_and_counts_from_today(web: Browser, account: Account) -> None:
    web.send(web.get(PAGE), "/cadence", every="1 day")
    assert reminders.for_person(account, WREN.id, MACHINE)[1] is not None
    due = web.get("/web/reminders")
    form = next(one for one in due.all(".due form") if (one.attributes["action"] or "").endswith(f"{WREN.id}/touch"))
    fields: dict[str, str | list[str]] = {
        str(one.attributes["name"]): str(one.attributes["value"]) for one in form.css("input[type=hidden]")
    }
    after = web.post(form.attributes["action"] or "", {**fields, "what": "call"})
    assert after.address.startswith("/web/reminders")
    contact = reminders.for_person(account, WREN.id, MACHINE)[1]
    assert contact is not None
    assert contact.day == TODAY + timedelta(days=1)


def test_a_circles_rhythm_is_set_shown_with_its_name_and_undone(web: Browser, account: Account) -> None:
    page = web.get("/web/reminders")
    form = {"kind": "circle", "group": "watchlist", "every": "3 weeks"}
    after = web.send(page, "/rhythm", **form)
    assert any("from The Watchlist" in line for line in after.texts(".due li"))
    told = web.get(f"/web/person/{INES.id}").text
    assert "Contact every 3 weeks" in told
    assert "from The Watchlist" in told
    web.send(after, "/undo")
    assert web.get("/web/reminders").all(".due li") == []


def test_the_calendar_has_what_is_open_and_loses_what_is_done(web: Browser) -> None:
    page = web.send(web.get(PAGE), "/step", words="Send the interview; today", day=TODAY.isoformat())
    data = web.fetch("/web/reminders/file").data.decode()
    assert "SUMMARY:Wren Okafor: Send the interview\\; today" in data
    assert data == web.fetch("/web/reminders/file").data.decode()
    web.send(page, "/done")
    assert "BEGIN:VEVENT" not in web.fetch("/web/reminders/file").data.decode()


def test_the_calendar_speaks_the_language_of_who_asks_and_keeps_the_users_words(web: Browser) -> None:
    made = web.send(web.get("/web/reminders"), "/rhythm", kind="circle", group="watchlist", every="3 weeks")
    web.send(web.get(PAGE), "/step", words="Send the interview", day=TODAY.isoformat())
    web.language = "de"
    told = web.fetch("/web/reminders/file").data.decode().replace("\r\n ", "")
    assert "SUMMARY:Reden mit Ines" in told
    assert "alle 3 Wochen" in told
    assert "SUMMARY:Wren Okafor: Send the interview" in told
    assert made.status == 200


def test_the_page_says_that_calendars_on_the_web_cannot_reach_the_address_and_offers_the_file(web: Browser) -> None:
    told = web.send(web.get("/web/reminders"), "/feed", do="make").one("section[aria-labelledby=calendar]")
    assert "cannot reach it: give them the file" in told.text()
    assert told.css("a[download]")


def test_the_address_is_made_shown_and_taken_back(web: Browser, stores: Stores) -> None:
    made = web.send(web.get("/web/reminders"), "/feed", do="make")
    address = made.one("#feed").attributes["value"] or ""
    assert address.startswith("http://127.0.0.1:")
    assert address.endswith("/mutuals.ics")
    gone = web.send(made, "/feed", do="revoke")
    assert gone.all("#feed") == []
    assert stores.notebook.instance not in gone.text
