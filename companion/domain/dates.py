"""The user's days in their time zone, and dates and times gone by in words for sentences that users read (pure).

A moment is epoch seconds UTC. A day is a ``date``, or a text such as "2026-10-20": it has no zone and never moves.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo

QUARTER, HOUR = 900, 3_600
DAY = 86_400
"""Seconds in a day."""
DayOf = Callable[[int], int]
"""Gives the Unix day number of the user's day in which a moment lies; see `utc_day`, ``machine_zone.machine_day``."""
FIRST_DAY = date(1970, 1, 1).toordinal()
_UNITS = ((365, "year", 730), (30, "month", 60), (7, "week", 14), (1, "day", 0))
"""(days, unit, used from how many days on): "10 days" says more than "1 week"."""


def local_day(at: int, zone: tzinfo) -> date:
    """Return the day on which a moment is in a zone."""
    return datetime.fromtimestamp(at, UTC).astimezone(zone).date()


def local_days(zone: tzinfo) -> Callable[[int], date]:
    """Return `local_day` for very many moments in one zone: it works the day of each quarter of an hour out once.

    Since 1972 days begin, and clocks change, at whole quarters of UTC everywhere.
    """
    days: dict[int, date] = {}

    def day(at: int) -> date:
        quarter = at // QUARTER
        if quarter not in days:
            days[quarter] = local_day(at, zone)
        return days[quarter]

    return day


def utc_day(at: int) -> int:
    """Return the Unix day number of a moment's day in UTC."""
    return at // DAY


def day_start(day: date, zone: tzinfo) -> int:
    """Return the first moment of a day in a zone."""
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


def days_between(at: int, now: int, zone: tzinfo) -> int:
    """Return how many of the user's midnights lie between two moments; 0 for a future one."""
    return max(0, (local_day(now, zone) - local_day(at, zone)).days)


def moment_of(day: date, zone: tzinfo) -> int:
    """Return a moment that is on this day both in the zone and in UTC, for what is known by its day alone.

    Counts by UTC days and words by the user's days then name the same day. It is the middle of what the two share.
    """
    start = day_start(day, UTC)
    end = day_start(day + timedelta(days=1), zone)
    first, last = max(start, day_start(day, zone)), min(start + DAY, end)
    return (first + last) // 2


def day_chosen(when: int, zone: tzinfo) -> date | None:
    """Return the day that a moment stands for if it is noon sharp, in the zone or in UTC; else None: it is a time.

    Days used to be stored as their noon.
    """
    for place in (zone, UTC):
        moment = datetime.fromtimestamp(when, UTC).astimezone(place)
        if (moment.hour, moment.minute, moment.second) == (12, 0, 0):
            return moment.date()
    return None


def date_words(at: int, now: int, zone: tzinfo = UTC) -> str:
    """Return a date such as "3 Mar", with the year when it is not the current one.

    Args:
        at: the moment to name, epoch seconds UTC.
        now: the current time, epoch seconds UTC.
        zone: the user's.
    """
    then = local_day(at, zone)
    year = "" if then.year == local_day(now, zone).year else f" {then.year}"
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


def ago(at: int, now: int, zone: tzinfo = UTC) -> str:
    """Return how long ago a moment was: "within the hour", "3 hours ago", "yesterday", "3 days ago".

    Args:
        at: the moment, epoch seconds UTC; a future one counts as now.
        now: the current time, epoch seconds UTC.
        zone: the user's, whose midnights make "yesterday".
    """
    passed = max(0, now - at)
    if passed < HOUR:
        return "within the hour"
    if passed >= DAY:
        return days_ago(max(1, days_between(at, now, zone)))
    hours = passed // HOUR
    return f"{hours} hour ago" if hours == 1 else f"{hours} hours ago"
