"""Folds the rows of a history: by day, and the days under months of which older ones stand closed (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from companion.web.history import HistoryRow

OPEN_DAYS = 60
"""A month that ended longer ago stands closed."""


@dataclass(slots=True)
class HistoryDay:
    """One day: its rows, and the light acts (likes, reposts, follows) that fold into one line when they are several."""

    day: date
    rows: list[HistoryRow] = field(default_factory=list)
    light: list[HistoryRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class HistoryMonth:
    """One month: its days, latest first, whether it stands open, and on how many days each side did something."""

    first: date
    days: list[HistoryDay]
    is_open: bool
    they: int
    you: int


def months_of(rows: Iterable[HistoryRow], today: date, *, all_open: bool = False) -> list[HistoryMonth]:
    """Return the months of a history, latest first; the first one of them is always open.

    Args:
        rows: the rows, in any order.
        today: the user's day.
        all_open: whether the user asked for just these, by a filter or by the older page.
    """
    ordered = sorted(rows, key=lambda row: (row.day, row.at), reverse=True)
    days = [_day(day, list(group)) for day, group in groupby(ordered, lambda row: row.day)]
    months = [list(group) for _, group in groupby(days, lambda one: (one.day.year, one.day.month))]
    since = today - timedelta(days=OPEN_DAYS)
    return [_month(month, all_open or place == 0 or month[0].day >= since) for place, month in enumerate(months)]


def _day(day: date, rows: Sequence[HistoryRow]) -> HistoryDay:
    light = [row for row in rows if row.light]
    if len(light) < 2:
        return HistoryDay(day, list(rows))
    return HistoryDay(day, [row for row in rows if not row.light], light)


def _month(days: list[HistoryDay], is_open: bool) -> HistoryMonth:
    def count(side: str) -> int:
        return sum(any(row.side in (side, "both") for row in (*one.rows, *one.light)) for one in days)

    return HistoryMonth(days[0].day.replace(day=1), days, is_open, count("they"), count("you"))
