"""`mutuals import`: takes in what other tools kept, and earlier exports; each source is a file of its own."""

from __future__ import annotations

from companion.commands.lazy import LazyGroup

SOURCES = {
    "archive": "companion.commands.import_archive",
    "notes": "companion.commands.import_notes",
    "mutuals": "companion.commands.import_mutuals",
    "undo": "companion.commands.import_undo",
}
"""Name -> module with a ``command``."""

command = LazyGroup("import", "Take in notes of other tools, or an earlier export of Mutuals.", SOURCES)
