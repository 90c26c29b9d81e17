"""Imports an export into empty stores, row for row, so that they equal the exported ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from companion.errors import BodyError, SourceError
from companion.export.json_format.reader import Export, rows
from companion.settings import Settings
from companion.store.documents import Document, Tables, decode_tables
from companion.store.files import replace_durably
from companion.store.journal.snapshot_form import snapshot_bytes
from companion.store.ledger.dump import VIEWERS, Table, insert, tables_of
from companion.store.ledger.page_sums import sums_of
from companion.store.notebook.kinds.kind import all_kinds
from companion.store.notebook.kinds.text import has_controls


def refill(export: Export, settings: Settings) -> None:
    """Write an export into closed, empty stores whose files exist; this process must hold the folder's lock.

    Raises:
        SourceError: a row fits no table of this version; nothing was stored.
    """
    tables = checked_tables(export, settings)
    with closing(sqlite3.connect(settings.ledger_path, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("begin immediate")
        try:
            _fill(connection, export)
        except (sqlite3.IntegrityError, sqlite3.DataError, OverflowError) as error:
            connection.execute("rollback")
            raise SourceError(
                f"{export.path.name} has a row that fits nowhere ({error}); nothing was stored."
            ) from error
        except BaseException:
            connection.execute("rollback")
            raise
        connection.execute("commit")
    sums_of(settings.ledger_path).unlink(missing_ok=True)  # they are those of the empty ledger
    _write_notebook(settings.notebook_path, tables)


def _fill(connection: sqlite3.Connection, export: Export) -> None:
    known = {table.name: table for table in tables_of(connection)}
    numbers: dict[str, int] = {}
    for number, viewer in enumerate(export.viewers(), 1):
        numbers[str(viewer.get("name"))] = number
        insert(connection, known[VIEWERS], [{**viewer, "owner": number}])
    for entry in export.seen():
        owner = numbers.get(str(entry.get("viewer")))
        if owner is None:
            raise SourceError(f"{export.path.name} has people seen by nobody; nothing was stored.")
        for name, value in entry.items():
            if name not in ("viewer", "pid"):
                head: Document = {"owner": owner, "pid": entry["pid"]}
                insert(connection, _named(known, name), ({**row, **head} for row in rows(value)))
    shared = export.shared.get("ledger")
    for name, value in shared.items() if isinstance(shared, dict) else ():
        insert(connection, _named(known, name), (_numbered(row, numbers) for row in rows(value)))


def _named(known: dict[str, Table], name: str) -> Table:
    if name not in known or name == VIEWERS:
        raise SourceError(f"The export has a table {name[:40]!r} that this Mutuals does not know; nothing was stored.")
    return known[name]


def _numbered(row: Document, numbers: dict[str, int]) -> Document:
    viewer = row.get("viewer")
    rest = {key: value for key, value in row.items() if key != "viewer"}
    return {**rest, "owner": numbers.get(viewer, 0)} if isinstance(viewer, str) else rest


def checked_tables(export: Export, settings: Settings) -> Tables:
    """Return the notebook's tables, every document validated as a write would be.

    Raises:
        SourceError: a document is not one that a write could have made.
    """
    tables: Tables = {}
    for entry in export.written():
        for name, value in entry.items():
            for row in rows(value) if name != "pid" else ():
                _put(tables, name, {**row, "pid": entry["pid"]}, settings)
    shared = export.shared.get("notebook")
    for name, value in shared.items() if isinstance(shared, dict) else ():
        for row in rows(value):
            _put(tables, name, row, settings)
    return tables


def _put(tables: Tables, name: str, row: Document, settings: Settings) -> None:
    doc_id = row.pop("_id", None)
    table = tables.setdefault(name, {})
    if not isinstance(doc_id, int) or isinstance(doc_id, bool) or doc_id in table or name.startswith("_"):
        raise SourceError("The export has a document without a number of its own; nothing was stored.")
    kind = all_kinds().get(str(row.get("kind")) if name == "versions" else name)
    if kind is not None:
        _check(row, kind.name, settings)
    table[doc_id] = row


def _check(row: Document, name: str, settings: Settings) -> None:
    """Raise ``SourceError`` for a document that a write could not have made: it would break its readers."""
    body, kind = row.get("body"), all_kinds()[name]
    numbers = all(isinstance(row.get(key), int) for key in ("rev", "at"))
    words = all(isinstance(row.get(key, ""), str) for key in ("pid", "item", "apart", "viewer"))
    try:
        if not isinstance(body, dict) or not numbers or not words or "pid" not in row:
            raise SourceError(f"The export has a {name} without its parts; nothing was stored.")
        if body.get("gone") is not True:
            kind.clean(kind.known(body), settings)
        if any(has_controls(text) for text in _texts(body)):
            raise SourceError(f"The export has a {name} with characters that no write keeps; nothing was stored.")
    except BodyError as error:
        raise SourceError(f"The export has a {name} that cannot be kept: {error.message}") from error


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a body."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _write_notebook(path: Path, tables: Tables) -> None:
    """Replace the closed notebook's file, keeping its own tables (instance, schema, position in the journal)."""
    present = decode_tables(path.read_bytes())
    own = {name: table for name, table in present.items() if name.startswith("_")}
    joined = {**own, **tables}
    replace_durably(path, snapshot_bytes({name: list(table.items()) for name, table in joined.items()}))
