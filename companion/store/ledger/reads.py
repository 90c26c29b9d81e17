"""Read queries over many people: recent contacts, search, and counts; lists are in `queries.directory`."""

from __future__ import annotations

import sqlite3

from companion.domain.handles import fold
from companion.store.ledger.rows import BadgeRow, Counts
from companion.store.ledger.sql import like_inside
from companion.store.ledger.tables import badges as badges_table
from companion.store.ledger.tables.badges import ViewerRef

AFTER_ALL = "\U0010ffff"
"""Sorts after every text that begins the same."""
LOOKED_AT = 200
"""Most people with a matching prefix who are ranked by contact."""


def relation(connection: sqlite3.Connection, owner: int, pid: str) -> dict[str, tuple[bool | int, str, int]]:
    """See ``Ledger.relation``; flags are booleans, counts stay numbers."""
    rows = connection.execute("select field, value, source, at from relation where owner = ? and pid = ?", (owner, pid))
    return {name: (value if name == "mutuals_shown" else bool(value), source, at) for name, value, source, at in rows}


def recent(connection: sqlite3.Connection, viewer: ViewerRef, limit: int) -> list[BadgeRow]:
    """See ``Ledger.recent``."""
    return badges_table.rows(
        connection, viewer, "and contact_at is not null order by contact_at desc limit ?", (limit,)
    )


def search(connection: sqlite3.Connection, viewer: ViewerRef, q: str, limit: int) -> list[BadgeRow]:
    """See ``Ledger.search``: the beginnings of handles, then of names, then anything inside; most contact first."""
    text = q.strip().casefold()
    key = fold(q)
    if not text or not key:
        return []
    matches: dict[str, BadgeRow] = {}
    for column, start in (("hkey", key), ("nkey", text)):
        if len(matches) < limit:
            rest = f"and {column} >= ? and {column} < ? limit ?"
            rows = badges_table.rows(connection, viewer, rest, (start, start + AFTER_ALL, LOOKED_AT))
            _add(matches, rows, limit)
    if len(matches) < limit:
        inside = (
            "and hkey in (select hkey from badge where owner = ? "
            "and (hkey like ? escape '!' or nkey like ? escape '!') limit ?)"
        )
        values = (viewer.number, like_inside(key), like_inside(text), LOOKED_AT)
        _add(matches, badges_table.rows(connection, viewer, inside, values), limit)
    return list(matches.values())


def _add(matches: dict[str, BadgeRow], rows: list[BadgeRow], limit: int) -> None:
    rows.sort(key=lambda badge: (-badge.acts, -(badge.contact_at or 0), badge.handle or badge.pid))
    for badge in rows:
        if badge.handle is not None and len(matches) < limit:
            matches.setdefault(badge.pid, badge)


def count_people(connection: sqlite3.Connection, owner: int) -> int:
    """See ``Ledger.count_people``: every person has one badge row, and badges have a narrow index."""
    count: int = connection.execute("select count(*) from badge where owner = ?", (owner,)).fetchone()[0]
    return count


def counts(connection: sqlite3.Connection, owner: int) -> Counts:
    """See ``Ledger.counts``."""
    numbers = [
        connection.execute(f"select count(*) from {table} where owner = ?", (owner,)).fetchone()[0]  # noqa: S608
        for table in ("person", "post", "event")
    ]
    seen = connection.execute("select first_seen, last_seen from viewer where owner = ?", (owner,)).fetchone()
    return Counts(*numbers, *(seen or (None, None)))
