"""The dashboard's further screens by keyboard alone: circles, reminders, chats, own words, goals, ties, outcomes."""

from __future__ import annotations

from selenium.webdriver.common.keys import Keys

from tests.browser.dashboard_tab import Dashboard
from tests.browser.devtools import until
from tests.replica.people import INES, WREN


def taken_back(dashboard: Dashboard) -> None:
    """Undo by key what was just done."""
    dashboard.keys("u")
    until(lambda: dashboard.all(".said p") == ["Taken back."], "the undo")


def test_somebody_goes_from_a_list_that_fills_itself_into_the_watchlist(dashboard: Dashboard) -> None:
    dashboard.open("/circles")
    before = len(dashboard.all("section:has(#c-watchlist) .members li"))
    dashboard.reach("section:has(#c-mentioned) .members button")
    dashboard.keys(Keys.ENTER)
    until(lambda: len(dashboard.all("section:has(#c-watchlist) .members li")) > before, "one more in The Watchlist")
    taken_back(dashboard)
    assert len(dashboard.all("section:has(#c-watchlist) .members li")) == before


def test_a_rhythm_for_a_circle_is_set(dashboard: Dashboard) -> None:
    dashboard.open("/reminders")
    assert dashboard.all(".due li") == []
    dashboard.reach("#every-circle-watchlist")
    dashboard.keys("1 day", Keys.ENTER)
    until(lambda: any("Wren Okafor" in line for line in dashboard.all(".due li")), "Wren's turn")
    taken_back(dashboard)
    assert dashboard.all(".due li") == []


def test_a_chat_is_named_with_its_hour(dashboard: Dashboard) -> None:
    dashboard.open("/chats")
    dashboard.reach("#tag")
    dashboard.keys("#bookchat")
    dashboard.reach("#hour")
    dashboard.keys("0800PM")
    dashboard.reach("form:has(#hour) > button")
    dashboard.keys(Keys.ENTER)
    until(lambda: dashboard.all("main h1") == ["#bookchat"], "the chat's page")
    taken_back(dashboard)
    assert dashboard.all("main h1") == ["Chats"]


def test_words_of_ones_own_stand_among_the_drafts(dashboard: Dashboard) -> None:
    dashboard.open("/words")
    dashboard.reach("#name-new")
    dashboard.keys("Ferry", Keys.TAB, "Hi {first_name}, the ferry poem again?")
    dashboard.reach("form:has(#name-new) button")
    dashboard.keys(Keys.ENTER)
    until(lambda: "Ferry" in " ".join(dashboard.all("main h3, main b, main summary")), "the words")
    dashboard.open(f"/person/{WREN.id}")
    assert "Ferry" in dashboard.all(".sayings summary")


def test_a_goal_gets_a_board(dashboard: Dashboard) -> None:
    dashboard.open("/outreach/goals")
    dashboard.reach("#new-tag")
    dashboard.keys("small press", Keys.TAB, "paper, riso", Keys.ENTER)
    until(lambda: any("Wren Okafor" in column for column in dashboard.all(".board > *")), "the board")
    taken_back(dashboard)
    assert dashboard.all(".board > *") == []


def test_who_sent_whom_is_told_on_a_persons_page_and_stands_in_the_tree(dashboard: Dashboard) -> None:
    dashboard.open(f"/person/{WREN.id}")
    dashboard.reach("section[aria-labelledby=referrals] summary")
    dashboard.keys(Keys.ENTER)
    dashboard.reach("#sender")
    dashboard.keys(INES.handle, Keys.ENTER)
    until(lambda: "".join(dashboard.all(".said")) != "", "what was done")
    dashboard.open("/referrals")
    until(lambda: any("Wren Okafor" in line for line in dashboard.all(".tree")), "the tree")


def test_an_outcome_is_written_down_and_stands_in_the_years_page(dashboard: Dashboard) -> None:
    dashboard.open(f"/person/{WREN.id}")
    dashboard.reach("section[aria-labelledby=outcomes] summary")
    dashboard.keys(Keys.ENTER)
    dashboard.reach("#outcome-words")
    dashboard.keys("Essay for the spring issue", Keys.ENTER)
    until(lambda: any("Essay" in line for line in dashboard.all(".history li.own")), "the outcome in the history")
    dashboard.open("/mirror")
    dashboard.reach("section[aria-labelledby=further] a[href*=year]")
    dashboard.keys(Keys.ENTER)
    until(lambda: any("Essay" in line for line in dashboard.all("main tr, main li")), "the outcome on the year's page")


def test_from_a_persons_page_one_goes_on_through_the_list_one_came_from(dashboard: Dashboard) -> None:
    dashboard.open("/people?sort=score")
    first, second = dashboard.all(".who svg + a")[:2]
    dashboard.keys("j", Keys.ENTER)
    until(lambda: dashboard.all("main h1") == [first], "the first")
    dashboard.keys("]")
    until(lambda: dashboard.all("main h1") == [second], "the second")
    dashboard.keys("[")
    until(lambda: dashboard.all("main h1") == [first], "the first again")
    dashboard.keys("[")
    assert dashboard.all("main h1") == [first], "nobody stands before the first"
