"""Chats keep their own clock: a change of clocks moves the hour that the user sees, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.chat_times import (
    EARLY,
    LATE,
    Chat,
    coming_days,
    current_session,
    last_sessions,
    next_session,
    next_sessions,
    session_at,
    sessions,
)

BOOKCHAT = Chat("#bookchat", date(2026, 10, 7), time(20), "America/New_York")


def at(text: str, zone: str = "UTC") -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def seen_from(zone: str, chat: Chat, since: str, count: int) -> list[str]:
    return [f"{datetime.fromtimestamp(one.start, ZoneInfo(zone)):%a %d %b %H:%M}"
            for one in next_sessions(chat, at(since), count)]  # fmt: skip


def test_an_hour_of_new_york_is_seen_from_berlin_across_both_changes_of_clocks() -> None:
    assert seen_from("Europe/Berlin", BOOKCHAT, "2026-10-20", 3) == [
        "Thu 22 Oct 02:00", "Thu 29 Oct 01:00", "Thu 05 Nov 02:00",
    ]  # fmt: skip


def test_the_second_monday_of_each_month() -> None:
    indexday = Chat("#indexday", date(2026, 12, 14), time(18), "Europe/London", "month")
    days = [one.day for one in next_sessions(indexday, at("2026-12-01"), 3)]
    assert days == [date(2026, 12, 14), date(2027, 1, 11), date(2027, 2, 8)]
    assert indexday.words == "second Monday 18:00 by the clock of London"


def test_a_day_that_is_left_out_is_no_session_and_the_rule_goes_on() -> None:
    quiet = replace(BOOKCHAT, without=frozenset({date(2026, 12, 23), date(2026, 12, 30)}))
    days = [one.day for one in next_sessions(quiet, at("2026-12-15"), 3)]
    assert days == [date(2026, 12, 16), date(2027, 1, 6), date(2027, 1, 13)]
    hour = next_sessions(BOOKCHAT, at("2026-12-22"), 1)[0].start
    assert session_at(BOOKCHAT, hour)
    assert session_at(quiet, hour) is None
    assert [(one.day.day, holds) for one, holds in coming_days(quiet, at("2026-12-15"), 4)] == [
        (16, True), (23, False), (30, False), (6, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "found"),
    [(-EARLY - 1, False), (-EARLY, True), (0, True), (3599, True), (3600, True), (3600 + 7199, True), (10_800, False)],
)
def test_a_session_is_the_current_one_from_a_little_before_until_so_long_after_its_end(
    moment: int, found: bool
) -> None:
    start = next_sessions(BOOKCHAT, at("2026-10-20"), 1)[0].start
    current = current_session(BOOKCHAT, start + moment, 7200)
    assert (current is not None) is found
    assert current is None or current.start == start


def test_the_fifth_weekday_is_the_last_one_in_every_month() -> None:
    last = Chat("#late", date(2026, 8, 31), time(9), "UTC", "month")
    days = [one.day for one in next_sessions(last, at("2026-08-01"), 3)]
    assert days == [date(2026, 8, 31), date(2026, 9, 28), date(2026, 10, 26)]


def test_once_is_once_and_every_other_week_skips_one() -> None:
    once = Chat("#once", date(2026, 10, 7), time(20), "UTC", "once")
    assert [one.day for one in next_sessions(once, at("2026-01-01"), 3)] == [date(2026, 10, 7)]
    assert next_session(once, at("2026-10-08")) is None
    other = Chat("#other", date(2026, 10, 7), time(20), "UTC", "2 weeks")
    assert [one.day for one in next_sessions(other, at("2026-10-08"), 2)] == [date(2026, 10, 21), date(2026, 11, 4)]


@pytest.mark.parametrize(
    ("seconds", "inside"), [(-EARLY - 1, False), (-EARLY, True), (3600 + LATE - 1, True), (3600 + LATE, False)]
)
def test_five_minutes_before_and_fifteen_after_belong_to_it(seconds: int, inside: bool) -> None:
    start = at("2026-10-14T20:00", "America/New_York")
    assert (session_at(BOOKCHAT, start + seconds) is not None) is inside


def test_an_hour_that_a_change_of_clocks_skips_has_a_session_all_the_same() -> None:
    night = Chat("#night", date(2026, 3, 1), time(2, 30), "America/New_York")
    assert [one.day for one in next_sessions(night, at("2026-03-07"), 2)] == [date(2026, 3, 8), date(2026, 3, 15)]


def test_the_latest_sessions_come_first_and_the_one_that_runs_is_the_next() -> None:
    start = at("2026-10-14T20:00", "America/New_York")
    assert [one.day for one in last_sessions(BOOKCHAT, start + 60, 5)] == [date(2026, 10, 14), date(2026, 10, 7)]
    running = next_session(BOOKCHAT, start + 60)
    assert running is not None
    assert running.day == date(2026, 10, 14)


CHATS = st.builds(
    Chat, st.just("#c"), st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    st.sampled_from(["UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]),
    st.sampled_from(["week", "2 weeks", "month", "once"]), st.integers(10, 600),
)  # fmt: skip


@given(CHATS, st.integers(1_500_000_000, 1_900_000_000))
def test_each_session_keeps_weekday_and_hour_of_the_chats_own_clock(chat: Chat, since: int) -> None:
    for one in list(sessions(chat, since, since + 100 * 86_400)):
        assert one.day.weekday() == chat.first.weekday()
        assert one.end - one.start == chat.minutes * 60
        there = datetime.fromtimestamp(one.start, UTC).astimezone(ZoneInfo(chat.zone))
        assert abs(there.hour * 60 + there.minute - chat.hour.hour * 60 - chat.hour.minute) in (0, 30, 60)
        assert session_at(chat, one.start) is not None
