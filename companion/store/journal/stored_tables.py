"""Moves the rows of large tables out of memory when a snapshot was written, and reads them from it from then on."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from companion.store.documents import Table, Tables
from companion.store.journal.snapshot_form import Rows
from companion.store.journal.stored_rows import Stored, StoredRows
from companion.store.journal.written_rows import FrozenRows, ListedRows


def frozen(tables: Tables, stored: Stored) -> dict[str, Rows]:
    """Return the tables as they are now, to be written while they go on changing."""
    return {name: _frozen(rows, may_move=name in stored.tables) for name, rows in tables.items()}


def _frozen(rows: Table, *, may_move: bool) -> Rows:
    if isinstance(rows, StoredRows):
        return rows.frozen()
    return ListedRows(list(rows.items())) if may_move else list(rows.items())


def settle(tables: Tables, written: Mapping[str, Rows], stored: Stored) -> None:
    """Read the rows that were written from the snapshot, which has replaced the one before it by now."""
    for name, rows in written.items():
        now = tables.get(name)
        if isinstance(rows, FrozenRows) and isinstance(now, StoredRows):
            now.settle(rows)
        elif isinstance(rows, ListedRows) and isinstance(now, dict) and rows.written.size >= stored.least:
            tables[name] = _moved(now, rows, stored.rows(name, rows.written))


def _moved(now: Table, before: ListedRows, rows: StoredRows) -> Table:
    """Return a table whose rows are read from the snapshot, with what changed since; itself, if it is unordered."""
    if any(one >= other for one, other in pairwise(before.written.ids)):
        return now
    gone = dict(before.rows)
    for doc_id, row in now.items():
        if gone.pop(doc_id, None) is not row:
            rows[doc_id] = row
    for doc_id in gone:
        del rows[doc_id]
    return rows
