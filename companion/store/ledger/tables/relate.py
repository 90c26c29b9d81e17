"""Writes relations with many people at once, by the rule of ``ledger_relations``: the latest statement holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from companion.store.ledger.sql import chunks, select_in
from companion.store.ledger.tables.badges import key_of

_RELATION = (
    "insert into relation (owner, pid, field, value, source, at) values (?, ?, ?, ?, ?, ?) "
    "on conflict (owner, pid, field) do update set value = excluded.value, source = excluded.source, at = excluded.at "
    "where (excluded.at, excluded.value, excluded.source) > (relation.at, relation.value, relation.source)"
)
_FLAGS = (
    "select p.pid, p.handle, p.held, "
    "(select value from relation r where r.owner = p.owner and r.pid = p.pid and r.field = 'follows_me'), "
    "(select value from relation r where r.owner = p.owner and r.pid = p.pid and r.field = 'i_follow') "
    "from person p where p.owner = ? and p.pid in (*)"
)
_BADGE = "update badge set follows_me = ?, i_follow = ? where owner = ? and hkey = ?"

Statements = Sequence[tuple[str, int]]
"""(field, value) for what a relation tells."""


def relate(connection: sqlite3.Connection, owner: int, told: Mapping[str, Statements], source: str, at: int) -> bool:
    """Take statements about people who exist already, inside an open transaction; return whether any was new."""
    before = connection.total_changes
    connection.executemany(
        _RELATION, [(owner, pid, name, value, source, at) for pid, stated in told.items() for name, value in stated]
    )
    if connection.total_changes == before:
        return False
    for some in chunks(told):
        rows = cast(
            "Iterator[tuple[str, str | None, int, int | None, int | None]]",
            select_in(connection, _FLAGS, (owner,), some),
        )
        flags = [(me, i, owner, key_of(pid, handle if held else None)) for pid, handle, held, me, i in rows]
        connection.executemany(_BADGE, flags)
    return True
