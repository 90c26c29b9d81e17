"""Counts the different people talked with on each day of the user's week, and keeps the aims of day and week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from companion.domain.dates import local_days
from companion.errors import BodyError
from companion.practice.today import GOAL, GOALS, WEEK_GOAL
from companion.store.notebook.named_rows import AIMS
from companion.store.notebook.notebook import Notebook

DAILY, WEEKLY = "day", "week"
MOST_WEEKLY = 99


@dataclass(frozen=True, slots=True)
class Week:
    """The week of a day, Monday to Sunday.

    Attributes:
        days: each day with the number of different people, None for a day that is still to come.
        people: the number of different people in the whole week.
        today: pids of today, the latest first.
    """

    days: tuple[tuple[date, int | None], ...]
    people: int
    today: tuple[str, ...]


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_of(said: Iterable[tuple[str, int]], today: date, zone: tzinfo) -> Week:
    """Count a week.

    Args:
        said: (pid, time) of every word of the user's to somebody, latest first; times are epoch seconds UTC.
        today: the user's day.
        zone: the user's time zone.
    """
    monday, by_day, day_of = monday_of(today), dict[date, dict[str, None]](), local_days(zone)
    for pid, at in said:
        by_day.setdefault(day_of(at), {}).setdefault(pid)
    days = [monday + timedelta(days=number) for number in range(7)]
    counted = tuple((day, len(by_day.get(day, ())) if day <= today else None) for day in days)
    people = {pid for day in days if day <= today for pid in by_day.get(day, ())}
    return Week(counted, len(people), tuple(by_day.get(today, ())))


def aims(notebook: Notebook) -> tuple[int, int]:
    """Return how many people the user aims at in a day and in a week."""
    rows = {str(row["name"]): str(row.get("value", "")) for row in notebook.shared.rows(AIMS)}
    daily, weekly = (rows.get(name, "") for name in (DAILY, WEEKLY))
    return (
        int(daily) if daily in map(str, GOALS) else GOAL,
        int(weekly) if weekly.isdecimal() and weekly.isascii() and 0 < int(weekly) <= MOST_WEEKLY else WEEK_GOAL,
    )


def set_aims(notebook: Notebook, daily: int, weekly: int) -> None:
    """Keep both aims. Raises ``BodyError`` for a number that is none of the offered ones."""
    if daily not in GOALS or not 0 < weekly <= MOST_WEEKLY:
        raise BodyError(f"Aim at two or three people a day, and at most {MOST_WEEKLY} in a week.", field="day")
    for name, value in ((DAILY, daily), (WEEKLY, weekly)):
        notebook.shared.save_row(AIMS, {"name": name, "value": str(value)})
