"""Merges one viewer's ledger into another: one recorded under a handle before the id was known, or an export's."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from companion.domain.handles import fold
from companion.store.ledger.batch import Batch

CHUNK = 500
_TABLES = ("handle_was", "badge", "list_run", "list_member", "import_change")
UNITING = " uniting"
"""Name of a viewer within one transaction: neither an id nor a handle."""
Fill = Callable[[sqlite3.Connection, int], None]
"""Function that writes rows under the given viewer number, without sums and badges, which are derived."""


def unite(connection: sqlite3.Connection, target: int, fill: Fill) -> None:
    """Merge what ``fill`` writes into the ledger of viewer number ``target``."""
    number = connection.execute("select max(owner) + 1 from viewer").fetchone()[0]
    connection.execute(
        "insert into viewer (owner, name, first_seen, last_seen) "
        "select ?, ?, first_seen, last_seen from viewer where owner = ?",
        (number, UNITING, target),
    )
    fill(connection, number)
    move(connection, number, target)


def move(connection: sqlite3.Connection, source: int, target: int) -> None:
    """Move everything of viewer number ``source`` to ``target`` and delete the source."""
    pids = [row[0] for row in connection.execute("select pid from person where owner = ?", (source,))]
    for start in range(0, len(pids), CHUNK):
        _move_people(connection, source, target, pids[start : start + CHUNK])
    for table in _TABLES:
        connection.execute(f"delete from {table} where owner = ?", (source,))  # noqa: S608 - constants
    connection.execute(
        "update viewer set (inbound_since, first_seen, last_seen) = "
        "(select min(inbound_since), min(first_seen), max(last_seen) from viewer where owner in (?, ?)) "
        "where owner = ?",
        (source, target, target),
    )
    connection.execute("delete from viewer where owner = ?", (source,))


def _move_people(connection: sqlite3.Connection, source: int, target: int, pids: list[str]) -> None:
    batch = Batch(connection, target)
    theirs = Batch(connection, source)
    theirs.load(pids, ())
    names, formers = theirs.names.names, {pid: _former(connection, source, pid) for pid in pids}
    keys = [names[pid].key for pid in pids if pid in names]
    batch.load(pids, [*keys, *(fold(handle) for handles in formers.values() for handle, _, _ in handles)])
    for pid in pids:
        name = names.get(pid)
        is_id = not pid.startswith("@")
        filed = batch.see(pid if is_id else None, name.handle if name else None, name.at if name else 0)
        if name:
            batch.see(pid if is_id else None, name.handle, name.since)
        for handle, since, until in formers[pid]:
            batch.see(pid, handle, until)
            batch.see(pid, handle, since)
        if filed is not None:
            batch.absorb(source, pid, batch.names.current(filed))
    batch.flush()


def _former(connection: sqlite3.Connection, owner: int, pid: str) -> list[tuple[str, int, int]]:
    return connection.execute(
        "select handle, since, until from handle_was indexed by handle_was_by_pid where owner = ? and pid = ?",
        (owner, pid),
    ).fetchall()
