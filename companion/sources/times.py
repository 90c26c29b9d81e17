"""Parses X's date formats, and the time inside post ids, into epoch seconds UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from companion.sources.json_tree import Json

SNOWFLAKE_EPOCH_MS = 1_288_834_974_657
"""Post ids since 4 November 2010 carry their time: milliseconds since this moment, above 22 other bits."""
_FIRST_SNOWFLAKE = 30_000_000_000
_LATEST = 4_102_444_800
"""2100-01-01: later times are taken as unknown."""
_MONTH_NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES.split(), 1)}


@lru_cache(maxsize=4096)
def from_x_date(text: str) -> int | None:
    """Read "Sat Dec 14 04:35:55 +0000 2013"; None if it is written otherwise."""
    try:
        _, month, day, clock, zone, year = text.split(" ")
        hour, minute, second = clock.split(":")
        if zone != "+0000":
            return None
        moment = datetime(int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=UTC)
    except (ValueError, KeyError, OverflowError):
        return None
    return believable(int(moment.timestamp()))


def from_iso(text: str) -> int | None:
    """Read "2026-09-03T10:20:30.000Z"; None if it is written otherwise."""
    try:
        moment = datetime.fromisoformat(text)
        return believable(int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()))
    except (ValueError, OverflowError, OSError):
        return None


def from_milliseconds(value: Json) -> int | None:
    """Read milliseconds since 1970 as a number or as digits, or an ISO date (X writes all three)."""
    if isinstance(value, str):
        if value.isascii() and value.isdigit() and len(value) <= 16:
            return believable(int(value) // 1000)
        return from_iso(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return believable(value // 1000)
    return None


def from_post_id(post_id: str) -> int | None:
    """Read the time that a post's id carries; None for ids older than November 2010."""
    number = int(post_id)
    if number < _FIRST_SNOWFLAKE:
        return None
    return believable(((number >> 22) + SNOWFLAKE_EPOCH_MS) // 1000)


def believable(seconds: int) -> int | None:
    """Return the moment if it lies between 1970 and 2100."""
    return seconds if 0 < seconds < _LATEST else None
