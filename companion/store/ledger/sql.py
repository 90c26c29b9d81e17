"""SQL helpers of the ledger: selects over many keys, upserts, flags and ``like`` patterns."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

Value = str | int | float | None
Row = Sequence[Value]

MOST_KEYS = 400
"""Most keys in one ``in (…)``; more are split over several statements."""


def chunks(keys: Iterable[str], most: int = MOST_KEYS) -> Iterator[list[str]]:
    """Yield the keys, each once, in lists that fit one statement."""
    unique = list(dict.fromkeys(keys))
    for start in range(0, len(unique), most):
        yield unique[start : start + most]


def select_in(
    connection: sqlite3.Connection, sql: str, before: Sequence[Value], keys: Iterable[str]
) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a select whose text contains ``in (*)``, run for all keys."""
    for chunk in chunks(keys):
        yield from connection.execute(_with_marks(sql, len(chunk)), (*before, *chunk))


@lru_cache(maxsize=256)
def _with_marks(sql: str, count: int) -> str:
    """Return a select with as many question marks as it has keys."""
    return sql.replace("in (*)", f"in ({', '.join('?' * count)})")


def upsert(table: str, keys: Sequence[str], columns: Sequence[str]) -> str:
    """Return ``insert … on conflict … do update`` for a table whose primary key is ``keys``."""
    names = [*keys, *columns]
    marks = ", ".join("?" * len(names))
    sets = ", ".join(f"{name} = excluded.{name}" for name in columns)
    return (
        f"insert into {table} ({', '.join(names)}) values ({marks}) "  # noqa: S608 - names are constants of this package
        f"on conflict ({', '.join(keys)}) do update set {sets}"
    )


def flag(value: object) -> bool | None:
    """Return a stored 0, 1 or null as no, yes or unknown."""
    return None if value is None else bool(value)


def like_inside(text: str) -> str:
    """Return a ``like`` pattern (escape ``!``) for text anywhere inside."""
    quoted = text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{quoted}%"
