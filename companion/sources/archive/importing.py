"""Imports an archive into the ledger: in chunks, with progress; it can be stopped and continues from there."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from companion.errors import SourceError
from companion.sources.archive.leave_out import LeaveOut
from companion.sources.archive.ledger_writer import LedgerWriter
from companion.sources.archive.reader import ArchiveReader, cut
from companion.sources.archive.summary import Summary
from companion.sources.archive.zip_file import Archive, open_archive
from companion.store.import_runs import Imports, Run
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.notebook import Notebook

COUNTING_SHARE = 4
"""Reading takes about this many times as long as counting days and sums at the end."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of an import: bytes read of all bytes, interactions written so far, and the share of all work.

    ``done`` is 0 to 1; scores are counted after reading, so it reaches 1 after ``read`` reaches ``total``.
    """

    read: int
    total: int
    interactions: int
    done: float = 0.0


@dataclass(frozen=True, slots=True)
class Imported:
    """The result of one import.

    Attributes:
        summary: counts of the archive's content.
        people: people new or changed in the ledger.
        interactions: interactions that the ledger did not have.
        resumed: whether it went on from an earlier, unfinished run.
        finished: False if it was stopped; running it again goes on.
    """

    summary: Summary
    people: int
    interactions: int
    resumed: bool
    finished: bool


@dataclass(slots=True)
class ArchiveImport:
    """One import of one archive file into one pair of stores.

    ``now`` is epoch seconds. ``stopped`` is called often; once it returns True the import ends at the next safe point.
    """

    ledger: Ledger
    notebook: Notebook
    imports: Imports
    now: int
    report: Callable[[Progress], None] = lambda _progress: None
    stopped: Callable[[], bool] = lambda: False

    def run(self, path: Path) -> Imported:
        """Import the zip at ``path``.

        Raises:
            SourceError: The file is no complete X archive, or does not name its owner; nothing is stored.
        """
        archive = open_archive(path)
        try:
            with _without_collecting():
                return self._run(archive, Summary(path.stem))
        finally:
            archive.close()

    def _run(self, archive: Archive, summary: Summary) -> Imported:
        reader = ArchiveReader(archive, summary, self.stopped)
        reader.on_read = lambda: self._tell(reader, 0)
        chunks = reader.chunks()
        first = next(chunks)  # reads the owner before anything is stored
        digest = archive.digest()
        left_behind = any(not earlier.finished for earlier in self.imports.runs())
        run, resumed = self._begin(digest, archive, summary)
        at = min(reader.made_at or self.now, self.now)
        writer = LedgerWriter(self.ledger, self.notebook, run.owner, at, recount=left_behind, run=run.number or None)
        reader.on_read = lambda: self._tell(reader, writer.interactions)
        writer.name_owner(reader.own_until)
        done = run.done
        for number, chunk in enumerate(map(LeaveOut(self.notebook).apply, chain([first], chunks))):
            writer.take(chunk, write=number >= done and not self.stopped())
            if number >= done and not self.stopped():
                run.done = number + 1
                self.imports.note(digest, run)
        writer.finish(lambda part: self._tell(reader, writer.interactions, part))
        finished = not self.stopped()
        return self._end(digest, run, Imported(summary, writer.people, writer.interactions, resumed, finished))

    def _tell(self, reader: ArchiveReader, interactions: int, counted: float = 0.0) -> None:
        """Report the progress of reading and of counting."""
        read, total = reader.read_bytes, reader.total_bytes
        done = (read / max(total, 1) * COUNTING_SHARE + counted) / (COUNTING_SHARE + 1)
        self.report(Progress(read, total, interactions, done))

    def _begin(self, digest: str, archive: Archive, summary: Summary) -> tuple[Run, bool]:
        """Return the run, and whether it continues an earlier one that was stopped or killed."""
        if summary.account_id is None:
            raise SourceError(f"{archive.path.name} does not say whose it is, so it cannot be placed.")
        known = self.ledger.owners()
        owner = self.ledger.owner_for(summary.account_id, summary.username, self.now)
        run = self.imports.run(digest)
        resumed = run is not None and not run.finished
        run = run or Run(
            archive.path.name, owner, started_at=self.now, number=self._next_number(), first=owner not in known
        )
        if not resumed or run.cut != cut():
            run.done, run.cut, run.finished = 0, cut(), False
        self.imports.note(digest, run)
        return run, resumed

    def _next_number(self) -> int:
        return max([self.ledger.latest_import(), *(run.number for run in self.imports.runs())]) + 1

    def _end(self, digest: str, run: Run, imported: Imported) -> Imported:
        run.finished, run.finished_at = imported.finished, self.now if imported.finished else None
        run.summary = imported.summary.printable()
        self.imports.note(digest, run)
        return imported


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Pause garbage collection: reading makes millions of small objects and no cycles, and the search takes seconds."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def account_of(path: Path) -> tuple[str, str | None]:
    """Return the id and the handle of an archive's owner; reads only the files that name them.

    Raises:
        SourceError: The file is no complete X archive, or does not name its owner.
    """
    archive, summary = open_archive(path), Summary(path.stem)
    try:
        ArchiveReader(archive, summary).read_owner()
    finally:
        archive.close()
    return summary.account_id or "", summary.username


def preview(path: Path, stopped: Callable[[], bool] = lambda: False) -> Summary:
    """Return counts of an archive's content without storing anything, of what was read once ``stopped`` returns True.

    Raises:
        SourceError: The file is no complete X archive.
    """
    archive, summary = open_archive(path), Summary(path.stem)
    try:
        with _without_collecting():
            for _chunk in ArchiveReader(archive, summary, stopped).chunks():
                pass
    finally:
        archive.close()
    return summary
