"""Bulk creation of people: new ones are inserted directly, the others go through the rules of identity."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import cast

import msgspec

from companion.domain.handles import fold, without_at
from companion.domain.identity import IdentityEvent, in_time
from companion.store.ledger.batch import Batch
from companion.store.ledger.sql import select_in

_PERSON = (
    "insert into person (owner, pid, handle, handle_since, handle_at, held, fields_at, posts_kept, posts_seen, "
    "first_seen, last_seen) values (?, ?, ?, ?, ?, ?, 0, 0, 0, ?, ?)"
)
_KNOWN = (
    "select pid, handle, handle_since, handle_at, held, first_seen, last_seen from person "
    "where owner = ? and pid in (*)"
)
_BADGE = (
    "insert into badge (owner, hkey, pid, handle, sums_at, talk_in_7, talk_in_90, talk_out_7, talk_out_90, light_in, "
    "light_out, days_in, days_out, two_way_days, light_days_in, light_days_out, n_in, n_out, acts, first_seen, "
    "last_seen) values (?, ?, ?, ?, 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0, 0, 0, 0, 0, 0, 0, 0, ?, ?)"
)


class NameSighting(msgspec.Struct, gc=False):
    """The first and last time (epoch seconds) at which a person was shown with an id and perhaps a handle.

    ``seen_first`` and ``seen_last`` are the first and last sighting with any handle or none.
    """

    pid: str
    handle: str | None
    first: int
    last: int
    seen_first: int = 0
    seen_last: int = 0


class IntroducedPeople(msgspec.Struct, frozen=True):
    """The outcome: how many people are new or changed, and the identity events."""

    people: int = 0
    identity: Sequence[IdentityEvent] = ()


def introduce(connection: sqlite3.Connection, owner: int, sightings: Sequence[NameSighting]) -> IntroducedPeople:
    """Create or update these people, inside an open transaction; a repeat changes nothing."""
    sightings = _without_known(connection, owner, sightings)
    fresh = _fresh(connection, owner, sightings)
    _write(connection, owner, fresh)
    new = {met.pid for met in fresh}
    rest = [met for met in sightings if met.pid not in new]
    if not rest:
        return IntroducedPeople(len(fresh))
    batch = Batch(connection, owner)
    batch.load([met.pid for met in rest], [fold(met.handle) for met in rest if met.handle])
    evidence = {(met.pid, met.handle, at) for met in rest for at in (met.first, met.last)}
    for pid, handle, at in sorted(evidence, key=in_time):
        batch.see(pid, handle, at)
    for met in rest:
        for at in (met.seen_first, met.seen_last):
            batch.person(met.pid).seen(at)
    batch.flush()
    return IntroducedPeople(len(fresh) + len(batch.changed), batch.names.events)


def _without_known(connection: sqlite3.Connection, owner: int, sightings: Sequence[NameSighting]) -> list[NameSighting]:
    """Return the sightings that the ledger does not know yet."""
    rows = select_in(connection, _KNOWN, (owner,), (met.pid for met in sightings))
    known = {cast("str", pid): cast("tuple[str | None, int, int, int, int, int]", rest) for pid, *rest in rows}
    return [met for met in sightings if met.pid not in known or not _covered(met, *known[met.pid])]


def _covered(
    met: NameSighting, handle: str | None, since: int, until: int, held: int, first_seen: int, last_seen: int
) -> bool:
    named = not met.handle or (met.handle == handle and held == 1 and since <= met.first and met.last <= until)
    return named and first_seen <= met.seen_first and met.seen_last <= last_seen


def _fresh(connection: sqlite3.Connection, owner: int, sightings: Sequence[NameSighting]) -> list[NameSighting]:
    """Return the people whose id and handle were never seen before and occur only once here."""
    pids = Counter(met.pid for met in sightings)
    keys = Counter(fold(met.handle) for met in sightings if met.handle)
    known = _among(connection, "select pid from person where owner = ? and pid in (*)", owner, pids)
    taken = _among(connection, "select hkey from badge where owner = ? and hkey in (*)", owner, keys)
    taken |= _among(connection, "select hkey from handle_was where owner = ? and hkey in (*)", owner, keys)
    return [
        met
        for met in sightings
        if met.pid not in known
        and pids[met.pid] == 1
        and not (met.handle and (keys[key := fold(met.handle)] > 1 or key in taken))
    ]


def _among(connection: sqlite3.Connection, sql: str, owner: int, keys: Counter[str]) -> set[str]:
    return {str(row[0]) for row in select_in(connection, sql, (owner,), keys)}


def _write(connection: sqlite3.Connection, owner: int, fresh: Sequence[NameSighting]) -> None:
    people, badges = [], []
    for met in fresh:
        handle = without_at(met.handle) or None
        since, last = (met.first, met.last) if handle else (None, None)
        people.append((owner, met.pid, handle, since, last, int(handle is not None), met.seen_first, met.seen_last))
        key = fold(handle) if handle else f"#{met.pid}"
        badges.append((owner, key, met.pid, handle, met.seen_first, met.seen_last))
    connection.executemany(_PERSON, people)
    connection.executemany(_BADGE, badges)
