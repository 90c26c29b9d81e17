"""Looks for rows that changed on the disk in the older files of a database: last generation, journals, copies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from companion.errors import MutualsError
from companion.store.documents import Document, encode_ascii
from companion.store.journal.loader import Paths, read_snapshot, scan_journal
from companion.store.journal.row_file import Older
from companion.store.journal.row_places import sum_of


class OlderRows:
    """The rows of a database in its older files, which are read when a row is first missed."""

    def __init__(self, paths: Paths, copies: Sequence[Path]) -> None:
        """Look in the files of ``paths`` and in ``copies`` of the snapshot."""
        self._paths, self._copies = paths, copies
        self._found: dict[str, dict[tuple[int, int, int], bytes]] = {}

    def of(self, table: str) -> Older:
        """Return what finds the rows of one table."""
        return lambda doc_id, size, checksum: self._rows(table).get((doc_id, size, checksum))

    def clear(self) -> None:
        """Let go of what was read; the files are others by now."""
        self._found.clear()

    def _rows(self, table: str) -> Mapping[tuple[int, int, int], bytes]:
        if table not in self._found:
            rows = ((doc_id, encode_ascii(row)) for doc_id, row in self._read(table))
            self._found[table] = {(doc_id, len(data), sum_of(doc_id, data)): data for doc_id, data in rows}
        return self._found[table]

    def _read(self, table: str) -> Iterator[tuple[int, Document]]:
        for path in (*self._copies, self._paths.previous):
            try:
                yield from read_snapshot(path).tables.get(table, {}).items()
            except (OSError, ValueError, MutualsError):
                continue  # the others may have it
        for path in (self._paths.previous_journal, self._paths.journal):
            for line in scan_journal(path).lines:
                for change in line.changes:
                    yield from change.put if change.table == table else ()
