"""Runs the dashboard's import of an X archive, one at a time, in a thread, from the upload to the counts."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

from companion.errors import ConflictError, MutualsError, SourceError, UnknownError
from companion.settings import Settings
from companion.sources.archive.importing import ArchiveImport, Imported, Progress, account_of, preview
from companion.sources.archive.summary import Summary
from companion.sources.archive.undo import Undone, undo
from companion.store.import_runs import Imports, Run
from companion.stores import Stores
from companion.web.imports.uploads import Upload, Uploads

NOTHING, RECEIVING, LOOKING, ASKING, READING, STOPPED, DONE, FAILED = (
    "nothing", "receiving", "looking", "asking", "reading", "stopped", "done", "failed",
)  # fmt: skip
"""Phases of an import: the file is uploaded; it is counted, nothing stored; the user is asked; it is read; …"""
LOOKED = "Nothing is stored yet. Go on to import it."
INTERRUPTED = "Mutuals was ended while it read this archive. Go on, and nothing is counted twice."


@dataclass(slots=True)
class ImportStatus:
    """The status of an import; replaced as a whole, so that a concurrent reader never sees a partial change.

    Attributes:
        phase: one of the constants above.
        name: the file's name.
        message: a sentence that the user has to know or decide about.
        progress: how much was read.
        left: estimated seconds left, None if unknown.
        imported: the result.
        looked: the counts of an archive that was only looked at.
    """

    phase: str = NOTHING
    name: str = ""
    message: str = ""
    progress: Progress = field(default_factory=lambda: Progress(0, 0, 0))
    left: int | None = None
    imported: Imported | None = None
    looked: Summary | None = None


class Importer:
    """The import job of one companion.

    Args:
        settings: paths of the upload and of the list of runs.
        stores: the stores that the archive is imported into.
        clock: epoch seconds.
        on_end: called after each import, stopped or not.
    """

    def __init__(
        self, settings: Settings, stores: Stores, clock: Callable[[], int], on_end: Callable[[], None] = lambda: None
    ) -> None:
        self._settings, self._stores, self._clock, self._on_end = settings, stores, clock, on_end
        self._lock = Lock()
        self._stopping = Event()
        self._thread: Thread | None = None
        self._began = 0.0
        self._look = False
        self.uploads = Uploads(settings.uploads_path, clock())
        self.status = self._initial_status()

    def _initial_status(self) -> ImportStatus:
        """Return the status at start: an earlier process may have ended during an import."""
        left = self.uploads.current
        if left is None:
            return ImportStatus()
        return (
            ImportStatus(STOPPED, left.name, INTERRUPTED) if self.uploads.whole else ImportStatus(RECEIVING, left.name)
        )

    def begin(self, name: str, size: int, modified: int, sending: int, *, look: bool = False) -> Upload:
        """Begin or continue an upload; see `Uploads.begin`. With ``look`` it is only counted at first.

        Raises:
            ConflictError: another archive is being read.
        """
        with self._lock:
            self._refuse_while_reading()
            upload = self.uploads.begin(name, size, modified, sending)
            self.status, self._look = ImportStatus(RECEIVING, upload.name), look
            if self.uploads.whole:
                self._start_or_ask()
            return upload

    def take(self, upload: str, offset: int, piece: bytes) -> int:
        """Store a piece and return the bytes received; the last piece starts the import."""
        with self._lock:
            self._refuse_while_reading()
            self.uploads.take(upload, offset, piece)
            have = self.uploads.have
            if self.uploads.whole:
                self._start_or_ask()
            return have

    def go_on(self) -> None:
        """Import the uploaded archive, on the user's decision.

        Raises:
            UnknownError: no complete archive was uploaded.
        """
        with self._lock:
            self._refuse_while_reading()
            if not self.uploads.whole:
                raise UnknownError("There is no whole archive here to go on with. Choose the file again.")
            self._read()

    def stop(self) -> None:
        """Request the import to stop at the next safe place."""
        self._stopping.set()

    def discard(self) -> None:
        """Delete the upload and reset the status."""
        with self._lock:
            self._refuse_while_reading()
            self.uploads.discard()
            self.status = ImportStatus()

    def undo(self, digest: str) -> Undone:
        """Undo a past import; see `companion.sources.archive.undo`.

        Raises:
            ConflictError: an archive is being read.
            UnknownError: there is no such import.
        """
        with self._lock:
            self._refuse_while_reading()
            stores = self._stores
            undone = undo(stores.ledger, stores.notebook, Imports(self._settings.imports_path), digest)
            self.status = ImportStatus()
        self._on_end()
        return undone

    def refuse_while_reading(self) -> None:
        """Raise `ConflictError` if an archive is being read."""
        with self._lock:
            self._refuse_while_reading()

    def end(self) -> None:
        """Stop and wait for the thread, before the stores close; the upload stays for the next start."""
        self.stop()
        if self._thread is not None:
            self._thread.join()

    def runs(self) -> list[tuple[str, Run]]:
        """Return (digest, run) of the past imports, latest first."""
        return Imports(self._settings.imports_path).by_digest()

    def _refuse_while_reading(self) -> None:
        if self.status.phase in (LOOKING, READING):
            raise ConflictError("An archive is being read. Wait for its end, or stop it.", have=None)

    def _start_or_ask(self) -> None:
        """Start the import, unless the archive is of an account never used here: then ask the user."""
        try:
            account, handle = account_of(self.uploads.path)
        except MutualsError as error:
            self._fail(error.message)
            return
        owners = self._stores.ledger.owners()
        asked = ""
        if owners and account not in owners and f"@{handle or ''}".lower() not in owners:
            asked = f"This archive is {f'@{handle}' if handle else f'account {account}'}'s, which was never used here."
        if self._look:
            self._begin(LOOKING, lambda: self._count(asked))
        elif asked:
            self.status = ImportStatus(ASKING, self.status.name, asked)
        else:
            self._read()

    def _read(self) -> None:
        self._begin(READING, self._import)

    def _begin(self, phase: str, work: Callable[[], None]) -> None:
        self._stopping.clear()
        self._began = time.monotonic()
        self.status = ImportStatus(phase, self.status.name)
        self._thread = Thread(target=lambda: self._work(work), name="archive import")
        self._thread.start()

    def _work(self, work: Callable[[], None]) -> None:
        failed = "The companion failed at this archive; its own output says more. Run `mutuals doctor`."
        try:
            work()
            failed = ""
        except MutualsError as error:
            failed = error.message
        except (OSError, sqlite3.Error) as error:
            failed = f"What was read cannot be kept ({error}). See that the disk has room, then choose the file again."
        finally:
            if failed:
                self._fail(failed)
        self._on_end()

    def _count(self, asked: str) -> None:
        """Count what is in the archive, then ask."""
        looked: Summary | None = None
        try:
            looked = preview(self.uploads.path, self._stopping.is_set)
        except SourceError:
            if not self._stopping.is_set():
                raise
        whole = None if self._stopping.is_set() else looked
        self.status = ImportStatus(ASKING, self.status.name, f"{asked} {LOOKED}".strip(), looked=whole)

    def _import(self) -> None:
        self._finish(self._job().run(self.uploads.path))

    def _job(self) -> ArchiveImport:
        stores, runs = self._stores, Imports(self._settings.imports_path)
        return ArchiveImport(
            stores.ledger, stores.notebook, runs, self._clock(), report=self._report, stopped=self._stopping.is_set
        )

    def _report(self, progress: Progress) -> None:
        spent = time.monotonic() - self._began
        left = round(spent * (1 - progress.done) / progress.done) if progress.done and spent > 1 else None
        self.status = ImportStatus(READING, self.status.name, progress=progress, left=left)

    def _fail(self, message: str) -> None:
        self.uploads.discard()
        self.status = ImportStatus(FAILED, self.status.name, message)

    def _finish(self, done: Imported) -> None:
        name, progress = self.status.name, self.status.progress
        if done.finished:
            self.uploads.discard()
            self.status = ImportStatus(DONE, name, progress=progress, imported=done)
        else:
            self.status = ImportStatus(STOPPED, name, "Stopped. What was read so far is kept.", progress, imported=done)
