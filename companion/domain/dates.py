"""The length of a day in seconds, and dates and times gone by in words for sentences that users read."""

from __future__ import annotations

from datetime import UTC, datetime

HOUR = 3_600
DAY = 86_400
"""Seconds in a day."""
_UNITS = ((365, "year", 730), (30, "month", 60), (7, "week", 14), (1, "day", 0))
"""(days, unit, used from how many days on): "10 days" says more than "1 week"."""


def date_words(at: int, now: int) -> str:
    """Return a date such as "3 Mar", with the year when it is not the current one.

    Args:
        at: the moment to name, epoch seconds UTC.
        now: the current time, epoch seconds UTC.
    """
    then = datetime.fromtimestamp(at, UTC)
    year = "" if then.year == datetime.fromtimestamp(now, UTC).year else f" {then.year}"
    return f"{then.day} {then:%b}{year}"


def year_of(day: int) -> int:
    """Return the year of a Unix day number."""
    return datetime.fromtimestamp(day * DAY, UTC).year


def span(seconds: int) -> str:
    """Return a length of time in whole days or more, in the unit that says enough ("3 days", "5 weeks")."""
    days = max(0, seconds) // DAY
    length, name = next((length, name) for length, name, least in _UNITS if days >= least)
    count = days // length
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def days_ago(days: int) -> str:
    """Return how many days ago something was, where only its day is known: "today", "yesterday", "3 days ago"."""
    return ("today", "yesterday")[days] if days < 2 else f"{span(days * DAY)} ago"


def ago(at: int, now: int) -> str:
    """Return how long ago a moment was: "within the hour", "3 hours ago", "yesterday", "3 days ago".

    Args:
        at: the moment, epoch seconds UTC; a future one counts as now.
        now: the current time, epoch seconds UTC.
    """
    passed = max(0, now - at)
    if passed < HOUR:
        return "within the hour"
    if passed >= DAY:
        return days_ago(passed // DAY)
    hours = passed // HOUR
    return f"{hours} hour ago" if hours == 1 else f"{hours} hours ago"
