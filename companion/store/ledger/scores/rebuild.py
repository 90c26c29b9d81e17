"""Rebuilds all stored sums from the days of contact after a change of the score's weights.

Sums are linear: a person's sums add, day by day, the weight of the day times what one unit on that day is worth at one
common time. Both come from ``companion.reciprocity``; here they are only looked up and added, fast enough for millions.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from companion.domain.dates import DAY
from companion.reciprocity.sums import BURST, BURST_HALF, LIGHT_BURST, LONG_DAYS, SHORT_DAYS, DayWeight, Sums, weight_of
from companion.store.ledger.connections import Connections
from companion.store.ledger.rank_sql import add_math_functions
from companion.store.ledger.tables.badges import SUM_COLUMNS

log = logging.getLogger(__name__)
CHUNK = 4000
"""People in one transaction; look-ups and other writers get their turn in between."""

AFTER_ALL = "\U0010ffff"
"""Sorts after every key."""


def _weight(count: str, most: float, half: float) -> str:
    return f"case when {count} > 0 then 1.0 + {most!r} * ({count} - 1) / ({count} - 1 + {half!r}) else 0.0 end"


def _worth(days: float) -> str:
    return f"pow(2.0, (d.day * {DAY} - :at) / {DAY * days!r})"


_PARTS = (
    f"{_weight('d.talk', BURST, BURST_HALF)} * {_worth(SHORT_DAYS)}",
    f"(d.talk > 0) * {_worth(LONG_DAYS)}",
    f"{_weight('d.light', LIGHT_BURST, BURST_HALF)} * {_worth(LONG_DAYS)}",
)
_TALK_SHORT, _TALK_LONG, _LIGHT = _PARTS
_TOTALS = ", ".join(
    f"total({part}) filter (where d.{what} > 0 and d.direction = '{way}')"  # nothing adds nothing: no powers for it
    for part, what, way in (
        (_TALK_SHORT, "talk", "in"), (_TALK_LONG, "talk", "in"), (_TALK_SHORT, "talk", "out"),
        (_TALK_LONG, "talk", "out"), (_LIGHT, "light", "in"), (_LIGHT, "light", "out"),
    )
)  # fmt: skip
_KEYS = "select hkey from badge where owner = ? and hkey > ? order by hkey limit 1 offset ?"
_REBUILD = (
    f"update badge set ({', '.join(SUM_COLUMNS)}) = (select :at, {_TOTALS} from contact_day d "  # noqa: S608 - constants
    "where d.owner = badge.owner and d.pid = badge.pid) "
    "where owner = :owner and hkey > :first and hkey <= :last and contact_at is not null"
)
"""Computes the same sums as ``SumBuilder`` (a test compares them) in the database, so that look-ups go on meanwhile,
and in the order of the badges, so that each of their pages is written once."""

DayRow = tuple[str, int, str, int, int]
"""(pid, day, direction, talk, light)."""


class Worth(NamedTuple):
    """What one unit of a day's weight adds to the sums at the common time."""

    short: float
    long: float
    light: float


def fingerprint() -> str:
    """Return a fingerprint of the weights and half-lives: the sums of a fixed invented history."""
    sums = Sums()
    for day, (talk, light) in enumerate(((1, 0), (2, 1), (0, 3), (9, 0))):
        for direction in ("in", "out"):
            sums = sums.added(day * 11, direction, weight_of(talk, light))
    late = sums.advanced(200 * DAY)
    return " ".join(
        f"{value:.9g}"
        for value in (
            late.talk_in_7, late.talk_in_90, late.talk_out_7, late.talk_out_90, late.light_in, late.light_out,
        )
    )  # fmt: skip


def rebuild(connections: Connections, owner: int, stopped: threading.Event | None = None) -> int:
    """Rebuild all sums from the days, a chunk of people at a time; return how many people had contact."""
    common = latest_day(connections.reading(), owner).at
    last: str | None = ""
    count = 0
    while last is not None and not (stopped is not None and stopped.is_set()):
        with connections.writing() as connection:
            add_math_functions(connection)
            first, last = last, _end_of_chunk(connection, owner, last)
            values = {"owner": owner, "at": common, "first": first, "last": last or AFTER_ALL}
            count += connection.execute(_REBUILD, values).rowcount
    return count


def _end_of_chunk(connection: sqlite3.Connection, owner: int, first: str) -> str | None:
    row = connection.execute(_KEYS, (owner, first, CHUNK - 1)).fetchone()
    return str(row[0]) if row else None


def latest_day(connection: sqlite3.Connection, owner: int) -> SumBuilder:
    """Return a builder of sums as of the viewer's latest contact with anyone."""
    row = connection.execute("select max(contact_at) from badge where owner = ?", (owner,)).fetchone()
    return SumBuilder((row[0] or 0) // DAY * DAY)


class SumBuilder:
    """Builds sums from days, all as of one common time."""

    def __init__(self, at: int) -> None:
        self.at = at
        self._worth = cache(self._worth_of)
        self._weight = cache(weight_of)

    def people(self, rows: Iterable[DayRow]) -> Iterator[tuple[str, tuple[float, ...]]]:
        """Yield (pid, values in the order of ``SUM_COLUMNS``) for days ordered by person."""
        for pid, days in groupby(rows, key=itemgetter(0)):
            yield pid, self._sums(days)

    def sums(self, days: Iterable[DayRow]) -> Sums:
        """Return one person's sums."""
        values = self._sums(days)
        return Sums(self.at, *values[1:])

    def _sums(self, days: Iterable[DayRow]) -> tuple[float, ...]:
        """Add up one person's days; the additions are written out because they run for every day of all people."""
        worth, weight = self._worth, self._weight
        in_7 = in_90 = out_7 = out_90 = light_in = light_out = 0.0
        for _, day, direction, talk, light in days:
            short, long, faded = worth(day)
            weighs = weight(talk, light)
            if direction == "in":
                in_7 += weighs.talk * short
                in_90 += weighs.day * long
                light_in += weighs.light * faded
            else:
                out_7 += weighs.talk * short
                out_90 += weighs.day * long
                light_out += weighs.light * faded
        return (self.at, in_7, in_90, out_7, out_90, light_in, light_out)

    def _worth_of(self, day: int) -> Worth:
        """What one unit is worth; a day after the common time (just recorded) is worth more than one."""
        start = day * DAY
        if start > self.at:
            faded = Sums(self.at, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0).advanced(start)
            return Worth(1 / faded.talk_in_7, 1 / faded.talk_in_90, 1 / faded.light_in)
        unit = Sums(self.at).added(day, "in", DayWeight(1.0, 1.0, 1.0))
        return Worth(unit.talk_in_7, unit.talk_in_90, unit.light_in)


class ScoreRebuilder:
    """Rebuilds the stored sums in a thread if they were computed with other weights."""

    def __init__(self, connections: Connections, owners: Mapping[str, int]) -> None:
        self._connections = connections
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        if self._stored() != fingerprint():
            work = partial(self._rebuild, dict(owners))
            self._thread = threading.Thread(target=work, name="ledger-scores", daemon=True)
            self._thread.start()

    def wait(self) -> None:
        """Wait for the end of a running rebuild."""
        if self._thread is not None:
            self._thread.join()

    def close(self) -> None:
        """Stop rebuilding; the next start begins again."""
        self._stop.set()
        self.wait()

    def _stored(self) -> str | None:
        row = self._connections.reading().execute("select value from meta where key = 'score'").fetchone()
        return str(row[0]) if row else None

    def _rebuild(self, owners: dict[str, int]) -> None:
        count = sum(rebuild(self._connections, number, self._stop) for number in owners.values())
        if count:
            log.info("The score's weights have changed: the sums of %d people were made again.", count)
        if not self._stop.is_set():
            with self._connections.writing() as connection:
                self._store(connection)

    @staticmethod
    def _store(connection: sqlite3.Connection) -> None:
        connection.execute(
            "insert into meta (key, value) values ('score', ?) on conflict (key) do update set value = excluded.value",
            (fingerprint(),),
        )
