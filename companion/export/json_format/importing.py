"""Takes an export in: into empty stores exactly, into others by merging, where nothing stored is overwritten."""

from __future__ import annotations

import msgspec

from companion.export.json_format.fill_empty import checked_tables
from companion.export.json_format.merge_ledger import merge_seen
from companion.export.json_format.merge_notebook import WrittenUnion
from companion.export.json_format.reader import Export
from companion.export.json_format.schema import check_seen
from companion.settings import Settings
from companion.sources.other_tools.merging import Merged, NotesImport
from companion.store.ingest import carry_over
from companion.stores import Stores


class TakenIn(msgspec.Struct):
    """What taking an export in did: people seen and written, and the merge of notes if the stores were not empty."""

    seen: int = 0
    written: int = 0
    merged: Merged | None = None


def is_empty(stores: Stores) -> bool:
    """Tell whether the stores hold nothing of the user's yet."""
    return not stores.ledger.owners() and stores.notebook.empty


def merge_export(export: Export, stores: Stores, settings: Settings, now: int) -> TakenIn:
    """Merge an export into stores that hold something already; the same again adds nothing.

    What was seen becomes the union of both ledgers, whichever source and time saw it. What was written is added with
    all its earlier texts; where both have gone their own ways, notes, tags and aliases are merged as those of other
    tools, and `mutuals import undo` takes that back.

    Raises:
        SourceError: something in the export cannot be read; nothing was stored.
    """
    check_seen(export)
    tables = checked_tables(export, settings)
    known = frozenset(stores.ledger.owners())
    seen = merge_seen(export, stores.ledger, now)
    carry_over(stores.ledger, stores.notebook)
    importing = NotesImport(stores.notebook, stores.ledger, settings, now)
    merged = WrittenUnion(stores.notebook, stores.ledger, importing, known).merge(tables, export.path.name)
    written = {str(row["pid"]) for rows in tables.values() for row in rows.values() if isinstance(row.get("pid"), str)}
    return TakenIn(seen, len(written), merged)
