"""The archive's three ways to write a time, and the time inside an id; all to epoch seconds UTC."""

from __future__ import annotations

from calendar import timegm
from datetime import UTC, datetime
from functools import lru_cache

SNOWFLAKE_EPOCH_MS = 1_288_834_974_657
"""Twitter's own epoch for ids, 2010-11-04 (X-PAGE: ids carry milliseconds since then above bit 22)."""
FIRST_SNOWFLAKE = 29_700_859_247
"""Ids below this were given out in sequence and tell no time."""
SNOWFLAKES_SINCE = 1_288_834_981
"""When that id was given out: whatever has an id without a time was made before."""
_FIELDS = ((0, 4), (5, 7), (8, 10), (11, 13), (14, 16), (17, 19))
_MONTHS = {
    name: i
    for i, name in enumerate(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], start=1
    )
}

_MINUTES = {f"{number:02}": number for number in range(61)}


def epoch(text: object) -> int | None:
    """Return the time that ``text`` names, or None if it names none.

    Understands ``Fri Mar 06 13:02:05 +0000 2026``, ``2017-02-02T01:00:28.774Z`` and ``2014-02-01 06:44:59 +0000``.

    >>> epoch("Fri Mar 06 13:02:05 +0000 2026"), epoch("2026-03-06T13:02:05.000Z"), epoch("2026-03-06 13:02:05 +0000")
    (1772802125, 1772802125, 1772802125)
    """
    if not isinstance(text, str) or len(text) < 19:
        return None
    try:
        if text[4] == "-":
            return _numbers(text)
        if text[10:20:3] == " :: ":
            return _hour(text[:13], text[19:]) + _MINUTES[text[14:16]] * 60 + _MINUTES[text[17:19]]
    except (ValueError, KeyError, IndexError, OverflowError):
        pass
    return None


@lru_cache(maxsize=64)
def _hour(before: str, after: str) -> int:
    """Return the start of an hour from the text around the clock time; cached, because posts follow each other."""
    _, month, day, hour = before.split(" ")
    _, _, year = after.split(" ")
    return timegm((int(year), _MONTHS[month], int(day), int(hour), 0, 0))


def _numbers(text: str) -> int:
    datetime(int(text[:4]), int(text[5:7]), int(text[8:10]), tzinfo=UTC)  # refuses the 31st of February
    return timegm(tuple(int(text[start:end]) for start, end in _FIELDS))


def epoch_of_id(post: str) -> int | None:
    """Return when a post with this id was made, or None for ids from before November 2010."""
    if not (post.isascii() and post.isdigit()) or int(post) < FIRST_SNOWFLAKE:
        return None
    return ((int(post) >> 22) + SNOWFLAKE_EPOCH_MS) // 1000
