"""Rebuilds all sums from the days of contact, when the score's weights are others than those the sums were made with.

Sums are linear: a person's sums are, day by day, the weight of the day times what one unit on that day is worth at one
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

from companion.reciprocity import DayWeight, Sums, weight_of
from companion.store.ledger_badges import SUM_COLUMNS, key_of
from companion.store.ledger_connections import Connections

log = logging.getLogger(__name__)
DAY = 86_400
CHUNK = 4000
"""People in one transaction; lookups and other writers get their turn in between."""

_DAYS = (
    "select d.pid, d.day, d.direction, d.talk, d.light from contact_day d "
    "where d.owner = ? and d.pid > ? and d.pid <= ? order by d.pid"
)
_NAMES = "select pid, handle, held from person where owner = ? and pid > ? order by pid limit ?"
_UPDATE = f"update badge set {', '.join(f'{name} = ?' for name in SUM_COLUMNS)} where owner = ? and hkey = ?"  # noqa: S608

DayRow = tuple[str, int, str, int, int]
"""(pid, day, direction, talk, light)."""


class Worth(NamedTuple):
    """What one unit of a day's weight adds to the sums at the common time."""

    short: float
    long: float
    light: float


def fingerprint() -> str:
    """Return what tells one set of weights and half-lives from another: the sums of a fixed invented history."""
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
    """Make every person's sums again from their days, a chunk of people at a time; return how many people had any."""
    common = latest_day(connections.reading(), owner)
    last, found = "", 0
    while stopped is None or not stopped.is_set():
        with connections.writing() as connection:
            names = connection.execute(_NAMES, (owner, last, CHUNK)).fetchall()
            if not names:
                break
            first, last = last, names[-1][0]
            keys = {pid: key_of(pid, handle if held else None) for pid, handle, held in names}
            rows = [
                (*sums, owner, keys[pid])
                for pid, sums in common.people(connection.execute(_DAYS, (owner, first, last)))
                if pid in keys
            ]
            connection.executemany(_UPDATE, sorted(rows, key=itemgetter(-1)))
            found += len(rows)
    return found


def latest_day(connection: sqlite3.Connection, owner: int) -> Common:
    """Return what adds up days as of the viewer's latest contact with anybody."""
    row = connection.execute("select max(contact_at) from badge where owner = ?", (owner,)).fetchone()
    return Common((row[0] or 0) // DAY * DAY)


class Common:
    """Adds up days as of one common time."""

    def __init__(self, at: int) -> None:
        self.at = at
        self._worth = cache(self._worth_of)
        self._weight = cache(weight_of)

    def people(self, rows: Iterable[DayRow]) -> Iterator[tuple[str, tuple[float, ...]]]:
        """Give (pid, values in the order of ``SUM_COLUMNS``) for days that come person by person."""
        for pid, days in groupby(rows, key=itemgetter(0)):
            yield pid, self._sums(days)

    def sums(self, days: Iterable[DayRow]) -> Sums:
        """Return one person's sums."""
        values = self._sums(days)
        return Sums(self.at, *values[1:])

    def _sums(self, days: Iterable[DayRow]) -> tuple[float, ...]:
        """Add up one person's days; written out, for this is the line that runs for every day of everybody."""
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


class ScoreKeeper:
    """Keeps the stored sums true to the present weights."""

    def __init__(self, connections: Connections, owners: Mapping[str, int]) -> None:
        self._connections = connections
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        if self._stored() != fingerprint():
            work = partial(self._rebuild, dict(owners))
            self._thread = threading.Thread(target=work, name="ledger-scores", daemon=True)
            self._thread.start()

    def wait(self) -> None:
        """Wait until the sums are true again, if they are being rebuilt."""
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
        found = sum(rebuild(self._connections, number, self._stop) for number in owners.values())
        if found:
            log.info("The score's weights have changed: the sums of %d people were made again.", found)
        if not self._stop.is_set():
            with self._connections.writing() as connection:
                self._store(connection)

    @staticmethod
    def _store(connection: sqlite3.Connection) -> None:
        connection.execute(
            "insert into meta (key, value) values ('score', ?) on conflict (key) do update set value = excluded.value",
            (fingerprint(),),
        )
