"""Copies of the notebook's file: one a day, of which the last seven stay, and one before every migration."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from pathlib import Path

from companion.errors import StoreError
from companion.store.documents import Tables, decode_tables
from companion.store.files import content_of, private_folder, replace_durably
from companion.store.journal.checksum import State, check
from companion.store.journal.lines import Change, apply
from companion.store.journal.snapshot_form import snapshot_bytes

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

    def scrub(self, pid: str, erasures: Callable[[Tables], list[Change]]) -> None:
        """Remove a person from every copy, by the changes that ``erasures`` returns for its tables.

        Damaged copies, and damaged files in which the person occurs, are deleted.

        Raises:
            StoreError: a copy could not be replaced, and may hold the person still.
        """
        try:
            with self._busy:
                for path in self.all():
                    self._scrub(path, erasures)
                for damaged in self.original.parent.glob(f"{self.original.name}*.damaged-*"):
                    if pid.encode() in damaged.read_bytes():
                        damaged.unlink()
        except OSError as error:
            raise StoreError(
                f"A copy of the notebook could not be written anew ({error.strerror}) and may hold the person still. "
                "Make room on the disk, then forget them again."
            ) from error

    def _scrub(self, path: Path, erasures: Callable[[Tables], list[Change]]) -> None:
        data = path.read_bytes()
        try:
            tables, state = decode_tables(data), check(data)
        except ValueError:
            tables, state = {}, State.DAMAGED
        if state is State.DAMAGED:  # written anew it would pass for whole
            path.unlink()
            return
        changes = erasures(tables)
        for change in changes:
            apply(tables, change)
        if changes:
            replace_durably(path, snapshot_bytes({name: list(rows.items()) for name, rows in tables.items()}))

    def _named(self, name: str) -> Path:
        return self.folder / f"{self.original.stem}-{name}{self.original.suffix}"

    def _copy_to(self, path: Path) -> None:
        private_folder(self.folder)
        replace_durably(path, content_of(self.original))
