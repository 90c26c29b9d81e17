"""Relations in the ledger: each flag is yes, no or unknown, with its source and time; the latest statement holds."""

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
)
"""How the names of operations begin -> the source, in the words of ``Interaction.source``."""
_UPSERT = upsert("relation", ("owner", "pid", "field"), ("value", "source", "at"))

Statement = tuple[int, str, int]
"""(value, source, at)."""


@dataclass(slots=True)
class Relations:
    """The relations that one transaction touches."""

    stored: dict[tuple[str, str], Statement] = field(default_factory=dict)
    """(pid, field) -> what is known."""
    dirty: set[tuple[str, str]] = field(default_factory=set)
    changed: set[tuple[str, str]] = field(default_factory=set)
    """Those whose value, not only time, is another now."""

    def load(self, connection: sqlite3.Connection, owner: int, pids: Iterable[str]) -> None:
        """Read what is known of these people."""
        sql = "select pid, field, value, source, at from relation where owner = ? and pid in (*)"
        for row in select_in(connection, sql, (owner,), pids):
            pid, name, *statement = cast("tuple[str, str, int, str, int]", row)
            self.stored.setdefault((pid, name), cast("Statement", tuple(statement)))

    def tell(self, pid: str, name: str, value: int, source: str, at: int) -> bool:
        """Take one statement; return whether it changed what is known."""
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
        """Return what is known of a flag."""
        known = self.stored.get((pid, name))
        return None if known is None else bool(known[0])

    def save(self, connection: sqlite3.Connection, owner: int) -> None:
        """Write what was told."""
        connection.executemany(_UPSERT, [(owner, *key, *self.stored[key]) for key in self.dirty])
        self.dirty.clear()


def statements(relation: Relation) -> list[tuple[str, int]]:
    """Return (field, value) for what a relation tells; unknown fields tell nothing."""
    told = [(name, getattr(relation, name)) for name in FIELDS]
    return [(name, int(value)) for name, value in told if value is not None]


def source_of(op: str) -> str:
    """Return through what an understanding's relations were seen; X's page is where nothing else is named."""
    return next((source for start, source in SOURCES if op.startswith(start)), "page")


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
