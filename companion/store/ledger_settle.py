"""Counts everything that follows from the acts of many people at once: their days, tallies and sums."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import cast

from companion.store.ledger_badges import SUM_COLUMNS, TALLY_COLUMNS, key_of
from companion.store.ledger_contact import Counted
from companion.store.ledger_events import EventState
from companion.store.ledger_score import Common
from companion.store.ledger_sql import chunks, select_in

_ACTS = "select pid, direction, kind, at, last, gone, automatic from event where owner = ? and pid in (*) order by pid"
_NAMES = "select pid, handle, held from person where owner = ? and pid in (*)"
_DAY = "insert into contact_day (owner, pid, day, direction, talk, light) values (?, ?, ?, ?, ?, ?)"
_COLUMNS = (*SUM_COLUMNS, *TALLY_COLUMNS, "acts", "contact_at")
_tally: Callable[[object], tuple[int | None, ...]] = attrgetter(*TALLY_COLUMNS)
_BADGE = f"update badge set {', '.join(f'{name} = ?' for name in _COLUMNS)} where owner = ? and hkey = ?"  # noqa: S608

Act = tuple[str, str, str, int | None, int | None, int | None, int]
DayRow = tuple[str, int, str, int, int]


def settle(connection: sqlite3.Connection, owner: int, pids: Sequence[str], common: Common) -> None:
    """Count these people's days, tallies and sums from their acts, inside an open transaction."""
    counted = {pid: Counted() for pid in pids}
    counted.update(_counted(connection, owner, pids))
    days = [day for pid, found in counted.items() for day in _days(pid, found)]
    for some in chunks(pids):
        marks = ", ".join("?" * len(some))
        connection.execute(f"delete from contact_day where owner = ? and pid in ({marks})", (owner, *some))  # noqa: S608
    connection.executemany(_DAY, [(owner, *day) for day in days])
    sums, nothing = dict(common.people(days)), (common.at, *(0.0 for _ in SUM_COLUMNS[1:]))
    names = cast("Iterator[tuple[str, str | None, int]]", select_in(connection, _NAMES, (owner,), pids))
    rows = []
    for pid, handle, held in names:
        found = counted[pid]
        values = sums.get(pid, nothing)
        key = key_of(pid, handle if held else None)
        rows.append((*values, *_tally(found.counters), found.acts, found.contact_at, owner, key))
    connection.executemany(_BADGE, rows)


def _counted(connection: sqlite3.Connection, owner: int, pids: Sequence[str]) -> Iterator[tuple[str, Counted]]:
    """Give everybody with acts, counted."""
    acts = cast("Iterator[Act]", select_in(connection, _ACTS, (owner,), pids))
    for pid, rows in groupby(acts, key=itemgetter(0)):
        counted = Counted()
        for _, direction, kind, at, last, gone, automatic in rows:
            live = at if gone is None else _live_at(at, last, gone)
            if live is not None:
                counted.add(direction, kind, live, automatic=automatic == 1)
        yield pid, counted.finished()


def _live_at(at: int | None, last: int | None, gone: int | None) -> int | None:
    live = EventState(at, at if last is None else last, gone).live()
    return live.at if live else None


def _days(pid: str, counted: Counted) -> list[DayRow]:
    return [(pid, number, way, day.talk, day.light) for (number, way), day in sorted(counted.days.items())]
