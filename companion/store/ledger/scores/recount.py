"""Recounts every sum and tally from the interactions, in one pass in their order on the disk, and repairs them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import cast

from companion.reciprocity.counters import Counters, Tally
from companion.reciprocity.sums import Sums
from companion.store.ledger.batch import Batch
from companion.store.ledger.connections import Connections
from companion.store.ledger.rows import Difference
from companion.store.ledger.scores.rebuild import SumBuilder, latest_day
from companion.store.ledger.sql import select_in
from companion.store.ledger.tables import badges as badges_table
from companion.store.ledger.tables.badges import BadgeState
from companion.store.ledger.tables.contact_days import ContactHistory
from companion.store.ledger.tables.interactions import EventState

TOLERANCE = 1e-9
CHUNK = 1000
"""People compared at a time; other writers get their turn between two chunks."""

_ACTS = "select pid, direction, kind, at, last, gone, automatic from event where owner = ? and pid > ? order by pid"

Act = tuple[str, str, str, int | None, int | None, int | None, int]


def recount(connections: Connections, name: str, owner: int) -> list[Difference]:
    """See ``Ledger.recount``; people change while this runs, so only those still different in a transaction count."""
    suspects: list[str] = []
    with connections.snapshot() as connection:
        common = latest_day(connection, owner)
        for chunk in _chunks(_counted(connection, owner)):
            suspects += _suspects(connection, owner, chunk, common)
        suspects += _without_acts(connection, owner)
    differences: list[Difference] = []
    for start in range(0, len(suspects), CHUNK):
        with connections.writing() as connection:
            differences += _mended(connection, name, owner, suspects[start : start + CHUNK])
    return differences


def _counted(connection: sqlite3.Connection, owner: int) -> Iterator[tuple[str, ContactHistory]]:
    """Yield (pid, contact history) for every person with interactions."""
    acts: Iterator[Act] = iter(connection.execute(_ACTS, (owner, "")))
    for pid, rows in groupby(acts, key=itemgetter(0)):
        counted = ContactHistory()
        for _, direction, kind, at, last, gone, automatic in rows:
            live = at if gone is None else _live_at(at, last, gone)
            if live is not None:
                counted.add(direction, kind, live, automatic=automatic == 1)
        yield pid, counted.finished()


def _live_at(at: int | None, last: int | None, gone: int | None) -> int | None:
    live = EventState(at, at if last is None else last, gone).live()
    return live.at if live else None


def _chunks(people: Iterator[tuple[str, ContactHistory]]) -> Iterator[dict[str, ContactHistory]]:
    chunk: dict[str, ContactHistory] = {}
    for pid, counted in people:
        chunk[pid] = counted
        if len(chunk) >= CHUNK:
            yield chunk
            chunk = {}
    yield chunk


def _suspects(
    connection: sqlite3.Connection, owner: int, chunk: dict[str, ContactHistory], common: SumBuilder
) -> list[str]:
    """Return those of a chunk whose badge differs."""
    names = select_in(
        connection, "select pid, handle, held from person where owner = ? and pid in (*)", (owner,), chunk
    )
    keys = [badges_table.key_of(pid, handle if held else None) for pid, handle, held in cast("list[_Named]", names)]
    badges = {badge.pid: badge for badge in badges_table.load(connection, owner, keys)}
    return [pid for pid, counted in chunk.items() if _differs(badges.get(pid), counted, _sums(common, pid, counted))]


def _sums(common: SumBuilder, pid: str, counted: ContactHistory) -> Sums:
    return common.sums((pid, number, way, day.talk, day.light) for (number, way), day in counted.days.items())


_Named = tuple[str, str | None, int]


def _without_acts(connection: sqlite3.Connection, owner: int) -> list[str]:
    """Return the pids whose badge has interactions though none are stored."""
    rows = connection.execute(
        "select pid from badge b where b.owner = ? and b.contact_at is not null "
        "and not exists (select 1 from event e where e.owner = b.owner and e.pid = b.pid)",
        (owner,),
    )
    return [row[0] for row in rows]


def _differs(badge: BadgeState | None, counted: ContactHistory, sums: Sums) -> bool:
    if badge is None:
        return True
    same_counts = (badge.counters, badge.acts, badge.contact_at) == (counted.counters, counted.acts, counted.contact_at)
    return not same_counts or not _near(badge.sums, sums)


def _near(first: Sums, second: Sums) -> bool:
    """Return whether two sums are equal at the later of their reference times."""
    now = max(first.at, second.at)
    pairs = zip(_values(first.advanced(now)), _values(second.advanced(now)), strict=True)
    return all(abs(a - b) <= TOLERANCE for a, b in pairs)


def _values(sums: Sums) -> tuple[float, ...]:
    return (
        sums.talk_in_7, sums.talk_in_90, sums.talk_out_7, sums.talk_out_90, sums.light_in, sums.light_out,
    )  # fmt: skip


def _mended(connection: sqlite3.Connection, name: str, owner: int, pids: list[str]) -> list[Difference]:
    """Recount these people inside a transaction, and repair and return the differences."""
    batch = Batch(connection, owner)
    batch.load(pids, ())
    differences = []
    for pid in pids:
        badge, counted = batch.badge(pid), batch.contacts.replaced(pid)
        sums = counted.sums()
        if _differs(badge, counted, sums):
            stored = (badge.sums, _tally(badge.counters))
            badge.sums, badge.counters = sums, counted.counters
            badge.acts, badge.contact_at, badge.dirty = counted.acts, counted.contact_at, True
            differences.append(Difference(name, pid, stored, (sums, _tally(counted.counters))))
    batch.flush()
    return differences


def _tally(counters: Counters) -> Tally:
    return Tally(*cast("tuple[int, ...]", counters.row()))


def rebuild(connection: sqlite3.Connection, owner: int, pids: list[str]) -> None:
    """Recount these people's days, tally and sums from their interactions, inside an open transaction."""
    batch = Batch(connection, owner)
    batch.load(pids, ())
    for pid in batch.people:
        badge, counted = batch.badge(pid), batch.contacts.replaced(pid)
        badge.sums, badge.counters = counted.sums(), counted.counters
        badge.acts, badge.contact_at, badge.dirty = counted.acts, counted.contact_at, True
    batch.flush()
