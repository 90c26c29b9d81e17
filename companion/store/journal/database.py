"""A TinyDB database on a journal: safe with threads and against a second process and kill -9, still a TinyDB file.

``open_journal(path)`` returns the whole public interface of TinyDB. Every change is on the disk (fdatasync) before the
call returns; a change cut off by a kill was never acknowledged and is dropped at the next opening. After ``close()``,
a pause or a compaction, ``tinydb.TinyDB(path)`` opens the file as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from tinydb import TinyDB

from companion.store.documents import Tables
from companion.store.journal.compaction import CompactionPolicy, CompactionThread
from companion.store.journal.inspection import Inspector
from companion.store.journal.lines import Change
from companion.store.journal.storage import JournalStorage
from companion.store.journal.table import JournalTable


class JournalDB(TinyDB):
    """TinyDB on a journal, with one lock for the whole database; one process at a time."""

    table_class = JournalTable

    def __init__(
        self,
        path: Path | str,
        *,
        fallbacks: Sequence[Path] = (),
        accept: Callable[[Tables], None] | None = None,
        compaction: CompactionPolicy | None = None,
        in_background: Callable[[], object] = lambda: None,
        stored: frozenset[str] = frozenset(),
    ) -> None:
        """Open or create the database at ``path``.

        Args:
            path: the plain TinyDB file; the journal lies beside it.
            fallbacks: older copies to rebuild from if both stored generations are damaged, newest first.
            accept: called with the tables before anything on the disk is touched; refuses them by raising.
            compaction: when to compact.
            in_background: called in the background thread some seconds after the opening and after each compaction.
            stored: names of the tables that leave memory when they are large: their rows stay in the plain file.

        Raises:
            LockedError: another process has it open.
            TornDataError: it is damaged beyond its earlier generations.
            NewerDataError: a later version wrote it.
        """
        super().__init__(path, storage=JournalStorage, fallbacks=fallbacks, accept=accept, stored=stored)
        self._inspector = Inspector(self.storage, fallbacks)

        def look_after() -> None:
            self._inspector.inspect_now_and_then()
            in_background()

        self._compaction = CompactionThread(self.storage, compaction or CompactionPolicy(), look_after)

    @property
    def storage(self) -> JournalStorage:
        """The storage behind the tables."""
        return cast(JournalStorage, self._storage)

    @property
    def warnings(self) -> list[str]:
        """Sentences about damage that was found and repaired, at opening and since."""
        return list(self.storage.repairs)

    def inspect(self) -> None:
        """Compare every file with its checksums now, and mend what changed; the findings become ``warnings``."""
        self._inspector.inspect()

    def table(self, name: str, **options: object) -> JournalTable:
        """Return a table, always the same object for a name."""
        with self.storage.lock:
            return cast(JournalTable, super().table(name, **options))

    def tables(self) -> set[str]:
        """Return the names of all tables."""
        return self.storage.names()

    def drop_tables(self) -> None:
        """Drop every table, in one durable step."""
        with self.storage.lock:
            self.storage.write({})
            self.forget_counts()
            self._tables.clear()

    def drop_table(self, name: str) -> None:
        """Drop one table; does nothing if there is none of that name."""
        with self.storage.lock:
            table = self._tables.pop(name, None)
            if name in self.storage.names():
                self.storage.change(Change(name, dropped=True))
            if isinstance(table, JournalTable):
                table.forget_counts()

    @contextmanager
    def batch(self, *, synced: bool = True) -> Iterator[None]:
        """Group changes of several tables into one line of the journal: all or none, also after a kill.

        An exception reverts all of them. Other threads wait until the batch ends; see `JournalStorage.batch`.
        """
        try:
            with self.storage.batch(synced=synced):
                yield
        except BaseException:
            self.forget_counts()
            raise

    def compact(self) -> None:
        """Write the plain file now and start a new journal."""
        self.storage.compact()

    def close(self) -> None:
        """Write a plain TinyDB file and release the lock; a second call does nothing."""
        self._compaction.end()
        super().close()

    def forget_counts(self) -> None:
        """Clear every table's cached queries and next id; needed after changes made directly on the storage."""
        for table in list(self._tables.values()):
            cast(JournalTable, table).forget_counts()


def open_journal(path: Path | str) -> JournalDB:
    """Open or create the journalled TinyDB database whose plain file is ``path``."""
    return JournalDB(path)
