"""Imports an export into stores that hold data, by merging: nothing stored is overwritten."""

from __future__ import annotations

import msgspec

from companion.export.json_format.fill_empty import checked_tables
from companion.export.json_format.merge_ledger import merge_seen
from companion.export.json_format.merge_notebook import NotebookMerge
from companion.export.json_format.reader import Export
from companion.export.json_format.schema import check_seen
from companion.settings import Settings
from companion.sources.other_tools.merging import Merged, NotesImport
from companion.store.ingest import carry_over
from companion.stores import Stores


class ImportResult(msgspec.Struct):
    """The outcome of an import: people seen, people with notes, and the merge of notes if the stores held data."""

    seen: int = 0
    written: int = 0
    merged: Merged | None = None


def is_empty(stores: Stores) -> bool:
    """Return whether the stores hold no data of the user's yet."""
    return not stores.ledger.owners() and stores.notebook.empty


def merge_export(export: Export, stores: Stores, settings: Settings, now: int) -> ImportResult:
    """Merge an export into stores that hold data; merging it again adds nothing.

    The ledger becomes the union of both. Documents of the notebook are added with all their versions; where the two
    have diverged, notes, tags and aliases are merged like those of other tools, and `mutuals import undo` reverts that.

    Raises:
        SourceError: something in the export cannot be read; nothing was stored.
    """
    check_seen(export)
    tables = checked_tables(export, settings)
    known = frozenset(stores.ledger.owners())
    seen = merge_seen(export, stores.ledger, now)
    carry_over(stores.ledger, stores.notebook)
    importing = NotesImport(stores.notebook, stores.ledger, settings, now)
    merged = NotebookMerge(stores.notebook, stores.ledger, importing, known).merge(tables, export.path.name)
    written = {str(row["pid"]) for rows in tables.values() for row in rows.values() if isinstance(row.get("pid"), str)}
    return ImportResult(seen, len(written), merged)
