"""Times gone by are told in one way everywhere, in the unit that says most."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.dates import (
    DAY,
    HOUR,
    ago,
    date_words,
    day_chosen,
    day_start,
    days_ago,
    days_between,
    local_day,
    local_days,
    moment_of,
    span,
)

NOW = 1_790_000_000


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (-5, "within the hour"),
        (0, "within the hour"),
        (HOUR - 1, "within the hour"),
        (HOUR, "1 hour ago"),
        (2 * HOUR, "2 hours ago"),
        (DAY - 1, "23 hours ago"),
        (DAY, "yesterday"),
        (2 * DAY, "2 days ago"),
        (13 * DAY, "13 days ago"),
        (14 * DAY, "2 weeks ago"),
        (59 * DAY, "8 weeks ago"),
        (60 * DAY, "2 months ago"),
        (729 * DAY, "24 months ago"),
        (730 * DAY, "2 years ago"),
    ],
)
def test_a_moment_is_told_in_the_unit_that_says_most(passed: int, words: str) -> None:
    assert ago(NOW - passed, NOW) == words


def test_a_day_is_told_by_name_where_only_the_day_is_known() -> None:
    assert [days_ago(days) for days in (0, 1, 2, 21)] == ["today", "yesterday", "2 days ago", "3 weeks ago"]


def test_a_length_of_time_has_its_noun_in_the_right_number() -> None:
    assert [span(days * DAY) for days in (0, 1, 2, 15)] == ["0 days", "1 day", "2 days", "2 weeks"]


ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "UTC", "Pacific/Auckland", "America/Los_Angeles", "Europe/London", "Asia/Kolkata", "Pacific/Kiritimati",
            "Pacific/Pago_Pago", "Australia/Lord_Howe", "America/St_Johns", "America/Sao_Paulo", "Africa/Casablanca",
        )
    ]
)  # fmt: skip
DAYS = st.dates(date(2007, 1, 1), date(2037, 12, 31))
MOMENTS = st.integers(1_170_000_000, 2_140_000_000)


@given(DAYS, ZONES)
def test_what_is_known_by_its_day_is_on_that_day_in_the_zone_and_in_utc(day: date, zone: ZoneInfo) -> None:
    moment = moment_of(day, zone)
    assert local_day(moment, zone) == local_day(moment, UTC) == day


@given(MOMENTS, st.lists(st.integers(0, 3 * DAY), max_size=30), ZONES)
def test_the_days_of_many_moments_are_those_of_each(first: int, later: list[int], zone: ZoneInfo) -> None:
    day_of, moments = local_days(zone), [first + seconds for seconds in later]
    assert [day_of(at) for at in moments] == [local_day(at, zone) for at in moments]


@given(DAYS, ZONES)
def test_the_moments_around_midnight_are_on_their_days(day: date, zone: ZoneInfo) -> None:
    day_of, midnight = local_days(zone), day_start(day, zone)
    assert [day_of(midnight + seconds) for seconds in (0, -1, 1, -899)] == [
        local_day(midnight + seconds, zone) for seconds in (0, -1, 1, -899)
    ]


@given(DAYS, ZONES)
def test_a_day_begins_where_the_one_before_ends_across_daylight_saving(day: date, zone: ZoneInfo) -> None:
    start = day_start(day, zone)
    assert local_day(start, zone) == day
    assert local_day(start - 1, zone) == day - timedelta(days=1)
    assert 22 * HOUR <= day_start(day + timedelta(days=1), zone) - start <= 26 * HOUR


@given(DAYS, ZONES)
def test_the_noon_that_stood_for_a_day_is_that_day_again(day: date, zone: ZoneInfo) -> None:
    noon = int(datetime(day.year, day.month, day.day, 12, tzinfo=zone).timestamp())
    assert day_chosen(noon, zone) == day
    assert day_chosen(noon + 61, zone) is None or zone.key != "UTC"


@given(MOMENTS, st.integers(0, 400 * DAY), ZONES)
def test_yesterday_is_one_midnight_ago(now: int, passed: int, zone: ZoneInfo) -> None:
    then = now - passed
    assert days_between(then, now, zone) == (local_day(now, zone) - local_day(then, zone)).days
    assert days_between(now, then, zone) == 0
    if ago(then, now, zone) == "yesterday":
        assert days_between(then, now, zone) == 1


def test_a_date_is_written_as_the_users_day() -> None:
    late = int(datetime(2026, 10, 20, 12, tzinfo=UTC).timestamp())
    assert date_words(late, late) == "20 Oct"
    assert date_words(late, late, ZoneInfo("Pacific/Auckland")) == "21 Oct"
