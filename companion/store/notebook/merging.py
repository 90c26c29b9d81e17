"""Computes the changes that move a stub's rows to the person that it turned out to be (pure).

Documents and versions are moved by what their operations say, see `companion.store.notebook.exchange`.
"""

from __future__ import annotations

from collections.abc import Mapping

from companion.store.documents import Document, Tables
from companion.store.journal.lines import Change
from companion.store.notebook.index import VERSIONS
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.lines import OUTGOING, STATEMENTS


def moving_changes(tables: Tables, stub: str, pid: str, kinds: Mapping[str, Kind]) -> list[Change]:
    """Return the changes that move a stub's rows in tables that hold no kind of document, such as ids of writes."""
    changes = []
    for name in tables.keys() - kinds.keys() - {VERSIONS, OUTGOING, STATEMENTS}:
        theirs: list[tuple[int, Document]] = [
            (doc_id, {**row, "pid": pid}) for doc_id, row in tables[name].items() if row.get("pid") == stub
        ]
        if theirs:
            changes.append(Change(name, put=theirs))
    return changes
