"""Dates that come again: "every 3 weeks", month ends, the next one after today, and when contact is due (pure).

A day is a ``date`` without a zone, so that no change of clocks moves it. The day that was chosen is kept: a month that
is too short gives its last day, and the next one that is long enough has the chosen day again.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

from companion.errors import BodyError

MOST = 999
"""The largest number of units between two days."""
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}
_WRITTEN = re.compile(r"(?:every\s+)?(?:(\d{1,3})\s+)?(day|week|month|year)s?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Every:
    """A distance between days.

    Attributes:
        count: 1 to `MOST`.
        unit: day, week, month or year.
    """

    count: int
    unit: str

    def __str__(self) -> str:
        return f"{self.count} {self.unit}" if self.count == 1 else f"{self.count} {self.unit}s"

    @property
    def words(self) -> str:
        """Say it: "every week", "every 3 weeks"."""
        return f"every {self.unit}" if self.count == 1 else f"every {self}"


@dataclass(frozen=True, slots=True)
class Snooze:
    """A reminder put off: until which day, and on which day that was said."""

    until: date
    said: date


def every_of(text: str) -> Every:
    """Read "3 weeks", "every month" or "week".

    Raises:
        BodyError: It is none of these, or the number is 0.
    """
    match = _WRITTEN.fullmatch(text.strip())
    count = int(match[1] or 1) if match else 0
    if match is None or not 0 < count <= MOST:
        raise BodyError("Say how often as a number and days, weeks, months or years, such as 3 weeks.", field="every")
    return Every(count, match[2].lower())


def occurrence(start: date, every: Every, number: int) -> date:
    """Return the ``number``-th day after ``start`` (0 is ``start`` itself); the last possible day beyond year 9999."""
    step = every.count * number
    if every.unit in _DAYS:
        days = _DAYS[every.unit] * step
        return start + timedelta(days=days) if days <= (date.max - start).days else date.max
    year, month = divmod(start.year * 12 + start.month - 1 + _MONTHS[every.unit] * step, 12)
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def next_after(start: date, every: Every, after: date) -> date:
    """Return the first day of the row from ``start`` that is later than ``after``, and than ``start``."""
    if every.unit in _DAYS:
        number = (after - start).days // (_DAYS[every.unit] * every.count)
    else:
        months = (after.year - start.year) * 12 + after.month - start.month
        number = months // (_MONTHS[every.unit] * every.count) - 1
    number = max(1, number)
    while (day := occurrence(start, every, number)) <= after and day < date.max:
        number += 1
    return day


def contact_due(every: Every, last: date | None, begun: date, snooze: Snooze | None = None) -> date:
    """Return the day on which contact is due.

    Args:
        every: the rhythm.
        last: the day of the latest contact of either side, None if there was none.
        begun: the day on which the rhythm was set, from which it counts without contact.
        snooze: ends with the next contact.
    """
    due = occurrence(last or begun, every, 1)
    if snooze is None or (last is not None and last > snooze.said):
        return due
    return max(due, snooze.until)
