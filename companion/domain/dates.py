"""The length of a day in seconds, and dates in words for sentences that users read."""

from __future__ import annotations

from datetime import UTC, datetime

DAY = 86_400
"""Seconds in a day."""


def date_words(at: int, now: int) -> str:
    """Return a date such as "3 Mar", with the year when it is not the current one.

    Args:
        at: the moment to name, epoch seconds UTC.
        now: the current time, epoch seconds UTC.
    """
    then = datetime.fromtimestamp(at, UTC)
    year = "" if then.year == datetime.fromtimestamp(now, UTC).year else f" {then.year}"
    return f"{then.day} {then:%b}{year}"
