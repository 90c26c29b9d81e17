"""Imports an archive into the ledger: in chunks, with progress, stoppable, and going on where it was stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from msgspec import structs

from companion.errors import SourceError
from companion.seen import take
from companion.sources.archive.reader import Reading
from companion.sources.archive.summary import Summary
from companion.sources.archive.zipped import Archive, open_archive
from companion.sources.sightings import Person, Understanding
from companion.store.imports import Imports, Run
from companion.store.ledger import Ledger
from companion.store.notebook import Notebook


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: bytes read of bytes to read, and what came of them so far."""

    read: int
    total: int
    interactions: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What one import did.

    Attributes:
        summary: what the archive holds.
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

    ``now`` is epoch seconds. ``stopped`` is asked often and ends the import at the next safe place when it says True.
    """

    ledger: Ledger
    notebook: Notebook
    imports: Imports
    now: int
    report: Callable[[Progress], None] = lambda _progress: None
    stopped: Callable[[], bool] = lambda: False
    met: set[str] = field(default_factory=set)
    """Ids of the people met in this run."""
    unsettled: set[str] = field(default_factory=set)
    """Ids of people whose sums are behind their acts."""

    def run(self, path: Path) -> Imported:
        """Import the zip at ``path``.

        Raises:
            SourceError: it is no whole archive of X's, or does not say whose it is; then nothing is stored.
        """
        archive = open_archive(path)
        try:
            return self._run(archive, Summary(path.stem))
        finally:
            archive.close()

    def _run(self, archive: Archive, summary: Summary) -> Imported:
        digest, reading = archive.digest(), Reading(archive, summary, self.stopped)
        chunks = reading.chunks()
        first = next(chunks)  # meets the owner before anything is stored
        run = self._begin(digest, archive, summary)
        resumed, people, interactions = run.done > 0 and not run.finished, 0, 0
        run.done = 0 if run.finished else run.done
        number, chunk = 0, cast("Understanding | None", first)
        while chunk is not None:
            if number >= run.done and not self.stopped():
                people, interactions = self._take(run, reading, chunk, people, interactions)
                run.done = number + 1
                self.imports.note(digest, run)
            self.report(Progress(reading.read_bytes, reading.total_bytes, interactions))
            number, chunk = number + 1, next(chunks, None)
        self._settle(run, resumed=resumed)
        return self._end(digest, run, Imported(summary, people, interactions, resumed, not self.stopped()))

    def _begin(self, digest: str, archive: Archive, summary: Summary) -> Run:
        if summary.account_id is None:
            raise SourceError(f"{archive.path.name} does not say whose it is, so it cannot be placed.")
        owner = self.ledger.owner_for(summary.account_id, summary.username, self.now)
        return self.imports.run(digest) or Run(archive.path.name, owner, started_at=self.now)

    def _take(
        self, run: Run, reading: Reading, chunk: Understanding, people: int, interactions: int
    ) -> tuple[int, int]:
        """Store one chunk, dated when X made the archive: later sightings of the page overrule it."""
        at = min(reading.made_at or self.now, self.now)
        named = [act for act in chunk.interactions if act.id]
        nameless = [act for act in chunk.interactions if not act.id]
        strangers = {
            act.id: Person(id=act.id, handle=act.handle, rich=False) for act in named if act.id not in self.met
        }
        self.met.update(str(pid) for pid in strangers)
        rest = structs.replace(chunk, people=[*chunk.people, *strangers.values()], interactions=nameless)
        recorded = take(self.ledger, self.notebook, run.owner, rest, at)
        new = self.ledger.take_in(run.owner, named, at)
        if new:
            self.unsettled.update(str(act.id) for act in named)
        return people + recorded.people, interactions + recorded.interactions + new

    def _settle(self, run: Run, *, resumed: bool) -> None:
        """Count what follows from the acts; after a kill for everybody, since whom that run met is not known."""
        if resumed:
            self.ledger.recount(run.owner)
        else:
            self.ledger.settle(run.owner, self.unsettled)

    def _end(self, digest: str, run: Run, imported: Imported) -> Imported:
        run.finished, run.finished_at = imported.finished, self.now if imported.finished else None
        run.summary = imported.summary.printable()
        self.imports.note(digest, run)
        return imported


def account_of(path: Path) -> tuple[str, str | None]:
    """Return the id and the handle of the account that an archive is about; reads no more than that needs.

    Raises:
        SourceError: it is no whole archive of X's, or does not say whose it is.
    """
    archive, summary = open_archive(path), Summary(path.stem)
    try:
        Reading(archive, summary).meet_owner()
    finally:
        archive.close()
    return summary.account_id or "", summary.username


def preview(path: Path) -> Summary:
    """Return what an archive holds without storing anything.

    Raises:
        SourceError: it is no whole archive of X's.
    """
    archive, summary = open_archive(path), Summary(path.stem)
    try:
        for _chunk in Reading(archive, summary).chunks():
            pass
    finally:
        archive.close()
    return summary
