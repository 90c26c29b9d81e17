"""Copies of the notebook's file: one a day, of which the last seven stay, and one before every migration."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from pathlib import Path

from companion.errors import StoreError
from companion.store.documents import Tables
from companion.store.files import content_of, private_folder, replace_durably, replace_file, sync_folder, write_new
from companion.store.journal.checksum import State
from companion.store.journal.lines import Change, apply
from companion.store.journal.loader import read_tables
from companion.store.journal.snapshot_form import snapshot_bytes
from companion.store.journal.stored_rows import Stored
from companion.store.journal.stored_tables import frozen

DAY = re.compile(r"-\d{4}-\d\d-\d\d$")


class Snapshots:
    """The copies of one plain TinyDB file, in one folder; stock ``TinyDB(path)`` opens every copy too."""

    def __init__(self, original: Path, keep: int) -> None:
        """Manage the copies of ``original`` in the folder ``snapshots`` beside it; ``keep`` daily ones stay."""
        self.original = original
        self.folder = original.parent / "snapshots"
        self._keep = keep
        self._busy = threading.Lock()  # so that a scrub misses no copy that is made meanwhile

    def all(self) -> list[Path]:
        """Return every copy, newest first."""
        copies = self.folder.glob(f"{self.original.stem}-*{self.original.suffix}")
        return sorted(copies, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)

    def daily(self) -> list[Path]:
        """Return the daily copies, newest first."""
        return sorted((path for path in self.all() if DAY.search(path.stem)), reverse=True)

    def keep_day(self, now: float) -> Path | None:
        """Make today's copy (UTC) if there is none yet, and delete the oldest beyond the number that stay."""
        path = self._named(time.strftime("%Y-%m-%d", time.gmtime(now)))
        with self._busy:
            if path.exists() or not self.original.exists():
                return None
            self._copy_to(path)
            for old in self.daily()[self._keep :]:
                old.unlink()
        return path

    def keep_before_migration(self, schema: int) -> Path:
        """Make a copy before the data is migrated from schema number ``schema``; an existing one stays."""
        path = self._named(f"schema-{schema}")
        with self._busy:
            if not path.exists():
                self._copy_to(path)
        return path

    def scrub(self, pid: str, erasures: Callable[[Tables], list[Change]], stored_in: Callable[[Path], Stored]) -> None:
        """Remove a person from every copy.

        Damaged copies, and damaged files in which the person occurs, are deleted.

        Args:
            pid: the person, as a damaged file would name them.
            erasures: returns the changes that remove them from a copy's tables.
            stored_in: returns what leaves the rows of a copy's large tables in it, see `JournalStorage.stored_in`.

        Raises:
            StoreError: a copy could not be replaced, and may hold the person still.
        """
        try:
            with self._busy:
                for path in self.all():
                    self._scrub(path, erasures, stored_in(path))
                for damaged in self.original.parent.glob(f"{self.original.name}*.damaged-*"):
                    if pid.encode() in damaged.read_bytes():
                        damaged.unlink()
        except OSError as error:
            raise StoreError(
                f"A copy of the notebook could not be written anew ({error.strerror}) and may hold the person still. "
                "Make room on the disk, then forget them again."
            ) from error

    def _scrub(self, path: Path, erasures: Callable[[Tables], list[Change]], stored: Stored) -> None:
        try:
            tables, state = read_tables(path, stored)
        except ValueError:
            tables, state = {}, State.DAMAGED
        if state is State.DAMAGED:  # written anew it would pass for whole
            path.unlink()
            return
        try:
            changes = erasures(tables)
            for change in changes:
                apply(tables, change)
            new = write_new(path, snapshot_bytes(frozen(tables, stored))) if changes else None
        finally:
            stored.file.release(for_good=True)
        if new is not None:
            replace_file(new, path)
            sync_folder(path.parent)

    def _named(self, name: str) -> Path:
        return self.folder / f"{self.original.stem}-{name}{self.original.suffix}"

    def _copy_to(self, path: Path) -> None:
        private_folder(self.folder)
        replace_durably(path, content_of(self.original))
