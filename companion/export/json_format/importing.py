"""Imports an export into stores that hold data, by merging: nothing stored is overwritten."""

from __future__ import annotations

import msgspec

from companion.export.json_format.fill_empty import checked_tables
from companion.export.json_format.forgetting import acts_of, forget_likewise
from companion.export.json_format.merge_ledger import merge_seen
from companion.export.json_format.merge_notebook import NotebookMerge
from companion.export.json_format.reader import Export
from companion.export.json_format.schema import check_seen
from companion.settings import Settings
from companion.sources.other_tools.merging import Merged, NotesImport
from companion.store.ingest import carry_over
from companion.stores import Stores


class ImportResult(msgspec.Struct):
    """The outcome of an import.

    Attributes:
        seen: people that the export has seen.
        written: people that it has notes about, without those who stay forgotten.
        stay: how many stay forgotten.
        forgotten: keys of people deleted here because they were forgotten there.
        merged: the merge of notes.
    """

    seen: int = 0
    written: int = 0
    stay: int = 0
    forgotten: int = 0
    merged: Merged | None = None


def is_empty(stores: Stores) -> bool:
    """Return whether the stores hold no data of the user's yet."""
    return not stores.ledger.owners() and stores.notebook.empty


def merge_export(export: Export, stores: Stores, settings: Settings, now: int) -> ImportResult:
    """Merge an export into stores that hold data; merging it again adds nothing.

    The ledger and the notebook become the union of both, the same whichever is merged into which; `mutuals import undo`
    reverts what that changes of notes, tags and aliases. Who was forgotten on either side stays forgotten.

    Raises:
        SourceError: something in the export cannot be read; nothing was stored.
    """
    check_seen(export)
    tables = checked_tables(export, settings)
    acts = acts_of(tables, stores)
    forgotten = forget_likewise(acts, stores)
    known = frozenset(stores.ledger.owners())
    seen = merge_seen(export, stores.ledger, now, acts.brings)
    carry_over(stores.ledger, stores.notebook)
    importing = NotesImport(stores.notebook, stores.ledger, settings, now)
    merge = NotebookMerge(stores.notebook, stores.ledger, importing, known, acts)
    merged = merge.merge(tables, export.path.name)
    written = {str(row["pid"]) for rows in tables.values() for row in rows.values() if isinstance(row.get("pid"), str)}
    brought = {pid for pid in written if acts.brings(pid)}
    return ImportResult(seen, len(brought), len(written - brought), forgotten, merged)
