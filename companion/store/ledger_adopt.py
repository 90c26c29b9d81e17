"""Moves one viewer's ledger into another: what was seen while only the viewer's handle was known belongs to the id."""

from __future__ import annotations

import sqlite3

from companion.store.ledger_work import Batch

CHUNK = 500
_TABLES = ("handle_was", "badge", "list_run", "list_member")


def move(connection: sqlite3.Connection, source: int, target: int) -> None:
    """Move everything of viewer number ``source`` to ``target`` and delete the source."""
    pids = [row[0] for row in connection.execute("select pid from person where owner = ?", (source,))]
    for start in range(0, len(pids), CHUNK):
        _move_people(connection, source, target, pids[start : start + CHUNK])
    for table in _TABLES:
        connection.execute(f"delete from {table} where owner = ?", (source,))  # noqa: S608 - constants
    connection.execute(
        "update viewer set inbound_since = (select min(inbound_since) from viewer where owner in (?, ?)) "
        "where owner = ?",
        (source, target, target),
    )
    connection.execute("delete from viewer where owner = ?", (source,))


def _move_people(connection: sqlite3.Connection, source: int, target: int, pids: list[str]) -> None:
    batch = Batch(connection, target)
    theirs = Batch(connection, source)
    theirs.load(pids, ())
    names = theirs.names.names
    batch.load(pids, [names[pid].key for pid in pids if pid in names])
    for pid in pids:
        name = names.get(pid)
        is_id = not pid.startswith("@")
        filed = batch.see(pid if is_id else None, name.handle if name else None, name.at if name else 0)
        for handle, until in _former(connection, source, pid):
            batch.see(pid, handle, until)
        if filed is not None:
            batch.absorb(source, pid, batch.names.current(filed))
    batch.flush()


def _former(connection: sqlite3.Connection, owner: int, pid: str) -> list[tuple[str, int]]:
    return connection.execute(
        "select handle, until from handle_was where owner = ? and pid = ?", (owner, pid)
    ).fetchall()
