"""Compacts a journal in the background: when it has grown large, or when nobody has written for a while."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from companion.store.journal.storage import JournalStorage

log = logging.getLogger(__name__)
REST_SECONDS = 0.0002
"""Without a rest, a save beside a compaction waits 5 ms for the interpreter each time it comes back from the disk."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """When the journal is compacted.

    Attributes:
        bytes: as soon as it is this long. 8 MiB are some 15,000 notes, replayed in well under a second at a start.
        idle_seconds: when nothing was written for so long, so that the plain file soon holds everything.
    """

    bytes: int = 8 * 1024 * 1024
    idle_seconds: float = 10.0


class Keeper:
    """The thread that does it; asleep, without a timer, while there is nothing to compact."""

    def __init__(self, storage: JournalStorage, upkeep: Upkeep, after: Callable[[], object]) -> None:
        """Watch a storage; ``after`` is called in the thread, at once and when a compaction is done."""
        self._storage = storage
        self._upkeep = upkeep
        self._after = after
        self._wake = threading.Condition()
        self._written_at: float | None = time.monotonic() if storage.journal_bytes else None
        self._bytes = storage.journal_bytes
        self._ending = False
        storage.wrote = self._wrote
        self._thread = threading.Thread(target=self._run, name="notebook upkeep", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop the thread and wait until it has ended; a compaction under way is finished first."""
        with self._wake:
            self._ending = True
            self._wake.notify()
        self._thread.join()

    def _wrote(self, size: int) -> None:
        with self._wake:
            asleep, self._written_at, self._bytes = self._written_at is None, time.monotonic(), size
            if asleep or size >= self._upkeep.bytes:
                self._wake.notify()

    def _run(self) -> None:
        self._attempt(self._after)
        while self._wait_until_due():
            self._attempt(lambda: self._storage.compact(pause=REST_SECONDS), self._after)

    def _attempt(self, *tasks: Callable[[], object]) -> None:
        try:
            for task in tasks:
                task()
        except OSError as error:
            log.warning("The notebook's plain file could not be written (%s); it is tried again later.", error)

    def _wait_until_due(self) -> bool:
        """Sleep until a compaction is due; false when the thread shall end."""
        with self._wake:
            while not self._ending:
                if self._written_at is None:
                    self._wake.wait()
                    continue
                left = self._written_at + self._upkeep.idle_seconds - time.monotonic()
                if left <= 0 or self._bytes >= self._upkeep.bytes:
                    self._written_at, self._bytes = None, 0
                    return True
                self._wake.wait(left)
            return False
