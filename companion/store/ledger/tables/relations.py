"""The relation table: each flag is yes, no or unknown, with its source and time; the latest statement holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from companion.domain.sightings import Relation
from companion.store.ledger.sql import chunks, select_in, upsert
from companion.store.ledger.tables.badges import key_of

FIELDS = tuple(name for name in Relation.__struct_fields__ if name not in {"id", "handle"})
SOURCES = (
    ("dom", "dom"),
    ("archive", "archive"),
    ("x-api", "x-api"),
    ("friendships/", "wire"),
    ("blocks/", "wire"),
    ("mutes/", "wire"),
    ("RemoveFollower", "wire"),
)
"""Prefix of an operation's name -> source, as in ``Interaction.source``."""
_UPSERT = upsert("relation", ("owner", "pid", "field"), ("value", "source", "at"))

_UPSERT_LATER = (
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

FOREVER = 1 << 62
Statement = tuple[int, str, int]
"""(value, source, at)."""
Statements = Sequence[tuple[str, int]]
"""(field, value) of one relation."""


@dataclass(slots=True)
class Relations:
    """The relations that one transaction touches."""

    stored: dict[tuple[str, str], Statement] = field(default_factory=dict)
    """(pid, field) -> what is known."""
    dirty: set[tuple[str, str]] = field(default_factory=set)
    changed: set[tuple[str, str]] = field(default_factory=set)
    """(pid, field) whose value, not only time, has changed."""

    def load(self, connection: sqlite3.Connection, owner: int, pids: Iterable[str], latest: int = FOREVER) -> None:
        """Load the known statements about these people; later times than ``latest`` count as that."""
        sql = "select pid, field, value, source, at from relation where owner = ? and pid in (*)"
        for row in select_in(connection, sql, (owner,), pids):
            pid, name, *statement = cast("tuple[str, str, int, str, int]", row)
            value, source, at = cast("Statement", tuple(statement))
            self.stored.setdefault((pid, name), (value, source, min(at, latest)))

    def tell(self, pid: str, name: str, value: int, source: str, at: int) -> bool:
        """Add one statement; return whether the value changed."""
        key, new = (pid, name), (int(value), source, at)
        old = self.stored.get(key)
        if old is not None and (at, int(value), source) <= (old[2], old[0], old[1]):
            return False
        self.stored[key] = new
        self.dirty.add(key)
        if old is not None and old[0] == new[0]:
            return False
        self.changed.add(key)
        return True

    def value(self, pid: str, name: str) -> bool | None:
        """Return a flag's value, None if unknown."""
        known = self.stored.get((pid, name))
        return None if known is None else bool(known[0])

    def save(self, connection: sqlite3.Connection, owner: int) -> None:
        """Write the new statements."""
        connection.executemany(_UPSERT, [(owner, *key, *self.stored[key]) for key in self.dirty])
        self.dirty.clear()


def statements(relation: Relation) -> list[tuple[str, int]]:
    """Return (field, value) for the known fields of a relation."""
    values = [(name, getattr(relation, name)) for name in FIELDS]
    return [(name, int(value)) for name, value in values if value is not None]


def source_of(op: str) -> str:
    """Return the source of an understanding's relations by its operation; "page" if no prefix matches."""
    return next((source for start, source in SOURCES if op.startswith(start)), "page")


def write_statements(
    connection: sqlite3.Connection, owner: int, stated: Mapping[str, Statements], source: str, at: int
) -> bool:
    """Write statements about many existing people at once, inside an open transaction; the latest one holds.

    Args:
        connection: the writing connection.
        owner: the viewer's number.
        stated: pid -> statements.
        source: the source of all of them, as in ``Interaction.source``.
        at: when they were true, epoch seconds UTC.

    Returns:
        Whether any statement was new.
    """
    before = connection.total_changes
    connection.executemany(
        _UPSERT_LATER,
        [(owner, pid, name, value, source, at) for pid, values in stated.items() for name, value in values],
    )
    if connection.total_changes == before:
        return False
    for chunk in chunks(stated):
        rows = cast(
            "Iterator[tuple[str, str | None, int, int | None, int | None]]",
            select_in(connection, _FLAGS, (owner,), chunk),
        )
        flags = [(me, i, owner, key_of(pid, handle if held else None)) for pid, handle, held, me, i in rows]
        connection.executemany(_BADGE, flags)
    return True
