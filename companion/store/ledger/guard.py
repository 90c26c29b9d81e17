"""Guards the ledger's file: compares it with its page sums at the start, each hour, and when its time changed.

What changed behind SQLite's back is mended from the daily copy where that has the very page; else nothing more is read
from the file, so that nothing false is shown, and the next opening sets it aside.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from contextlib import suppress
from pathlib import Path

from companion.errors import TornDataError
from companion.store.ledger import schema
from companion.store.ledger.page_sums import PageSums
from companion.store.ledger.wal import WalPages

log = logging.getLogger(__name__)

AT_ONCE_BYTES = 32 * 1024 * 1024
"""A ledger up to this size is compared before anything is read from it (some 50 ms); a larger one in the background."""
Stamp = tuple[int, int, int]


class Guard:
    """The guard of one database file; made before SQLite opens it, closed after."""

    def __init__(self, path: Path, copy: Path) -> None:
        """Guard ``path``; pages are mended from ``copy``."""
        self._path, self._copy, self._file = path, copy, os.fspath(path)
        self._sums, self._wal = PageSums(path), WalPages(path)
        self._log_pages = self._wal.all()  # a kill may have come in the midst of their checkpoint
        self._lock = threading.RLock()
        self._moving = False
        self._stamp: Stamp | None = None
        self._fault = ""
        self.warnings: list[str] = []
        self.unseen = True

    def look_first(self) -> None:
        """Compare a file that SQLite has not opened yet, if it is not too large or was found damaged before.

        Raises:
            TornDataError: it changed, and could not be mended.
            NewerDataError: a newer Mutuals, which keeps no such sums, wrote it.
        """
        if self._sums.known and (self._sums.fault or self._path.stat().st_size <= AT_ONCE_BYTES):
            self.unseen = False
            findings = self._sums.compare(self._log_pages)
            if findings.changed:
                schema.refuse_newer(self._path)
            if findings.changed and self._sums.written_elsewhere:
                self._sums.discard()
            elif findings.changed:
                self._mend(findings.changed)
            if self._fault:
                raise TornDataError(self._fault, path=self._path.name)
            self.unseen = bool(findings.unknown) or not self._sums.known

    def begin(self, writer: sqlite3.Connection) -> int:
        """Take over a file that SQLite has opened and return how often it was committed.

        Raises:
            TornDataError: its checksums are damaged, and it does not hold together either.
        """
        commits: int = writer.execute("pragma user_version").fetchone()[0]
        if self._sums.known and (self._sums.commits or 0) > commits:
            self.warnings.append(
                "The ledger's log was damaged or cut off: what was seen last is missing, and comes back as you browse."
            )
            self._sums.count_commit(commits)
        if self.unseen and self._path.stat().st_size <= AT_ONCE_BYTES:
            self.inspect(writer)
            if self._fault:
                raise TornDataError(self._fault, path=self._path.name)
        self._stamp = self._stamped()
        return commits

    def count_commit(self, number: int) -> None:
        """Note that the ledger was committed once more; never the reason why a change fails."""
        try:
            self._sums.count_commit(number)
        except OSError as error:
            log.warning("The ledger's commit could not be counted (%s).", error)

    def check(self) -> None:
        """Make sure that nobody else changed the file; costs one look at its time.

        Raises:
            TornDataError: somebody or something did, and it could not be mended.
        """
        if self._fault:
            raise TornDataError(self._fault, path=self._path.name)
        if not self._moving and not self.unseen and self._stamped() != self._stamp:
            self._compare_again()

    def move(self, connection: sqlite3.Connection, holding: sqlite3.Connection) -> None:
        """Checkpoint what can be moved without waiting and take the sums of the pages that moved.

        Args:
            connection: does the checkpoint.
            holding: its read transaction keeps the log from beginning anew before the sums are on the disk.
        """
        with self._lock:
            self._moving = True
            try:
                holding.execute("begin")
                holding.execute("select 1 from sqlite_master limit 1").fetchall()
                self._checkpoint(connection, "passive")
            finally:
                if holding.in_transaction:
                    holding.execute("commit")
                self._stamp = self._stamped()
                self._moving = False

    def empty(self, connection: sqlite3.Connection) -> bool:
        """Move the whole log, waiting for readers, and empty it; the writer is held by the caller.

        Truncating moves what a reader had held back until then, and leaves no log to say which pages those were. So
        all pages are moved first, and their sums taken; a log that a reader still holds back keeps its frames.

        Returns:
            Whether the log is empty now.
        """
        with self._lock:
            self._moving = True
            try:
                whole = self._checkpoint(connection, "full")
                if whole:
                    connection.execute("pragma wal_checkpoint(truncate)").fetchall()
                return whole
            finally:
                self._stamp = self._stamped()
                self._moving = False

    def _checkpoint(self, connection: sqlite3.Connection, mode: str) -> bool:
        """Run a checkpoint and take the sums of what moved; return whether the database file holds everything now."""
        busy, frames, moved = connection.execute(f"pragma wal_checkpoint({mode})").fetchone()
        try:
            if self._sums.known:
                self._sums.record(self._wal.up_to(moved))
        except OSError as error:
            self._doubt(error)
        return not busy and frames == moved

    def _doubt(self, error: OSError) -> None:
        """Forget sums that could not be brought up to date: a stale one would be taken for damage."""
        log.warning("The ledger's checksums could not be written (%s); they are taken anew later.", error)
        self.unseen = True
        with suppress(OSError):
            self._sums.discard()

    def inspect(self, writer: sqlite3.Connection) -> None:
        """Compare the whole file; the writer is held by the caller, and the findings become ``warnings``."""
        with self._lock:
            self.unseen = False
            if not self._sums.known:
                faults = schema.check(writer) if self._path.stat().st_size <= AT_ONCE_BYTES else []
                if faults:
                    self._give_up(faults[0])
                else:
                    self._begin_sums(writer)
                return
            result = self._sums.compare(self._log_pages | self._wal.all())
            if result.changed and self._sums.written_elsewhere:
                self._begin_sums(writer)
            elif result.changed:
                self._mend(result.changed)
            elif result.unknown:
                faults = schema.check(writer)
                if faults:
                    self._give_up(f"{faults[0]}")
                    return
                self._begin_sums(writer)
                self.warnings.append("The ledger's checksums were damaged and were taken anew; the ledger is sound.")
            self._log_pages = set()

    def close(self) -> None:
        """Let go of the file, after SQLite has."""
        self._sums.close()

    def _begin_sums(self, writer: sqlite3.Connection) -> None:
        moved = writer.execute("pragma wal_checkpoint(passive)").fetchone()[2]
        try:
            self._wal.up_to(moved)
            self._sums.rebuild()
            self._sums.count_commit(writer.execute("pragma user_version").fetchone()[0])
        except OSError as error:
            self._doubt(error)
        self._stamp = self._stamped()

    def _compare_again(self) -> None:
        with self._lock:
            if self._stamped() == self._stamp:
                return
            findings = self._sums.compare(self._log_pages | self._wal.all())
            if findings.changed:
                self._mend(findings.changed)
            self._stamp = self._stamped()
        if self._fault:
            raise TornDataError(self._fault, path=self._path.name)

    def _mend(self, pages: list[int]) -> None:
        count = "A page" if len(pages) == 1 else f"{len(pages)} pages"
        try:
            mended = self._copy.exists() and self._sums.mend(pages, self._copy)
        except OSError as error:
            log.warning("The ledger's copy could not be read (%s).", error)
            mended = False
        if mended:
            self.warnings.append(f"{count} of the ledger had changed on the disk and came back from its daily copy.")
        else:
            self._give_up(f"{count} changed on the disk")

    def _give_up(self, why: str) -> None:
        with suppress(OSError):
            self._sums.mark_fault()
        self._fault = (
            f"The ledger is damaged ({why}), so nothing of it is shown. Restart Mutuals: a copy takes its place."
        )
        self.warnings.append(self._fault)

    def _stamped(self) -> Stamp:
        try:
            seen = os.stat(self._file)  # noqa: PTH116 - each look-up waits for it; a Path takes half as long again
        except FileNotFoundError:
            return (0, 0, 0)
        return seen.st_mtime_ns, seen.st_size, seen.st_ino
