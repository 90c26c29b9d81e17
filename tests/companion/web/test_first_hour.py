"""The first hour: steps that tell what is done, five cards with a choice each, your years, what comes next."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.sightings import Interaction, Person, Understanding
from companion.store.account import Account
from companion.store.ledger.queries.years import YEAR, days_by_year
from companion.vetting.user_lists import topics_of
from tests.companion.web.browser import Browser
from tests.companion.web.town import NOW
from tests.replica.people import ADA, WREN

OLD = "8657000005771"
"""Somebody of whom an archive gives the id alone."""


def at(year: int, day: int) -> int:
    return int(datetime(year, 1, 1, 12, tzinfo=UTC).timestamp()) + day * 86_400


@pytest.fixture
def past(account: Account) -> Account:
    """Six years in which Ada wrote: to Wren in each, to somebody without a handle in the first three."""
    acts = [
        Interaction("out", "reply", at(year, day), f"{year}{day:03}{who}", id=who)
        for year in range(2016, 2022)
        for who, days in ((WREN.id, 4), (OLD, 9 if year < 2019 else 0))
        for day in range(days)
    ]
    account.ledger.record(account.owner, Understanding("archive", [Person(OLD, None)], [], [], acts), NOW)
    return account


def test_days_are_counted_by_year_for_each_person_likes_not_among_them(past: Account) -> None:
    like = Interaction("out", "like", at(2016, 200), "like:1", id=WREN.id)
    past.ledger.record(past.owner, Understanding("archive", [], [], [], [like]), NOW)
    counted = days_by_year(past.ledger, past.owner, 5, 5, 3).days
    assert [(pid, year, days) for pid, year, days in counted if pid == OLD] == [
        (OLD, 2016, 9),
        (OLD, 2017, 9),
        (OLD, 2018, 9),
    ]
    assert (WREN.id, 2016, 4) in counted


def test_the_years_show_people_by_name_and_an_id_where_no_name_was_seen(past: Account, web: Browser) -> None:
    page = web.get("/web/first")
    assert page.texts(".years > text")[:2] == ["2016", "2017"]
    labels = [node.attributes["aria-label"] for node in page.all(".years a")]
    assert f"2016, id {OLD}: 9 days" in labels
    assert f"2016, {WREN.name}: 4 days" in labels
    assert any("for five years or more" in text for text in page.texts("#years p"))
    rows = page.texts("#years table tbody tr")
    assert "2016id 8657…57719" in rows


def test_somebody_without_a_handle_leads_to_x_and_can_be_named_at_once(past: Account, web: Browser) -> None:
    page = web.get("/web/first")
    card = next(node for node in page.all(".lasting li") if "8657" in node.text())
    assert f"https://x.com/i/user/{OLD}" in [link.attributes["href"] for link in card.css("a")]
    web.post(f"/web/person/{OLD}/name", {"alias": "Maud", "form_token": token(web)})
    assert "Maud" in web.get("/web/first").text
    assert "8657" not in web.get("/web/first").text


def token(web: Browser) -> str:
    return web.get("/web").all("input[name=form_token]")[0].attributes["value"] or ""


def test_nothing_has_to_be_done_and_a_fresh_start_says_what_comes(empty: Browser) -> None:
    page = empty.get("/web/first")
    assert page.status == 200
    assert page.all(".nth.reached") == []
    assert "mutuals setup" in page.one("#pair").text()
    assert "An archive fills it at once" in page.one("#years").text()
    assert "could not be seen yet" in page.one("#next").text()
    assert page.one(".steps-row a.end").attributes["href"] == "/web"


def test_the_first_page_of_an_empty_dashboard_leads_here(empty: Browser) -> None:
    assert "/web/first" in [link.attributes["href"] for link in empty.get("/web").all(".teach a")]


def test_the_first_card_sets_how_many_people_a_day(web: Browser) -> None:
    after = web.send(web.get("/web/first"), "/aim", day="2")
    assert after.address.startswith("/web/first")
    assert after.texts(".fivecards [aria-pressed=true]") == ["2 a day"]


def test_the_third_card_keeps_topics(web: Browser, tmp_path: Path) -> None:
    after = web.send(web.get("/web/first"), "/topics", topics="letterpress, , essays")
    assert after.status == 200
    assert after.one("#topics").attributes["value"] == "letterpress, essays"
    assert topics_of(tmp_path) == ("letterpress", "essays")
    assert "✓" in after.texts(".steps-row li")[1]
    again = web.send(after, "/topics", topics="")
    assert again.one("#topics").attributes["value"] in ("", None)


def test_too_long_a_topic_is_refused_in_words(web: Browser) -> None:
    page = web.send(web.get("/web/first"), "/topics", topics="x" * 300)
    assert page.status == 400
    assert "at most" in page.text


def test_it_can_be_skipped_by_one_link_and_each_card_is_reached_by_keyboard(web: Browser) -> None:
    page = web.get("/web/first")
    assert page.one("[data-skip]").attributes["href"] == "#archive"
    assert len(page.all(".fivecards > li[tabindex]")) == 5


def test_ada_is_not_her_own_company(past: Account, web: Browser) -> None:
    assert ADA.name not in web.get("/web/first").one("#years").text()


@given(st.dates(date(1970, 1, 1), date(2099, 12, 31)))
def test_the_year_of_a_day_is_the_calendars(day: date) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        told = connection.execute(f"select {YEAR} from (select ? as day)", ((day - date(1970, 1, 1)).days,))
        assert told.fetchone()[0] == day.year
