"""Looks at a running database's files and mends what changed on the disk behind its back, from memory and copies."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from companion.store.files import content_of, replace_durably, set_aside
from companion.store.journal.checksum import State, check_file
from companion.store.journal.loader import Paths, unbroken
from companion.store.journal.storage import JournalStorage

EVERY_SECONDS = 3600.0
"""At most so often; the first look is at the start."""


class Inspector:
    """Inspects one database's files; its findings become sentences among the storage's ``repairs``."""

    def __init__(self, storage: JournalStorage, copies: Sequence[Path]) -> None:
        """Inspect a storage and ``copies`` of its snapshot that others made."""
        self._storage = storage
        self._copies = copies
        self._next = 0.0

    def inspect_now_and_then(self) -> None:
        """Inspect, unless that was done within the last hour."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + EVERY_SECONDS
            self.inspect()

    def inspect(self) -> None:
        """Compare every file with its checksums, and mend those that changed."""
        with self._storage.maintenance():
            paths = self._storage.paths
            changed = [] if is_intact(paths.snapshot) else [paths.snapshot]
            changed += [] if self._journal_is_intact(paths) else [paths.journal]
            for path in changed:
                set_aside(path)
            if changed:
                self._storage.compact(keep_previous=False)
                self._tell(f"{changed[0].name} changed on the disk and was written anew; nothing is missing.")
            self._storage.repairs.extend(self._mended_generation(paths))
            if not (paths.previous.exists() or paths.previous_journal.exists()) and paths.snapshot.exists():
                replace_durably(paths.previous, content_of(paths.snapshot))  # what is not in memory is in two files
            for path in self._copies:
                if not is_intact(path):
                    aside = set_aside(path, paths.snapshot.with_name(f"{paths.snapshot.name}.{path.name}"))
                    path.unlink()
                    self._tell(f"The copy {path.name} is damaged and lies now in {aside.name}; nothing is missing.")

    def _journal_is_intact(self, paths: Paths) -> bool:
        with self._storage.lock:
            return unbroken(paths.journal) == self._storage.journal_bytes

    def _mended_generation(self, paths: Paths) -> Iterator[str]:
        """Let the generation before be a copy of the present one where it is damaged."""
        for path, intact in (
            (paths.previous, is_intact(paths.previous)),
            (paths.previous_journal, unbroken(paths.previous_journal) is not None),
        ):
            if not intact:
                set_aside(path)
                replace_durably(paths.previous, content_of(paths.snapshot))
                paths.previous_journal.unlink(missing_ok=True)
                yield f"{path.name}, a copy, was damaged and was written anew; nothing is missing."
                return

    def _tell(self, words: str) -> None:
        self._storage.repairs.append(words)


def is_intact(path: Path) -> bool:
    """Return whether a snapshot is as it was written, as far as its bytes can tell; true where there is none."""
    try:
        return check_file(path) in (State.INTACT, State.REWRITTEN)
    except FileNotFoundError:
        return True
    except ValueError:
        return False
