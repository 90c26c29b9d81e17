"""The ledger's tables as they are in the file: which are about one person, and their rows in order of the person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from companion.store.documents import Document

NOT_EXPORTED = frozenset({"meta", "sqlite_stat1", "sqlite_stat4"})
VIEWERS = "viewer"


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name and columns, and whether its rows belong to a viewer and a person."""

    name: str
    columns: tuple[str, ...]

    @property
    def personal(self) -> bool:
        """Whether each row is about one person, as one viewer saw them."""
        return {"owner", "pid"} <= set(self.columns)


def tables_of(connection: sqlite3.Connection) -> list[Table]:
    """Return all tables with something to export, by name; later versions' tables come along by themselves."""
    names = connection.execute("select name from sqlite_master where type = 'table' order by name").fetchall()
    return [Table(name, _columns(connection, name)) for (name,) in names if name not in NOT_EXPORTED]


def _columns(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    return tuple(row[1] for row in connection.execute(f'pragma table_info("{table}")'))


def rows_by_person(
    connection: sqlite3.Connection, table: Table, owner: int, pid: str | None
) -> Iterator[tuple[str, list[Document]]]:
    """Return (person, their rows) in order of the person's key; only one person's if ``pid`` is given."""
    where = "owner = ?" if pid is None else "owner = ? and pid = ?"
    values: tuple[object, ...] = (owner,) if pid is None else (owner, pid)
    keys = ", ".join(f'"{name}"' for name in table.columns if name not in ("owner", "pid"))
    sql = f'select pid, {keys} from "{table.name}" where {where} order by pid, {keys}'  # noqa: S608 - names from the schema
    found = connection.execute(sql, values)
    for person, rows in groupby(found, key=lambda row: str(row["pid"])):
        yield person, [told(row) for row in rows]


def shared_rows(connection: sqlite3.Connection, table: Table) -> list[Document]:
    """Return all rows of a table that is about no person."""
    order = ", ".join(f'"{name}"' for name in table.columns)
    found = connection.execute(f'select * from "{table.name}" order by {order}')  # noqa: S608
    return [{name: row[name] for name in row.keys() if row[name] is not None} for row in found]  # noqa: SIM118


def told(row: sqlite3.Row) -> Document:
    """Return a row as an object: what is null, and whose row it is, are left out."""
    return {name: row[name] for name in row.keys() if row[name] is not None and name != "pid"}  # noqa: SIM118


def viewers_of(connection: sqlite3.Connection) -> dict[int, str]:
    """Return number -> key of every viewer."""
    return {row["owner"]: row["name"] for row in connection.execute("select owner, name from viewer order by owner")}
