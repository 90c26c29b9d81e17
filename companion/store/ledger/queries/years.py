"""Queries about whole years: whom the viewer wrote to on most days of each, and to whom over most years.

Nobody's days are read but of those who can be among the best: the badges know on how many days in all one wrote to
somebody, since when there was contact and when the last word was, which bounds the days of any year from above.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import nlargest, nsmallest

from companion.domain.dates import DAY, year_of
from companion.store.ledger.ledger import Ledger
from companion.store.ledger.queries.directory import reader
from companion.store.ledger.tables.badges import WHOLE


def _year(day: str) -> str:
    return f"1969 + (4 * ({day} + 365) + 3) / 1461"


YEAR = _year("day")
"""The year of a Unix day number from 1969 to 2099, in which every fourth year is a leap year; faster than a date."""
FIRST = 100
"""People of most days in all, whose years are read first: they tell how many days it takes to be among the best."""
_WROTE = f"from badge where owner = :owner and {WHOLE} and days_out > 0"
_SPAN = f"1 + {_year(f'last_out / {DAY}')} - ({_year(f'first_seen_contact / {DAY}')})"
"""From the first contact to the last word, so many years."""


@dataclass(frozen=True, slots=True)
class Years:
    """The days of the people who can be among the best, and of how many people they were chosen.

    Attributes:
        days: (pid, year, days on which the viewer wrote to them), every year of these people; years are of UTC days.
        people: to how many people the viewer ever wrote.
    """

    days: list[tuple[str, int, int]]
    people: int


def days_by_year(ledger: Ledger, owner: str, best: int, lasting: int, longest: int) -> Years:
    """Return the days of everybody who is among the best of a year, or of all years.

    Args:
        ledger: the open ledger.
        owner: the viewer's key.
        best: how many people of most days are wanted of each year; of equal days, those of the smaller pid.
        lasting: all people of so many years are wanted.
        longest: how many people of most years are wanted, then of most days, then of the smaller pid.
    """
    connection, viewer = reader(ledger, owner)
    values = {"owner": viewer.number}
    bounds = f"select count(*), min(first_seen_contact), max(last_out) {_WROTE}"
    people, first, last = connection.execute(bounds, values).fetchone()
    if not people:
        return Years([], 0)
    top = f"select pid {_WROTE} order by days_out desc, pid limit {FIRST}"
    pids = [row[0] for row in connection.execute(top, values)]
    days = _days_of(connection, viewer.number, pids)
    if people > len(pids):
        range_of_years = range(year_of(first // DAY), year_of(last // DAY) + 1)
        rivals = [*_rivals_of_year(days, range_of_years, best), *_rivals_over_years(days, lasting, longest)]
        sql = f"select pid {_WROTE} and ({' or '.join(rivals)})"
        others = {row[0] for row in connection.execute(sql, values)} - set(pids)
        days += _days_of(connection, viewer.number, sorted(others))
    return Years(days, people)


def _days_of(connection: sqlite3.Connection, owner: int, pids: Sequence[str]) -> list[tuple[str, int, int]]:
    rows = connection.execute(
        f"select c.pid, {YEAR} as year, count(*) from json_each(?) j "  # noqa: S608 - constants
        "cross join contact_day c on c.owner = ? and c.pid = j.value "
        "where c.direction = 'out' and c.talk > 0 group by c.pid, year",
        (json.dumps(list(pids)), owner),
    )
    found: list[tuple[str, int, int]] = rows.fetchall()
    return found


def _rivals_of_year(days: Iterable[tuple[str, int, int]], years: Iterable[int], best: int) -> Iterator[str]:
    """Yield, for each year, the condition under which somebody else may be among its best."""
    counts: dict[int, list[int]] = {year: [] for year in years}
    for _, year, number in days:
        counts[year].append(number)
    for year, known in counts.items():
        least = nlargest(best, known)[best - 1] if len(known) >= best else 1
        start, end = (int(datetime(each, 1, 1, tzinfo=UTC).timestamp()) for each in (year, year + 1))
        yield f"(days_out >= {least} and first_seen_contact < {end} and last_out >= {start})"


def _rivals_over_years(days: Iterable[tuple[str, int, int]], lasting: int, longest: int) -> Iterator[str]:
    """Yield the conditions under which somebody else may be of many years, or among those of most."""
    totals: dict[str, tuple[int, int]] = {}
    for pid, _, number in days:
        years, total = totals.get(pid, (0, 0))
        totals[pid] = (years + 1, total + number)
    yield f"(days_out >= {lasting} and {_SPAN} >= {lasting})"
    best = nsmallest(longest, ((-years, -total) for years, total in totals.values()))
    if len(best) == longest:
        years, total = -best[-1][0], -best[-1][1]
        yield f"(days_out > {years} and {_SPAN} > {years})"
        yield f"(days_out >= {total} and {_SPAN} >= {years})"
    else:
        yield "true"  # fewer are known than are wanted: anybody may be among them
