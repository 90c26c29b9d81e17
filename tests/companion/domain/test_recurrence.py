"""Days that come again: month ends, leap years, the next one after today, and when contact is due."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.recurrence import Every, Snooze, contact_due, every_of, next_after, occurrence
from companion.errors import BodyError

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
RHYTHMS = st.builds(Every, st.integers(1, 40), st.sampled_from(("day", "week", "month", "year")))


def row(start: date, every: str, count: int) -> list[str]:
    return [occurrence(start, every_of(every), number).isoformat() for number in range(1, count + 1)]


def test_a_month_that_is_too_short_neither_skips_nor_shortens_for_ever() -> None:
    assert row(date(2026, 10, 31), "month", 5) == ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31"]


def test_the_29th_of_february_comes_back_in_leap_years() -> None:
    assert row(date(2028, 2, 29), "year", 4) == ["2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]


def test_what_is_weeks_over_has_one_next_day_and_it_is_not_past() -> None:
    assert next_after(date(2026, 10, 26), every_of("week"), date(2026, 11, 28)) == date(2026, 11, 30)
    assert contact_due(every_of("3 weeks"), date(2026, 11, 28), date(2026, 6, 1)) == date(2026, 12, 19)


def test_without_contact_a_rhythm_counts_from_the_day_it_was_set() -> None:
    assert contact_due(every_of("14 days"), None, date(2026, 11, 28)) == date(2026, 12, 12)


def test_a_snooze_holds_until_they_talk() -> None:
    snooze = Snooze(date(2026, 12, 20), date(2026, 11, 28))
    rhythm, begun = every_of("2 weeks"), date(2026, 1, 1)
    assert contact_due(rhythm, date(2026, 11, 1), begun, snooze) == date(2026, 12, 20)
    assert contact_due(rhythm, date(2026, 11, 29), begun, snooze) == date(2026, 12, 13)


@given(DAYS, RHYTHMS, DAYS)
def test_the_next_day_is_later_belongs_to_the_row_and_none_lies_between(start: date, every: Every, after: date) -> None:
    following = next_after(start, every, after)
    assert following > after
    assert following > start
    number = 1 + bisect_left(range(1, 40_000), following, key=lambda number: occurrence(start, every, number))
    assert occurrence(start, every, number) == following
    assert number == 1 or occurrence(start, every, number - 1) <= after


@given(DAYS, st.integers(1, 500))
def test_a_monthly_row_keeps_its_day_or_the_months_last(start: date, number: int) -> None:
    day = occurrence(start, Every(1, "month"), number)
    assert day.day == start.day or (day.day < start.day and (day + timedelta(days=1)).day == 1)


@given(RHYTHMS)
def test_what_is_said_is_read_again(every: Every) -> None:
    assert every_of(str(every)) == every == every_of(every.words)


@pytest.mark.parametrize("text", ["", "soon", "0 weeks", "-1 days", "1000 days", "3 fortnights", "３ weeks", "3weeks!"])
def test_what_is_no_rhythm_is_refused(text: str) -> None:
    with pytest.raises(BodyError):
        every_of(text)


def test_a_row_ends_with_the_calendar() -> None:
    assert occurrence(date(9990, 1, 1), Every(999, "year"), 1) == date.max
    assert occurrence(date(9990, 1, 1), Every(999, "week"), 999) == date.max
