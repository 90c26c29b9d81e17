"""Bulk recount of days, tallies and sums from the interactions of many people at once.

The results equal those of ``contact_days.ContactHistory`` and ``Sums.added``; a property test compares them.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import cast

from companion.domain.dates import DAY
from companion.domain.sightings import INBOUND, OUTBOUND
from companion.store.ledger.scores.rebuild import SumBuilder
from companion.store.ledger.sql import chunks, select_in
from companion.store.ledger.tables.badges import SUM_COLUMNS, key_of
from companion.store.ledger.tables.interactions import LIVE_AT, weighs

_ACTS = (
    f"select pid, direction, kind, {LIVE_AT}, automatic from event "  # noqa: S608 - constants
    f"where owner = ? and pid in (*) and {LIVE_AT} is not null order by pid, direction, kind"
)
_NAMES = "select pid, handle, held from person where owner = ? and pid in (*)"
_DAY = "insert into contact_day (owner, pid, day, direction, talk, light) values ({owner:d}, ?, ?, ?, ?, ?)"
_COLUMNS = (
    *SUM_COLUMNS, "days_in", "days_out", "two_way_days", "light_days_in", "light_days_out", "n_in", "n_out",
    "last_in", "last_out", "first_seen_contact", "acts", "contact_at",
)  # fmt: skip
_BADGE = f"update badge set {', '.join(f'{name} = ?' for name in _COLUMNS)} where owner = ? and hkey = ?"  # noqa: S608

Act = tuple[str, str, str, int, int]
"""(pid, direction, kind, when, automatic)."""
DayRow = tuple[str, int, str, int, int]
"""(pid, unix day, direction, talk, light)."""


@dataclass(slots=True)
class _DirectionTotals:
    """One direction of contact with a person: talk and light interactions per day, and the time of the last talk."""

    talk: Counter[int] = field(default_factory=Counter)
    light: Counter[int] = field(default_factory=Counter)
    last: int | None = None


@dataclass(slots=True)
class _ActTotals:
    """Everything counted from one person's interactions."""

    acts: int = 0
    latest: int | None = None
    earliest: int | None = None
    inbound: _DirectionTotals = field(default_factory=_DirectionTotals)
    outbound: _DirectionTotals = field(default_factory=_DirectionTotals)

    def add(self, direction: str, kind: str, acts: Sequence[Act]) -> None:
        """Count all interactions of one kind in one direction."""
        times = [act[3] for act in acts]
        self.acts += len(times)
        self.latest = max(times) if self.latest is None else max(self.latest, *times)
        if 1 in [act[4] for act in acts]:
            times = [act[3] for act in acts if not act[4]]
            if not times:
                return
        self.earliest = min(times) if self.earliest is None else min(self.earliest, *times)
        talk, light = weighs(kind)
        way = self.inbound if direction == INBOUND else self.outbound
        if talk:
            way.talk.update([at // DAY for at in times])
            way.last = max(times) if way.last is None else max(way.last, *times)
        elif light:
            way.light.update([at // DAY for at in times])

    def tally(self) -> tuple[int | None, ...]:
        """Return the counts in the order of ``_COLUMNS``, from the tallies on."""
        theirs, mine = self.inbound, self.outbound
        return (
            len(theirs.talk), len(mine.talk), len(theirs.talk.keys() & mine.talk.keys()),
            len(theirs.light), len(mine.light), theirs.talk.total(), mine.talk.total(),
            theirs.last, mine.last, self.earliest, self.acts, self.latest,
        )  # fmt: skip


def settle(connection: sqlite3.Connection, owner: int, pids: Sequence[str], common: SumBuilder) -> None:
    """Recount these people's days, tallies and sums from their interactions, inside an open transaction."""
    by_person = {pid: _ActTotals() for pid in pids}
    acts = cast("Iterator[Act]", select_in(connection, _ACTS, (owner,), pids))
    for (pid, direction, kind), run in groupby(acts, key=itemgetter(0, 1, 2)):
        by_person[pid].add(direction, kind, list(run))
    days = [day for pid, totals in by_person.items() for day in _days(pid, totals)]
    for some in chunks(pids):
        marks = ", ".join("?" * len(some))
        connection.execute(f"delete from contact_day where owner = ? and pid in ({marks})", (owner, *some))  # noqa: S608
    connection.executemany(_DAY.format(owner=owner), days)
    sums, nothing = dict(common.people(days)), (common.at, *(0.0 for _ in SUM_COLUMNS[1:]))
    names = cast("Iterator[tuple[str, str | None, int]]", select_in(connection, _NAMES, (owner,), pids))
    connection.executemany(
        _BADGE,
        [
            (*sums.get(pid, nothing), *by_person[pid].tally(), owner, key_of(pid, handle if held else None))
            for pid, handle, held in names
        ],
    )


def _days(pid: str, totals: _ActTotals) -> list[DayRow]:
    rows: list[DayRow] = []
    for direction, way in ((INBOUND, totals.inbound), (OUTBOUND, totals.outbound)):
        talk, light = way.talk, way.light
        if not light:
            rows += [(pid, day, direction, count, 0) for day, count in talk.items()]
        else:
            rows += [(pid, day, direction, talk[day], light[day]) for day in talk.keys() | light.keys()]
    rows.sort()
    return rows
