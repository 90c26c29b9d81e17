"""Notes what an import changes: each row as it was before, until another source shows the same or it is undone.

One row of ``import_change`` is one row of another table that one import inserted, changed, deleted or also holds.
``before`` is that row's values, null if there was none. What was seen elsewhere since is no longer the import's own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

TABLE = "import_change"
KEYS = {
    "event": ("direction", "kind", "ref"),
    "relation": ("field",),
    "handle_was": ("hkey",),
    "post": ("id",),
    "person": (),
}
"""Table -> the columns of its primary key beside owner and pid."""
MERGE = "merge"
"""Name under which a stub that became an id is noted; its key is the stub."""
CHANGED, DELETED, HELD = 0, 1, 2
"""What an import did to a row: inserted or changed it, deleted it, or only holds what an earlier import brought."""
Change = tuple[str, str, str]
"""(pid, table, key): what a source told of."""

_NOTE = f"insert into {TABLE} (owner, pid, tab, key, run, did, before) "
_ONCE = "on conflict (owner, pid, tab, key, run) do nothing"
_NAMES = "('person', 'handle_was')"


def key_of(*values: str) -> str:
    """Return the key under which a row is noted, from its primary key's columns beside owner and pid."""
    return " ".join(values)


@contextmanager
def noted(connection: sqlite3.Connection, owner: int, run: int | None) -> Iterator[None]:
    """Note every change of the open transaction as one of this viewer's import; None notes nothing."""
    names = list(_triggers(connection, owner, run)) if run is not None else []
    try:
        yield
    finally:
        for name in names:
            connection.execute(f"drop trigger if exists temp.{name}")


def _triggers(connection: sqlite3.Connection, owner: int, run: int) -> Iterator[str]:
    """Create the transaction's triggers and yield their names."""
    for table, keys in KEYS.items():
        row = f"json_array({', '.join(f'old.{name}' for name in columns_of(connection, table))})"
        for event, side, did, before in (
            ("insert", "new", CHANGED, "null"),
            ("update", "old", CHANGED, row),
            ("delete", "old", DELETED, row),
        ):
            key = " || ' ' || ".join(f"{side}.{name}" for name in keys) or "''"
            values = f"values ({side}.owner, {side}.pid, '{table}', {key}, {run:d}, {did}, {before})"
            yield _trigger(connection, event, table, values)
    yield _trigger(
        connection, "insert", "merge_due", f"values ({owner:d}, new.pid, '{MERGE}', new.stub, {run:d}, {CHANGED}, null)"
    )


def _trigger(connection: sqlite3.Connection, event: str, table: str, values: str) -> str:
    name = f"noted_{table}_{event}"
    connection.execute(f"create temp trigger {name} after {event} on main.{table} begin {_NOTE}{values} {_ONCE}; end")
    return name


def columns_of(connection: sqlite3.Connection, table: str) -> list[str]:
    """Return a table's columns in their order."""
    return [row[1] for row in connection.execute(f"pragma table_info({table})")]


def seen_elsewhere(connection: sqlite3.Connection, owner: int, told: Iterable[Change]) -> None:
    """Let go of the notes about what another source than an import has told, and of those about these people."""
    if not _any(connection, owner):
        return
    changes = set(told)
    connection.executemany(
        f"delete from {TABLE} where owner = ? and pid = ? and tab = ? and key = ?",  # noqa: S608 - a constant
        [(owner, *change) for change in changes],
    )
    connection.executemany(
        f"delete from {TABLE} where owner = ? and pid = ? and tab in {_NAMES}",  # noqa: S608 - constants
        [(owner, pid) for pid in {pid for pid, *_ in changes}],
    )


def also_held(connection: sqlite3.Connection, owner: int, run: int, told: Iterable[Change]) -> None:
    """Note what an import holds of earlier ones', changed or not: undoing those leaves it to this one."""
    if not _any(connection, owner, run):
        return
    connection.executemany(
        f"{_NOTE} select owner, pid, tab, key, ?, {HELD}, null from {TABLE} "  # noqa: S608 - constants
        f"where owner = ? and pid = ? and tab = ? and key = ? and run < ? limit 1 {_ONCE}",
        [(run, owner, *change, run) for change in told],
    )


def latest_run(connection: sqlite3.Connection) -> int:
    """Return the highest number of an import that is noted, 0 if there is none."""
    number: int | None = connection.execute(f"select max(run) from {TABLE}").fetchone()[0]  # noqa: S608 - a constant
    return number or 0


def _any(connection: sqlite3.Connection, owner: int, before: int = 1 << 62) -> bool:
    """Return whether there are notes of this viewer's imports from before one."""
    sql = f"select 1 from {TABLE} where owner = ? and run < ? limit 1"  # noqa: S608 - a constant
    return connection.execute(sql, (owner, before)).fetchone() is not None
