"""Runs the dashboard's import of an X archive: one at a time, in a thread of its own, from sending to the counts."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

from companion.errors import ConflictError, MutualsError, UnknownError
from companion.settings import Settings
from companion.sources.archive.importing import ArchiveImport, Imported, Progress, account_of
from companion.store.import_runs import Imports, Run
from companion.stores import Stores
from companion.web.imports.uploads import Upload, Uploads

NOTHING, RECEIVING, ASKING, READING, STOPPED, DONE, FAILED = (
    "nothing", "receiving", "asking", "reading", "stopped", "done", "failed",
)  # fmt: skip
"""Where an import is: the file is being sent; it is another account's, so the user is asked; it is read; …"""
INTERRUPTED = "Mutuals was ended while it read this archive. Go on, and nothing is counted twice."


@dataclass(slots=True)
class Stand:
    """How an import stands; replaced as a whole, so that a reader never sees half of a change.

    Attributes:
        phase: one of the words above.
        name: the file's name.
        message: what a person has to know or decide, a sentence.
        progress: how far the reading came.
        left: seconds that it will still take, if that can be told.
        imported: what came of it.
    """

    phase: str = NOTHING
    name: str = ""
    message: str = ""
    progress: Progress = field(default_factory=lambda: Progress(0, 0, 0))
    left: int | None = None
    imported: Imported | None = None


class Importer:
    """The import of one companion.

    Args:
        settings: where the upload lies and runs are remembered.
        stores: where what is read goes.
        clock: epoch seconds.
        ended: called after each import, stopped or not.
    """

    def __init__(
        self, settings: Settings, stores: Stores, clock: Callable[[], int], ended: Callable[[], None] = lambda: None
    ) -> None:
        self._settings, self._stores, self._clock, self._ended = settings, stores, clock, ended
        self._lock = Lock()
        self._stopping = Event()
        self._thread: Thread | None = None
        self._began = 0.0
        self.uploads = Uploads(settings.uploads_path, clock())
        self.stand = self._found()

    def _found(self) -> Stand:
        """Return how things stand at the start: an earlier run may have been ended in the middle."""
        left = self.uploads.current
        if left is None:
            return Stand()
        return Stand(STOPPED, left.name, INTERRUPTED) if self.uploads.whole else Stand(RECEIVING, left.name)

    def begin(self, name: str, size: int, modified: int, sending: int) -> Upload:
        """Make ready for a file's pieces; see `Uploads.begin`.

        Raises:
            ConflictError: another archive is being read.
        """
        with self._lock:
            self._refuse_while_reading()
            upload = self.uploads.begin(name, size, modified, sending)
            self.stand = Stand(RECEIVING, upload.name)
            if self.uploads.whole:
                self._look()
            return upload

    def take(self, upload: str, offset: int, piece: bytes) -> int:
        """Take a piece in and return how far the file is here; the last one begins the reading."""
        with self._lock:
            self._refuse_while_reading()
            self.uploads.take(upload, offset, piece)
            have = self.uploads.have
            if self.uploads.whole:
                self._look()
            return have

    def go_on(self) -> None:
        """Read the archive that is here, for the user said so.

        Raises:
            UnknownError: there is none.
        """
        with self._lock:
            self._refuse_while_reading()
            if not self.uploads.whole:
                raise UnknownError("There is no whole archive here to go on with. Choose the file again.")
            self._read()

    def stop(self) -> None:
        """Ask the reading to end at the next safe place."""
        self._stopping.set()

    def discard(self) -> None:
        """Throw away what was sent, and forget how the last import ended."""
        with self._lock:
            self._refuse_while_reading()
            self.uploads.discard()
            self.stand = Stand()

    def end(self) -> None:
        """Stop and wait, before the stores close; what was sent stays for the next run to go on with."""
        self.stop()
        if self._thread is not None:
            self._thread.join()

    def runs(self) -> list[Run]:
        """Return the imports of the past, the latest first."""
        return Imports(self._settings.imports_path).runs()

    def _refuse_while_reading(self) -> None:
        if self.stand.phase == READING:
            raise ConflictError("An archive is being read. Wait for its end, or stop it.", have=None)

    def _look(self) -> None:
        """Begin to read, unless the archive is of an account that was never used here: then the user decides."""
        try:
            account, handle = account_of(self.uploads.path)
        except MutualsError as error:
            self._fail(error.message)
            return
        owners = self._stores.ledger.owners()
        if not owners or account in owners or f"@{handle or ''}".lower() in owners:
            self._read()
            return
        told = f"@{handle}" if handle else f"account {account}"
        self.stand = Stand(ASKING, self.stand.name, f"This archive is {told}'s, which was never used here.")

    def _read(self) -> None:
        self._stopping.clear()
        self._began = time.monotonic()
        self.stand = Stand(READING, self.stand.name)
        self._thread = Thread(target=self._work, name="archive import")
        self._thread.start()

    def _work(self) -> None:
        failed = "The companion failed at this archive; its own output says more. Run `mutuals doctor`."
        try:
            done = self._job().run(self.uploads.path)
            failed = ""
        except MutualsError as error:
            failed = error.message
        except (OSError, sqlite3.Error) as error:
            failed = f"What was read cannot be kept ({error}). See that the disk has room, then choose the file again."
        finally:
            if failed:
                self._fail(failed)
        if not failed:
            self._finish(done)
        self._ended()

    def _job(self) -> ArchiveImport:
        stores, kept = self._stores, Imports(self._settings.imports_path)
        return ArchiveImport(
            stores.ledger, stores.notebook, kept, self._clock(), report=self._report, stopped=self._stopping.is_set
        )

    def _report(self, progress: Progress) -> None:
        spent = time.monotonic() - self._began
        left = round(spent * (1 - progress.done) / progress.done) if progress.done and spent > 1 else None
        self.stand = Stand(READING, self.stand.name, progress=progress, left=left)

    def _fail(self, message: str) -> None:
        self.uploads.discard()
        self.stand = Stand(FAILED, self.stand.name, message)

    def _finish(self, done: Imported) -> None:
        name, progress = self.stand.name, self.stand.progress
        if done.finished:
            self.uploads.discard()
            self.stand = Stand(DONE, name, progress=progress, imported=done)
        else:
            self.stand = Stand(STOPPED, name, "Stopped. What was read so far is kept.", progress, imported=done)
