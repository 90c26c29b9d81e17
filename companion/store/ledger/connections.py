"""SQLite connections of the ledger: one writer behind a lock, a reader per thread, checkpoints in a thread."""

from __future__ import annotations

import logging
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from companion.errors import StoreError
from companion.store.files import create_private, private_folder
from companion.store.ledger import schema
from companion.store.ledger.guard import Guard

log = logging.getLogger(__name__)


def previous_of(path: Path) -> Path:
    """Return where the daily copy of a ledger lies."""
    return path.with_name(path.name + ".previous")


CACHE_KIBIBYTES = 8192
BUSY_MILLISECONDS = 5000
CHECKPOINT_SECONDS = 0.5
IDLE_SECONDS = 5.0
INSPECT_SECONDS = 3600.0
START_SECONDS = 1.0
"""After the opening, before a large file is compared with its checksums: the first answers do not wait for that."""
WAL_LIMIT_BYTES = 16 * 1024 * 1024


class Reader:
    """One thread's own connection for reading; refuses to write."""

    def __init__(self, path: Path) -> None:
        self.connection = _connect(path)
        self.connection.execute("pragma query_only = 1")

    def __del__(self) -> None:
        if hasattr(self, "connection"):  # it could be opened
            self.connection.close()


class Connections:
    """All connections to one ledger file.

    Writes go through ``writing()``, one at a time, each a transaction. ``reading()`` gives the thread's own connection:
    it never waits for the writer and sees the state of the last commit. The checkpoint thread sleeps on a condition,
    so an idle ledger costs no processor time.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            _create(path)
            self._guard = Guard(path, previous_of(path))
        except OSError as error:
            raise StoreError(
                f"The ledger in {path.name} cannot be opened ({error.strerror}). Check that the data folder is yours "
                "and that the disk has room, and start again."
            ) from error
        try:
            self._guard.look_first()
            self._writer = _open_writer(path)
            self._begin()
        except BaseException:
            self._guard.close()
            raise
        self._lock = threading.RLock()
        self._local = threading.local()
        self._readers: weakref.WeakSet[Reader] = weakref.WeakSet()
        self._work = threading.Condition()
        self._dirty = self._closing = False
        upkeep = (self._opened(busy_milliseconds=0), self._opened())
        self._thread = threading.Thread(target=self._checkpoints, args=upkeep, name="ledger-checkpoints", daemon=True)
        self._thread.start()

    def _begin(self) -> None:
        try:
            self._commits = self._guard.begin(self._writer)
        except BaseException:
            self._writer.close()
            raise

    def _opened(self, busy_milliseconds: int | None = None) -> sqlite3.Connection:
        """Open one connection for the checkpoints: before their thread begins, for if the folder goes it could not."""
        try:
            return _connect(self.path, busy_milliseconds)
        except BaseException:
            self._writer.close()
            raise

    @property
    def warnings(self) -> list[str]:
        """Sentences about changes of the file that were found, at opening and since."""
        return list(self._guard.warnings)

    @property
    def commits(self) -> int:
        """How many transactions have changed the file."""
        return self._commits

    def inspect(self) -> None:
        """Compare the whole file with its page sums now; the findings become ``warnings``."""
        with self._lock:
            self._guard.inspect(self._writer)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Run one write transaction: committed at the end, rolled back whole by any exception.

        Raises:
            StoreError: The disk is full or failed; nothing was changed, and the next write is tried anew.
        """
        with self._lock:
            self._guard.check()
            self._writer.execute("begin immediate")
            changes = self._writer.total_changes
            try:
                yield self._writer
                if self._writer.total_changes != changes:
                    self._writer.execute(f"pragma user_version = {self._commits + 1}")
                self._writer.execute("commit")
            except BaseException as error:
                if self._writer.in_transaction:  # a full disk ends it by itself
                    self._writer.execute("rollback")
                if isinstance(error, sqlite3.OperationalError) and _of_the_disk(error):
                    raise StoreError(
                        f"The change could not be saved ({error}) and nothing was changed. Make room on the disk, then "
                        "try again."
                    ) from error
                raise
            if self._writer.total_changes != changes:
                self._commits += 1
                self._guard.count_commit(self._commits)
        with self._work:
            self._dirty = True
            self._work.notify()

    def unheld(self) -> bool:
        """Return whether nobody is writing right now, so that who wanted to write would not have to wait."""
        if not self._lock.acquire(blocking=False):
            return False
        self._lock.release()
        return True

    def reading(self) -> sqlite3.Connection:
        """Return this thread's connection for reading.

        Raises:
            TornDataError: the file changed behind SQLite's back, and could not be mended.
        """
        self._guard.check()
        reader: Reader | None = getattr(self._local, "reader", None)
        if reader is None:
            reader = Reader(self.path)
            self._local.reader = reader
            self._readers.add(reader)
        return reader.connection

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Open a read transaction, in which all reads see one commit."""
        connection = self.reading()
        connection.execute("begin")
        try:
            yield connection
        finally:
            connection.execute("commit")

    def truncate(self) -> None:
        """Write the whole log into the database file and empty it, so that it holds no deleted data."""
        with self._lock:
            self._guard.empty(self._writer)

    def close(self) -> None:
        """Stop the checkpoint thread, empty the log and close everything."""
        with self._work:
            self._closing = True
            self._work.notify()
        self._thread.join()
        for reader in list(self._readers):
            reader.connection.close()
        with self._lock:
            try:
                self._writer.execute("pragma optimize")
                self._guard.empty(self._writer)
            except sqlite3.Error as error:
                log.warning("The ledger's log could not be written into its file (%s); it stays beside it.", error)
            finally:
                self._writer.close()
                self._guard.close()

    def _checkpoints(self, connection: sqlite3.Connection, holding: sqlite3.Connection) -> None:
        """After writing, checkpoint at most every half second; when writing has stopped, empty the log once."""
        try:
            mode = self._first_work()
            while mode:
                mode = self._next_checkpoint(after_work=self._attempt(mode, connection, holding))
        finally:
            connection.close()
            holding.close()

    def _first_work(self) -> str | None:
        """Wait for what to do first; a file that was not compared when it was opened is, once the start is over."""
        if self._guard.unseen:
            with self._work:
                return None if self._work.wait_for(lambda: self._closing, START_SECONDS) else "inspect"
        return self._next_checkpoint(after_work=False)

    def _attempt(self, mode: str, connection: sqlite3.Connection, holding: sqlite3.Connection) -> bool:
        """Do one piece of upkeep, and return whether the log is still to be emptied.

        What cannot be moved now (a full disk, a long reader) stays in the log.
        """
        try:
            if mode == "passive":
                self._guard.move(connection, holding)
                return True
            with self._lock:
                if mode == "truncate":
                    return not self._guard.empty(connection)
                self._guard.inspect(self._writer)
        except (sqlite3.OperationalError, OSError) as error:
            log.warning("The ledger's log could not be written into its file (%s); it is tried again later.", error)
        return mode != "inspect"

    def _next_checkpoint(self, *, after_work: bool) -> str | None:
        """Wait for what to do next, ``None`` to end.

        ``passive`` comes after writing, ``truncate`` once idle, ``inspect`` after an hour of rest.
        """
        patience = IDLE_SECONDS if after_work else INSPECT_SECONDS
        with self._work:
            written = self._work.wait_for(lambda: self._dirty or self._closing, patience)
            if not written:
                return "truncate" if after_work else "inspect"
            self._work.wait_for(lambda: self._closing, CHECKPOINT_SECONDS)
            self._dirty = False
            return None if self._closing else "passive"


def _connect(path: Path, busy_milliseconds: int | None = None) -> sqlite3.Connection:
    """Open one connection; transactions are begun by hand, statements stay prepared."""
    try:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    except sqlite3.OperationalError as error:
        raise schema.unopened(path, error) from error
    try:
        wait = BUSY_MILLISECONDS if busy_milliseconds is None else busy_milliseconds
        connection.execute(f"pragma busy_timeout = {wait}")
        connection.execute(f"pragma cache_size = -{CACHE_KIBIBYTES}")
        connection.execute("pragma mmap_size = 0")
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        connection.close()
        raise schema.unopened(path, error) from error
    return connection


def _create(path: Path) -> None:
    private_folder(path.parent)
    if not path.exists():
        create_private(path)


def _open_writer(path: Path) -> sqlite3.Connection:
    """Open the writing connection and bring the schema up to date.

    What can be seen again needs no sync per commit (``normal``); deleted content is overwritten (``secure_delete``).
    """
    connection = _connect(path)
    try:
        connection.execute("pragma journal_mode = wal").fetchall()
        connection.execute("pragma synchronous = normal")
        connection.execute("pragma secure_delete = on").fetchall()
        connection.execute("pragma wal_autocheckpoint = 0").fetchall()
        connection.execute(f"pragma journal_size_limit = {WAL_LIMIT_BYTES}").fetchall()
        schema.upgrade(connection, path)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        connection.close()
        raise schema.unopened(path, error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _of_the_disk(error: sqlite3.OperationalError) -> bool:
    """Return whether the disk was full, or failed, rather than the statement."""
    return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
