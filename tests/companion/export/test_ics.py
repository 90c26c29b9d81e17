"""Calendars: lines that fold, text that stays text, days that stay days, and the same bytes until something changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from companion.export.ics import CalendarEvent, calendar, uid_of

EVENT = CalendarEvent("step 1", date(2026, 11, 28), "Talk with Wren", "", 1_700_000_000, 3)


def unfolded(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").split("\r\n")


def values(data: bytes, name: str) -> list[str]:
    return [line.partition(":")[2] for line in unfolded(data) if line.partition(":")[0].partition(";")[0] == name]


def test_a_day_is_a_date_in_every_zone_and_its_end_is_the_day_after() -> None:
    lines = unfolded(calendar([EVENT], "here"))
    assert "DTSTART;VALUE=DATE:20261128" in lines
    assert "DTEND;VALUE=DATE:20261129" in lines


def test_an_hour_is_told_in_utc() -> None:
    event = CalendarEvent("chat #bookchat", None, "#bookchat", start=1_792_540_800, minutes=60)
    lines = unfolded(calendar([event], "here"))
    assert "DTSTART:20261021T000000Z" in lines
    assert "DTEND:20261021T010000Z" in lines


def test_long_lines_fold_between_characters_and_unfold_to_the_same_text() -> None:
    summary = ("Talk with 陶芸家の木村さん 🎈 " * 8)[:120]
    data = calendar([replace(EVENT, summary=summary)], "here")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    for line in data.split(b"\r\n"):
        line.decode()
    assert values(data, "SUMMARY") == [summary]


def test_words_that_mean_something_to_a_calendar_are_escaped() -> None:
    data = calendar([replace(EVENT, words="lunch; bring slides, ask C:\\new\n")], "here")
    assert values(data, "DESCRIPTION") == ["lunch\\; bring slides\\, ask C:\\\\new\\n"]


def test_a_name_cannot_begin_another_event() -> None:
    data = calendar([replace(EVENT, summary="x\r\nEND:VEVENT\r\nBEGIN:VEVENT\rSUMMARY:y")], "here")
    assert unfolded(data).count("BEGIN:VEVENT") == 1
    assert len(values(data, "SUMMARY")) == 1


def test_the_same_events_in_any_order_are_the_same_bytes_and_keep_their_id() -> None:
    other = replace(EVENT, key="step 2", day=date(2026, 12, 1))
    assert calendar([EVENT, other], "here") == calendar([other, EVENT], "here")
    renamed = calendar(
        [replace(EVENT, summary="Talk with Wren of the press", sequence=4, changed=1_700_000_060)], "here"
    )
    assert values(renamed, "UID") == values(calendar([EVENT], "here"), "UID") == [uid_of("step 1", "here")]
    assert (values(renamed, "SEQUENCE"), values(renamed, "DTSTAMP")) == (["4"], ["20231114T221420Z"])
    assert "1" not in uid_of("step 1", "here").partition("@")[2]
    assert uid_of("step 1", "here") != uid_of("step 1", "there")


def test_a_calendar_has_a_name_and_says_when_to_look_again() -> None:
    lines = unfolded(calendar([], "here"))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert {"X-WR-CALNAME:Mutuals", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"} <= set(lines)
    assert lines[-2:] == ["END:VCALENDAR", ""]


@given(
    st.lists(
        st.builds(CalendarEvent, st.text(min_size=1), st.dates(), st.text(), st.text(), st.integers(0, 10**10)),
        max_size=4,
    )
)
def test_whatever_is_in_it_the_calendar_has_just_its_events(events: list[CalendarEvent]) -> None:
    lines = unfolded(calendar(events, "here"))
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(events)
    assert all(line == "" or line[0].isupper() for line in lines)
