"""Deletes one person, or everything from before a time, from the ledger's file, log and copies."""

from __future__ import annotations

import sqlite3

from companion.domain.dates import DAY
from companion.domain.handles import fold, stub
from companion.store.ledger import copies
from companion.store.ledger.connections import Connections
from companion.store.ledger.dump import tables_of
from companion.store.ledger.scores import recount
from companion.store.ledger.sql import like_inside
from companion.store.ledger.tables.badges import DELETE_BADGE

CHUNK = 500
_TABLES = (
    "person", "handle_was", "relation", "event", "contact_day", "post", "snapshot", "list_member", "import_change",
)  # fmt: skip
_OLD = "from event where source <> 'you' and coalesce(at, 0) < ? and coalesce(last, 0) < ? and coalesce(gone, 0) < ?"


def forget(connections: Connections, pid: str) -> bool:
    """See ``Ledger.forget``.

    Posts in which others name the person are deleted too. Deleted content is overwritten (``secure_delete``), the log
    is emptied, and all copies (daily, from before a migration, damaged) are deleted, because they hold the person too.
    """
    with connections.writing() as connection:
        handles = _handles(connection, pid)
        deleted = _delete_person(connection, pid)
        for handle in handles:
            deleted = _delete_person(connection, stub(handle)) or deleted
        connection.execute("delete from merge_due where pid = ? or stub = ?", (pid, pid))
        deleted = _delete_mentions(connection, pid, handles) or deleted
    connections.truncate()
    copies.forget_copies(connections.path)
    return deleted


def _handles(connection: sqlite3.Connection, pid: str) -> list[str]:
    """Return the person's present handles; a former one may belong to another person by now."""
    handles: dict[str, None] = {}
    for (owner,) in connection.execute("select owner from viewer").fetchall():  # no index begins with pid
        sql = "select handle from person where owner = ? and pid = ? and held = 1"
        handles |= {fold(row[0]): None for row in connection.execute(sql, (owner, pid)) if row[0]}
    return list(handles)


def _delete_person(connection: sqlite3.Connection, pid: str) -> bool:
    """Delete a key's rows for every viewer, one by one, because no index begins with ``pid``."""
    owners = [row[0] for row in connection.execute("select owner from viewer")]
    deleted = 0
    for owner in owners:
        deleted += delete_people(connection, owner, [pid])
    return deleted > 0


def delete_people(connection: sqlite3.Connection, owner: int, pids: list[str]) -> int:
    """Delete all rows of these people for one viewer and return how many rows that were."""
    deleted = 0
    for pid in pids:
        deleted += connection.execute(DELETE_BADGE, (owner, owner, pid)).rowcount
        for table in _TABLES:
            sql = f"delete from {table} where owner = ? and pid = ?"  # noqa: S608 - constants of this module
            deleted += connection.execute(sql, (owner, pid)).rowcount
    return deleted


def _delete_mentions(connection: sqlite3.Connection, pid: str, handles: list[str]) -> bool:
    """Delete others' posts that reply to, quote, repost or name the person."""
    named = [like_inside(f'"{name}"') for name in (pid.lower(), *handles)]
    patterns = [*named, *(like_inside(f"@{handle}") for handle in handles)]
    told = " or ".join(
        f"lower({column}) like ? escape '!'" for column in ("rest", "coalesce(text, '')") for _ in patterns
    )
    deleted = connection.execute(f"delete from post where {told}", patterns * 2).rowcount  # noqa: S608 - constants
    before = " or ".join("lower(before) like ? escape '!'" for _ in patterns)
    connection.execute(
        f"delete from import_change where tab = 'post' and before is not null and ({before})",  # noqa: S608 - constants
        patterns,
    )
    if deleted:
        connection.execute(
            "update person set posts_kept = "
            "(select count(*) from post where post.owner = person.owner and post.pid = person.pid) where posts_kept > 0"
        )
    return deleted > 0


def forget_older_than(connections: Connections, at: int, keep: frozenset[str]) -> int:
    """See ``Ledger.forget_older_than``: what the user entered (source ``you``) stays."""
    with connections.writing() as connection:
        times = (at, at, at)
        touched = connection.execute(f"select distinct owner, pid {_OLD}", times).fetchall()
        deleted = connection.execute(f"delete {_OLD}", times).rowcount
        deleted += connection.execute("delete from post where seen_at < ?", (at,)).rowcount
        connection.execute("delete from snapshot where day < ?", (at // DAY,))
        connection.execute("delete from handle_was where until < ?", (at,))
        connection.execute("delete from import_change where before is not null")  # it would bring back what was old
        for owner in sorted({owner for owner, _ in touched}):
            pids = [pid for number, pid in touched if number == owner]
            for start in range(0, len(pids), CHUNK):
                recount.rebuild(connection, owner, pids[start : start + CHUNK])
        for owner, pid in _unseen_since(connection, at, keep):
            deleted += delete_people(connection, owner, [pid])
    connections.truncate()
    copies.forget_copies(connections.path)
    return deleted


def forget_viewer(connections: Connections, owner: int) -> None:
    """Delete every row of one viewer, and the viewer, from the ledger's file, log and copies."""
    with connections.writing() as connection:
        connection.execute("delete from import_change where owner = ?", (owner,))
        for table in tables_of(connection):
            if "owner" in table.columns:
                connection.execute(f'delete from "{table.name}" where owner = ?', (owner,))  # noqa: S608 - from the schema
        connection.execute("delete from follower_count where owner = ?", (owner,))  # emptied by now, as nobody is left
    connections.truncate()
    copies.forget_copies(connections.path)


def _unseen_since(connection: sqlite3.Connection, at: int, keep: frozenset[str]) -> list[tuple[int, str]]:
    rows = connection.execute(
        "select p.owner, p.pid from person p where p.last_seen < ? "
        "and not exists (select 1 from event e where e.owner = p.owner and e.pid = p.pid)",
        (at,),
    )
    return [(owner, pid) for owner, pid in rows if pid not in keep]
