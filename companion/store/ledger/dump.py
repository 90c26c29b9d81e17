"""Raw access to the ledger's tables for exports: table list, rows by person, and insertion of rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from companion.errors import SourceError
from companion.store.documents import Document

NOT_EXPORTED = frozenset({"meta", "import_change", "follower_count", "sqlite_stat1", "sqlite_stat4"})
VIEWERS = "viewer"
VALUES = {str, int, float, type(None)}
"""Types that a column can hold; JSON's true and false are 1 and 0 in an export."""


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
    """Return all exported tables by name; they are read from the schema, so that new tables need no change here."""
    names = connection.execute("select name from sqlite_master where type = 'table' order by name").fetchall()
    return [Table(name, _columns(connection, name)) for (name,) in names if name not in NOT_EXPORTED]


def _columns(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    return tuple(row[1] for row in connection.execute(f'pragma table_info("{table}")'))


def rows_by_person(
    connection: sqlite3.Connection, table: Table, owner: int, pid: str | None
) -> Iterator[tuple[str, list[Document]]]:
    """Yield (pid, rows) in order of the pid; only one person's if ``pid`` is given."""
    where = "owner = ?" if pid is None else "owner = ? and pid = ?"
    values: tuple[object, ...] = (owner,) if pid is None else (owner, pid)
    keys = ", ".join(f'"{name}"' for name in table.columns if name not in ("owner", "pid"))
    sql = f'select pid, {keys} from "{table.name}" where {where} order by pid, {keys}'  # noqa: S608 - names from the schema
    result = connection.execute(sql, values)
    for person, rows in groupby(result, key=lambda row: str(row["pid"])):
        yield person, [document_of(row) for row in rows]


def shared_rows(connection: sqlite3.Connection, table: Table) -> list[Document]:
    """Return all rows of a table that is about no person."""
    order = ", ".join(f'"{name}"' for name in table.columns)
    result = connection.execute(f'select * from "{table.name}" order by {order}')  # noqa: S608
    return [{name: row[name] for name in row.keys() if row[name] is not None} for row in result]  # noqa: SIM118


def document_of(row: sqlite3.Row) -> Document:
    """Return a row as an object without null columns and without the pid."""
    return {name: row[name] for name in row.keys() if row[name] is not None and name != "pid"}  # noqa: SIM118


def viewers_of(connection: sqlite3.Connection) -> dict[int, str]:
    """Return number -> key of every viewer."""
    return {row["owner"]: row["name"] for row in connection.execute("select owner, name from viewer order by owner")}


def insert(connection: sqlite3.Connection, table: Table, documents: Iterable[Document]) -> None:
    """Insert rows of an export into a table.

    Raises:
        SourceError: a row has a column or a value that this version's table cannot have.
    """
    marks, names = ", ".join("?" * len(table.columns)), ", ".join(f'"{name}"' for name in table.columns)
    sql = f'insert into "{table.name}" ({names}) values ({marks})'  # noqa: S608 - names from the schema
    columns = frozenset(table.columns)
    connection.executemany(sql, (tuple(map(_checked(row, columns).get, table.columns)) for row in documents))


def _checked(row: Document, columns: frozenset[str]) -> Document:
    """Return the row if it has only columns of its table and values that a column can hold."""
    if not row.keys() <= columns:
        raise SourceError("The export has columns that this Mutuals does not know; nothing was stored.")
    if not set(map(type, row.values())) <= VALUES:
        raise SourceError("The export has a value that no row can have; nothing was stored.")
    return row
