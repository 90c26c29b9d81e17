"""Writes a calendar (RFC 5545): events that stay byte for byte the same until something changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from companion.export.vcard import escaped, folded

PRODUCT = "-//Mutuals//Reminders//EN"
LOOK_AGAIN = "PT1H"
"""How often a calendar may look again; most do so after hours."""


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event.

    Attributes:
        key: names it for ever, whatever it is called; hashed together with the data folder's id.
        day: its day; None for an event with an hour.
        summary: what it is called.
        words: further text.
        changed: when it last changed, epoch seconds UTC.
        sequence: rises with each change.
        start: its first moment, epoch seconds UTC, if it has an hour.
        minutes: how long it takes then.
    """

    key: str
    day: date | None
    summary: str
    words: str = ""
    changed: int = 0
    sequence: int = 0
    start: int = 0
    minutes: int = 60


def calendar(events: Iterable[CalendarEvent], instance: str) -> bytes:
    """Return a calendar.

    Args:
        events: in any order; the calendar has them by day and id.
        instance: the data folder's id, so that two folders' events are two.
    """
    blocks = sorted(_sort_key(event, instance) for event in events)
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        "X-WR-CALNAME:Mutuals", "NAME:Mutuals", f"REFRESH-INTERVAL;VALUE=DURATION:{LOOK_AGAIN}",
        f"X-PUBLISHED-TTL:{LOOK_AGAIN}",
    ]  # fmt: skip
    for _, _, event in blocks:
        lines += event
    return b"".join(folded(line) for line in [*lines, "END:VCALENDAR"])


def uid_of(key: str, instance: str) -> str:
    """Return an event's id, which tells nothing of whom it is about."""
    return f"{hashlib.sha256(f'{instance} {key}'.encode()).hexdigest()[:32]}@mutuals.invalid"


def _sort_key(event: CalendarEvent, instance: str) -> tuple[str, str, list[str]]:
    uid = uid_of(event.key, instance)
    return event.day.isoformat() if event.day else _moment(event.start), uid, list(_lines(event, uid))


def _lines(event: CalendarEvent, uid: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}"
    yield f"DTSTAMP:{_moment(event.changed)}"
    yield f"LAST-MODIFIED:{_moment(event.changed)}"
    yield f"SEQUENCE:{event.sequence}"
    if event.day is not None:
        yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
        last = event.day if event.day == date.max else event.day + timedelta(days=1)
        yield f"DTEND;VALUE=DATE:{last:%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
    else:
        yield f"DTSTART:{_moment(event.start)}"
        yield f"DTEND:{_moment(event.start + event.minutes * 60)}"
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.words:
        yield f"DESCRIPTION:{escaped(event.words)}"
    yield "END:VEVENT"


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y%m%dT%H%M%SZ")
