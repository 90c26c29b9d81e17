"""`mutuals import`: the group of import commands, one module per source."""

from __future__ import annotations

from companion.cli.lazy_group import LazyGroup

SOURCES = {
    "archive": "companion.cli.import_archive",
    "notes": "companion.cli.import_notes",
    "mutuals": "companion.cli.import_mutuals",
    "undo": "companion.cli.import_undo",
}
"""Name -> module with a ``command``."""

command = LazyGroup("import", "Take in notes of other tools, or an earlier export of Mutuals.", SOURCES)
