"""Undoes an import: what it brought goes, what was seen elsewhere before or since stays, also after later imports."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from companion.store.ledger.batch import Batch
from companion.store.ledger.connections import Connections
from companion.store.ledger.imports.changes import DELETED, HELD, KEYS, MERGE, TABLE, columns_of
from companion.store.ledger.sql import Value, chunks, upsert
from companion.store.ledger.tables import people as people_table
from companion.store.ledger.tables.badges import DELETE_BADGE

SEEN = ("event", "relation", "post")
_SAME = "a.owner = b.owner and a.pid = b.pid and a.tab = b.tab and a.key = b.key"
_LATER = (
    f"update {TABLE} as b set (did, before) = "  # noqa: S608 - constants
    f"(select did, before from {TABLE} a where {_SAME} and a.run = :run) "
    f"where b.owner = :owner and b.run > :run "
    f"and exists (select 1 from {TABLE} a where {_SAME} and a.run = :run and a.did <> {HELD}) "
    f"and not exists (select 1 from {TABLE} a where {_SAME} and a.run > :run and a.run < b.run)"
)
"""The next import that holds the same row takes the note over: the row stays until that one is undone as well."""
_HANDED = (
    f"delete from {TABLE} as a where a.owner = :owner and a.run = :run and (a.did = {HELD} "  # noqa: S608 - constants
    f"or exists (select 1 from {TABLE} b where {_SAME} and b.run > :run))"
)
_NOTES = f"{TABLE} as a where a.owner = :owner and a.run = :run"
_OF_THE_RUN = "m.owner = a.owner and m.run = a.run"
_MOVED = (
    f"exists (select 1 from {TABLE} m "  # noqa: S608 - constants
    f"join {TABLE} d on d.owner = m.owner and d.run = m.run and d.pid = m.key "
    f"where {_OF_THE_RUN} and m.pid = a.pid and m.tab = '{MERGE}' "
    f"and d.tab = a.tab and d.key = a.key and d.did = {DELETED})"
)
"""Whether the import only moved a row here from a stub that it showed to be this person."""
_MERGES = f"from {TABLE} where owner = :owner and run = :run and tab = '{MERGE}'"
_BECAME = f"a.pid in (select key {_MERGES})"
_MERGED = f"a.pid in (select pid {_MERGES})"
_ALONE = " and ".join(
    f"not exists (select 1 from {table} t where t.owner = a.owner and t.pid = a.pid)"  # noqa: S608 - constants
    for table in (*SEEN, "snapshot")
)
_TAKEN = (
    "update person set held = 0 where owner = ? and pid = ? and held = 1 and exists (select 1 from badge b "
    "where b.owner = person.owner and b.hkey = lower(person.handle) and b.pid <> person.pid)"
)
_POSTS = (
    "update person set posts_kept = "  # noqa: S608 - constants
    "(select count(*) from post where post.owner = person.owner and post.pid = person.pid) "
    f"where owner = :owner and pid in (select pid from {_NOTES} and tab = 'post')"
)


@dataclass(frozen=True, slots=True)
class _Run:
    """One import inside the transaction that undoes it."""

    connection: sqlite3.Connection
    owner: int
    run: int

    def all(self, sql: str) -> list[tuple[str, ...]]:
        return self.connection.execute(sql, {"owner": self.owner, "run": self.run}).fetchall()

    def do(self, sql: str) -> int:
        return self.connection.execute(sql, {"owner": self.owner, "run": self.run}).rowcount


def undo(connections: Connections, owner: int, number: int, keep: frozenset[str]) -> int:
    """Undo one import of a viewer in one transaction; return how many interactions are gone or as they were.

    Names of people who were seen elsewhere since stay, as facts; so does what the import showed about who a stub is.

    Args:
        connections: the ledger's.
        owner: the viewer's number.
        number: the import's number.
        keep: people of whom something is written; they stay known by name.
    """
    with connections.writing() as connection:
        run = _Run(connection, owner, number)
        run.do(_LATER)
        run.do(_HANDED)
        touched = [row[0] for row in run.all(f"select distinct pid from {_NOTES} and tab <> '{MERGE}'")]  # noqa: S608
        count = _take_back(run, "event")
        _take_back(run, "relation")
        _take_back(run, "post")
        _take_back_people(run, keep)
        run.do(_POSTS)
        for some in chunks(touched):
            _derive(connection, owner, some)
        run.do(f"delete from {_NOTES}")  # noqa: S608 - constants
    return count


def _take_back(run: _Run, table: str) -> int:
    """Delete the rows that the import inserted, put back those it changed; return how many."""
    key = " || ' ' || ".join(KEYS[table])
    inserted = f"select pid, key from {_NOTES} and tab = '{table}' and before is null and not {_MOVED}"  # noqa: S608
    deleted = run.do(f"delete from {table} where owner = :owner and (pid, {key}) in ({inserted})")  # noqa: S608
    held = f"tab = '{table}' and before is not null and not {_BECAME}"
    changed = run.all(f"select before from {_NOTES} and {held}")  # noqa: S608 - constants
    _restore(run.connection, table, [row[0] for row in changed])
    return deleted + len(changed)


def _take_back_people(run: _Run, keep: frozenset[str]) -> None:
    """Delete people whom only the import knew, and put back how the others were called."""
    mine = f"{_NOTES} and tab = 'person' and not {_BECAME} and not {_MERGED}"
    alone = run.all(f"select pid from {mine} and before is null and {_ALONE}")  # noqa: S608 - constants
    gone = [pid for (pid,) in alone if pid not in keep]
    back = run.all(f"select pid, before from {mine} and before is not null")  # noqa: S608 - constants
    for pid in (*gone, *(pid for pid, _ in back)):
        run.connection.execute(DELETE_BADGE, (run.owner, run.owner, pid))
    for table in ("person", "handle_was", "contact_day"):
        sql = f"delete from {table} where owner = ? and pid = ?"  # noqa: S608 - constants
        run.connection.executemany(sql, [(run.owner, pid) for pid in gone])
    _restore(run.connection, "person", [before for _, before in back])
    renamed = f"select pid from {mine} and before is not null"  # noqa: S608 - constants
    names = f"{_NOTES} and tab = 'handle_was' and pid in ({renamed})"
    gone_names = f"select pid, key from {names}"  # noqa: S608 - constants
    run.do(f"delete from handle_was where owner = :owner and (pid, hkey) in ({gone_names})")  # noqa: S608 - constants
    former = run.all(f"select before from {names} and before is not null")  # noqa: S608 - constants
    _restore(run.connection, "handle_was", [row[0] for row in former])
    run.connection.executemany(_TAKEN, [(run.owner, pid) for pid, _ in back])


def _restore(connection: sqlite3.Connection, table: str, rows: Iterable[str]) -> None:
    """Write rows as they were noted."""
    columns, keys = columns_of(connection, table), ("owner", "pid", *KEYS[table])
    order = [*keys, *(name for name in columns if name not in keys)]
    values = (dict(zip(columns, cast("Sequence[Value]", json.loads(row)), strict=True)) for row in rows)
    sql = upsert(table, keys, order[len(keys) :])
    connection.executemany(sql, ([value[name] for name in order] for value in values))


def _derive(connection: sqlite3.Connection, owner: int, pids: list[str]) -> None:
    """Count these people's days, sums and flags anew from what is left."""
    batch = Batch(connection, owner)
    batch.load(pids, ())
    for pid in [pid for pid in pids if pid in batch.people]:
        badge, counted = batch.badge(pid), batch.contacts.replaced(pid)
        badge.sums, badge.counters = counted.sums(), counted.counters
        badge.acts, badge.contact_at, badge.dirty = counted.acts, counted.contact_at, True
        badge.follows_me, badge.i_follow = (batch.relations.value(pid, name) for name in ("follows_me", "i_follow"))
        badge.was = people_table.latest_former(connection, owner, pid)
    batch.flush()
