"""Compacts a journal in a background thread: when it has grown large, or after a pause in writing."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from companion.errors import StoreError
from companion.store.journal.storage import JournalStorage

log = logging.getLogger(__name__)
REST_SECONDS = 0.0002
"""Pause between steps of a compaction; without it, each concurrent save waits 5 ms for the interpreter lock."""
FIRST_LOOK_SECONDS = 5.0
"""After the opening: what is called first reads every file, and the first answer would wait for the processor."""


@dataclass(frozen=True, slots=True)
class CompactionPolicy:
    """When the journal is compacted.

    Attributes:
        bytes: at this size, or a tenth of the plain file's if that is more, for all of that is written anew. 8 MiB
            are some 15,000 notes, replayed in well under a second at a start.
        idle_seconds: after this long without a write, so that the plain file soon holds everything.
    """

    bytes: int = 8 * 1024 * 1024
    idle_seconds: float = 10.0


class CompactionThread:
    """The compacting thread; it sleeps without a timer while there is nothing to compact."""

    def __init__(self, storage: JournalStorage, compaction: CompactionPolicy, after: Callable[[], object]) -> None:
        """Start the thread; it calls ``after`` some seconds later and after each compaction."""
        self._storage = storage
        self._policy = compaction
        self._after = after
        self._wake = threading.Condition()
        self._written_at: float | None = time.monotonic() if storage.journal_bytes else None
        self._bytes = storage.journal_bytes
        self._look_at: float | None = time.monotonic() + FIRST_LOOK_SECONDS
        self._ending = False
        storage.on_write = self._on_write
        self._thread = threading.Thread(target=self._run, name="notebook compaction", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop the thread and wait for its end; a running compaction is finished first."""
        with self._wake:
            self._ending = True
            self._wake.notify()
        self._thread.join()

    def _on_write(self, size: int) -> None:
        with self._wake:
            asleep, self._written_at, self._bytes = self._written_at is None, time.monotonic(), size
            if asleep or size >= self._most():
                self._wake.notify()

    def _most(self) -> int:
        """Return the size at which the journal is compacted at once."""
        return max(self._policy.bytes, self._storage.snapshot_size // 10)

    def _run(self) -> None:
        while (compacting := self._wait_until_due()) is not None:
            if compacting:
                self._attempt(lambda: self._storage.compact(pause=REST_SECONDS), self._after)
                with self._wake:
                    self._bytes = self._storage.journal_bytes
            else:
                self._attempt(self._after)

    def _attempt(self, *tasks: Callable[[], object]) -> None:
        try:
            for task in tasks:
                task()
        except (OSError, StoreError) as error:
            log.warning("The notebook's plain file could not be written (%s); it is tried again later.", error)

    def _wait_until_due(self) -> bool | None:
        """Sleep until a compaction (True) or the first look alone (False) is due; None when the thread is to end."""
        with self._wake:
            while not self._ending:
                now = time.monotonic()
                if self._written_at is not None and self._bytes >= self._most():
                    compact_at: float | None = now
                else:
                    compact_at = self._written_at and self._written_at + self._policy.idle_seconds
                if compact_at is not None and compact_at <= now:
                    self._written_at, self._bytes, self._look_at = None, 0, None
                    return True
                if self._look_at is not None and self._look_at <= now:
                    self._look_at = None
                    return False
                next_at = min((at for at in (compact_at, self._look_at) if at is not None), default=None)
                self._wake.wait(None if next_at is None else next_at - now)
            return None
