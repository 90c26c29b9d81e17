"""Deletes everything about a person, or what is kept apart for an account, from every file of a notebook.

Of tables that are not in memory only those rows are read that the deletion has to look at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from companion.store.documents import Tables
from companion.store.journal.lines import Change
from companion.store.journal.snapshots import Snapshots
from companion.store.journal.stored_rows import StoredRows
from companion.store.notebook.erasing import erasure_changes, part_changes, stubs_of, with_told
from companion.store.notebook.forgotten import Forgotten, hashed, new_act
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.write import Desk

TAGS = b'"kind":"tags"'
_PLAIN = re.compile(r"[ !#-\[\]-~]+")
"""Text that every encoder of JSON writes as it is."""
Erasure = Callable[[Tables], list[Change]]


@dataclass(frozen=True, slots=True)
class Forgetting:
    """The deletions of one notebook.

    Attributes:
        desk: its tables and index.
        kinds: every kind by name.
        snapshots: its daily copies.
        forgotten: the acts of forgetting.
    """

    desk: Desk
    kinds: Mapping[str, Kind]
    snapshots: Snapshots
    forgotten: Forgotten

    def forget(self, pid: str, act: str | None = None) -> bool:
        """Delete everything about a person; see `Notebook.forget`."""
        keys, known = sorted({pid} | stubs_of(self._tables(), pid)), act or new_act()

        def mark() -> None:  # in the same batch
            for key in keys:
                self.forgotten.mark(hashed(key), known)

        def changes(tables: Tables) -> list[Change]:
            return erasure_changes(tables, keys, self.kinds, self.desk.settings)

        return self._erase(keys, lambda tables: self._about(tables, keys), changes, mark)

    def forget_part(self, viewer: str, then: Callable[[], object]) -> bool:
        """Delete what is kept apart for an account; ``then`` is called in the same batch if there was anything."""
        text = b'"apart":"%b"' % viewer.encode() if _PLAIN.fullmatch(viewer) else b""
        return self._erase(
            [viewer], lambda tables: _having(tables, [text]), lambda tables: part_changes(tables, viewer), then
        )

    def _erase(
        self, whom: Collection[str], select: Callable[[Tables], Tables], of: Erasure, then: Callable[[], object]
    ) -> bool:
        db = self.desk.db
        with db.storage.lock:
            changes = of(select(self._tables()))
            with db.batch():
                for change in changes:
                    db.storage.change(change)
                db.forget_counts()
                if changes:
                    then()
        db.storage.purge()
        for name in whom:
            self.snapshots.scrub(name, lambda tables: of(select(tables)), db.storage.stored_in)
        return bool(changes)

    def _tables(self) -> Tables:
        storage = self.desk.db.storage
        return {name: storage.rows(name) for name in storage.names()}

    def _about(self, tables: Tables, keys: Collection[str]) -> Tables:
        """Return tables with those rows of large ones that the deletion of some people has to look at."""
        selected = _having(tables, [*_named(keys), TAGS])
        others = with_told(selected, keys, self.kinds)
        return _having(tables, [*_named([*keys, *others]), TAGS]) if others else selected


def _named(keys: Collection[str]) -> list[bytes]:
    """Return what is in the JSON of a row that names one of some people."""
    return [b'"%b"' % key.encode() for key in keys] if all(map(_PLAIN.fullmatch, keys)) else [b""]


def _having(tables: Tables, texts: Collection[bytes]) -> Tables:
    return {name: rows.having(texts) if isinstance(rows, StoredRows) else rows for name, rows in tables.items()}
