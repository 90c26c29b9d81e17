"""TinyDB storage with a journal: tables in memory, one synced line per change, compaction into a plain TinyDB file.

TinyDB's own ``JSONStorage`` rewrites the whole file in place for every change, so that threads, a second process or a
kill at the wrong moment destroy it (see "Why not use TinyDB" in TinyDB's documentation).
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tinydb.storages import Storage

from companion.errors import StoreError
from companion.store.documents import Document, Table, Tables, as_stored, copied_document
from companion.store.files import (
    NEW,
    content_of,
    keep_as,
    private_folder,
    replace_durably,
    replace_file,
    set_aside,
    sync_data,
    sync_folder,
    write_new,
)
from companion.store.journal.checksum import OWN_TABLE, State
from companion.store.journal.file import JournalFile
from companion.store.journal.lines import FORMAT, Change, Undo, apply, line_bytes, undo
from companion.store.journal.loader import Loaded, Paths, load
from companion.store.journal.older_rows import OlderRows
from companion.store.journal.row_file import RowFile
from companion.store.journal.snapshot_form import snapshot_bytes
from companion.store.journal.stored_rows import Stored
from companion.store.journal.stored_tables import frozen, settle
from companion.store.lock import acquire_lock

log = logging.getLogger(__name__)

NO_TABLE: Table = {}
STORED_FROM = 4 * 1024 * 1024
"""Bytes of a table's rows from which on they leave memory: those of some 15,000 notes take 15 MB there."""


class JournalStorage(Storage):
    """The tables of one database, in memory and on the disk.

    Attributes:
        lock: guards everything; held while tables are read or changed.
        repairs: sentences about damage that was found at opening and repaired.
        paths: the files.
        generation: how many times the journal was compacted into the snapshot.
        snapshot_size: bytes of the snapshot when it was last written.
        on_write: called after every durable change, with the journal's size in bytes.
        on_change: called for every document that a change sets, replaces or removes, and again when it is reverted:
            table, id, the document before, the document after.
        on_batch_end: called when a batch has ended, by an exception or not, after the last ``on_change``.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        fallbacks: Sequence[Path] = (),
        accept: Callable[[Tables], None] | None = None,
        stored: frozenset[str] = frozenset(),
    ) -> None:
        """Open or create a database.

        Args:
            path: its snapshot, the plain TinyDB file.
            fallbacks: older copies of the snapshot, newest first.
            accept: called with the tables before anything on the disk is touched; refuses them by raising.
            stored: names of the tables that leave memory from `STORED_FROM` on: their rows stay in the snapshot.

        Raises:
            StoreError: the files cannot be opened; see `JournalDB` for its subclasses.
        """
        self.paths = Paths(Path(path))
        self._older = OlderRows(self.paths, fallbacks)
        self._stored = Stored(stored, STORED_FROM, RowFile(self.paths.snapshot), self._older.of)
        self.lock = threading.RLock()
        self._compacting = threading.RLock()  # acquired before the lock, never after it
        try:
            private_folder(self.paths.snapshot.parent)
            self._file_lock = acquire_lock(self.paths.lock)
            self._open(fallbacks, accept)
        except OSError as error:
            raise StoreError(
                f"{self.paths.snapshot} could not be opened ({error.strerror}). Check that the folder and its files "
                "are yours and that the disk has room, or use --data with another folder."
            ) from error

    def _open(self, fallbacks: Sequence[Path], accept: Callable[[Tables], None] | None) -> None:
        try:
            loaded = load(self.paths, fallbacks, self._stored)
            if accept is not None:
                accept(loaded.tables)
            self._initialize(loaded)
        except BaseException:
            self._stored.file.release()
            self._file_lock.release()
            raise

    def _initialize(self, loaded: Loaded) -> None:
        self._tables, self.generation, self._serial = loaded.tables, loaded.generation, loaded.serial
        self.repairs = list(loaded.repairs)
        self.on_write: Callable[[int], None] = lambda _size: None
        self.on_change: Callable[[str, int, Document | None, Document | None], None] = lambda *_change: None
        self.on_batch_end: Callable[[], None] = lambda: None
        self.snapshot_size = self._size()
        self._depth = 0
        self._batching: int | None = None
        self._pending: list[Change] = []
        self._undo: list[Undo] = []
        for leftover in self.paths.snapshot.parent.glob(f"{self.paths.snapshot.name}*{NEW}"):
            leftover.unlink()
        valid = loaded.scan.valid
        if loaded.scan.damaged or (loaded.mended is not None and self.paths.journal.exists()):
            set_aside(self.paths.journal)
        if loaded.mended is not None:
            replace_durably(self.paths.journal, [loaded.mended])
            valid = len(loaded.mended)
        base_is_damaged = loaded.base.path != self.paths.snapshot and self.paths.snapshot.exists()
        if base_is_damaged and self.paths.snapshot.stat().st_size:
            set_aside(self.paths.snapshot)
        self._journal = JournalFile(self.paths.journal, valid, self.paths.journal_copy)
        if loaded.repairs or loaded.base.state is not State.INTACT:
            self.compact(keep_previous=not base_is_damaged)

    # --- reading -------------------------------------------------------------------------------------------------

    def rows(self, name: str) -> Table:
        """Return the stored documents of a table by id, not copies of them; `JournalTable` copies them."""
        return self._tables.get(name, NO_TABLE)

    def names(self) -> set[str]:
        """Return the names of all tables."""
        with self.lock:
            return set(self._tables)

    def stored_in(self, copy: Path) -> Stored:
        """Return what leaves the rows of the same large tables in a copy of the snapshot."""
        return replace(self._stored, file=RowFile(copy), older=lambda _table: lambda *_row: None)

    @property
    def journal_bytes(self) -> int:
        """Bytes appended since the last compaction."""
        return self._journal.size

    def read(self) -> dict[str, dict[str, Document]] | None:
        """Return a copy of all tables, as TinyDB's storages do; None for a database without tables."""
        with self.lock:
            return {
                name: {str(doc_id): copied_document(document) for doc_id, document in rows.items()}
                for name, rows in self._tables.items()
            } or None

    # --- changing ------------------------------------------------------------------------------------------------

    def write(self, data: dict[str, dict[str, Document]]) -> None:
        """Replace all tables by ``data``, in one line of the journal, as TinyDB's storages do."""
        with self.batch():
            for name in self.names() - set(data):
                self.change(Change(name, dropped=True))
            for name, rows in data.items():
                put = [(int(doc_id), as_stored(document)) for doc_id, document in rows.items()]
                self.change(Change(name, dropped=True))
                self.change(Change(name, put=put))

    def change(self, change: Change) -> None:
        """Apply a change; it is on the disk when this returns, or when the enclosing `batch` ends."""
        if self._batching != threading.get_ident():
            with self.batch():
                self._change(change)
            return
        mark = len(self._undo)
        try:
            self._change(change)
        except BaseException:
            self._roll_back(mark)
            raise

    def _change(self, change: Change) -> None:
        step = apply(self._tables, change)
        self._undo.append(step)
        self._pending.append(change)
        put = dict(change.put)
        for doc_id, before in step.documents():
            self.on_change(change.table, doc_id, before, put.get(doc_id))

    @contextmanager
    def batch(self, *, synced: bool = True) -> Iterator[None]:
        """Write all changes within as one line: after a kill all of them are there or none; an exception reverts all.

        Other threads wait meanwhile. A nested batch becomes part of the outer one; if only it fails, only it is
        reverted. ``synced=False`` is for what can be had again: after a power cut it may be missing, with all behind
        it, until `sync` or a synced batch; nobody waits for the disk then.
        """
        with self.lock:
            mark = len(self._undo)
            self._depth += 1
            self._batching = threading.get_ident()
            try:
                yield
                if self._depth == 1 and self._pending:
                    self._journal.append(line_bytes(self._serial + 1, self._pending), synced=synced)
                    self._serial += 1
            except BaseException:
                self._roll_back(mark)
                raise
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._batching = None
                    done, self._pending, self._undo = bool(self._pending), [], []
                    self._finish_batch(done)

    def sync(self) -> None:
        """Bring everything onto the disk, while other threads go on.

        Raises:
            StoreError: the disk failed; nothing more can be written until the database is opened again.
        """
        with self.lock:
            twin = self._journal.twin()
        try:
            sync_data(twin)
        except OSError as error:
            with self.lock:
                self._journal.fail(error)
            raise StoreError(f"The disk failed ({error.strerror}). Restart the companion.") from error
        finally:
            os.close(twin)

    def _finish_batch(self, done: bool) -> None:
        self.on_batch_end()
        if done:
            self.on_write(self._journal.size)

    def _roll_back(self, mark: int) -> None:
        while len(self._undo) > mark:
            step = self._undo.pop()
            now = [(doc_id, self.rows(step.table).get(doc_id), before) for doc_id, before in step.documents()]
            undo(self._tables, step)
            for doc_id, taken_back, before in now:
                self.on_change(step.table, doc_id, taken_back, before)
        del self._pending[mark:]

    # --- compaction ----------------------------------------------------------------------------------------------

    def compact(self, *, keep_previous: bool = True, pause: float = 0.0) -> None:
        """Write all tables into the snapshot by atomic replacement and start a new journal.

        Args:
            keep_previous: keep the snapshot and journal that this replaces.
            pause: seconds to pause after every ``STEP`` documents, so that a concurrent save does not wait long.

        The tables are copied by reference under the lock and written without it, so changes go on meanwhile; their
        lines move to the new journal. A kill between any two steps is harmless: old lines are known by their serial.
        """
        if self._batching == threading.get_ident():
            raise StoreError("The journal cannot be compacted in the middle of a batch; end the batch first.")
        with self._compacting, self._in_words():
            self._compact(keep_previous=keep_previous, pause=pause)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StoreError(
                f"{self.paths.snapshot.name} could not be written anew ({error.strerror}); nothing that was saved is "
                "lost. Make room on the disk, or look at its permissions."
            ) from error

    @contextmanager
    def maintenance(self) -> Iterator[None]:
        """Let no compaction happen meanwhile but one within the block; changes go on."""
        with self._compacting:
            yield

    def _compact(self, *, keep_previous: bool, pause: float) -> None:
        with self.lock:
            tables = frozen(self._tables, self._stored)
            serial, position, generation = self._serial, self._journal.size, self.generation + 1
        own: Document = {"format": FORMAT, "generation": generation, "serial": serial}
        new = write_new(self.paths.snapshot, snapshot_bytes({OWN_TABLE: [(1, own)], **tables}, pause))
        with self.lock:
            if keep_previous:
                keep_as(self.paths.snapshot, self.paths.previous)
            self._stored.file.release()
            replace_file(new, self.paths.snapshot)
            self._older.clear()
            settle(self._tables, tables, self._stored)
            self.snapshot_size = self._size()
            sync_folder(self.paths.snapshot.parent)
            self._journal.drop_before(position, self.paths.previous_journal if keep_previous else None)
            self.generation = generation

    def _size(self) -> int:
        path = self.paths.snapshot
        return path.stat().st_size if path.exists() else 0

    def purge(self) -> None:
        """Compact so that no deleted data remains in any file: the earlier generation becomes a copy of this one."""
        with self._compacting, self.lock, self._in_words():
            self.compact(keep_previous=False)
            replace_durably(self.paths.previous, content_of(self.paths.snapshot))
            self.paths.previous_journal.unlink(missing_ok=True)

    def close(self) -> None:
        """Write a plain TinyDB file and release the lock; a second call does nothing."""
        with self._compacting, self.lock:
            try:
                if self._journal.is_open and (self._journal.size or not self.paths.snapshot.exists()):
                    self.compact()
            except StoreError as error:
                log.warning("%s What was written is in the journal.", error.message)
            finally:
                self._journal.close()
                self._stored.file.release(for_good=True)
                self._file_lock.release()
