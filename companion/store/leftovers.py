"""Puts a data folder in order at a start: ends a restore that was cut off, sweeps what a kill left, corrects modes."""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from companion.settings import Settings
from companion.store.files import NEW, sync_folder
from companion.store.journal.loader import Paths

READY = ".restore-ready"
"""A folder with a restore's files, all checked: from its renaming to this on, the restore is as good as done."""
NO_LEDGER = "no-ledger"
"""Stands in that folder for a backup that has none."""
UNFINISHED = ".restoring-*"
_FRESH = re.compile(r"\..+\.[0-9a-f]{8}")
"""A file of `write_private` that did not take its place."""
OWN = (
    "notes.json*", "ledger.db*", "clients.json*", "pairing.json*", "imports.json*", "backups.json*", "*.lock",
    "page_health.json*", "left_out.json*", "time_spent.json*", "share.json*", "calendar-feed*", "dashboard-name*",
    "log", "snapshots", "links", "uploads", "backups", "before-restore-*", "sample", "sample.unfinished",
)  # fmt: skip
"""What Mutuals itself puts into a data folder; whatever else somebody keeps there is not touched."""


def put_in_order(settings: Settings) -> None:
    """Put a data folder in order; this process holds it locked and no store is open."""
    if not settings.data.is_dir():
        return
    finish_restore(settings)
    for folder in settings.data.glob(UNFINISHED):
        shutil.rmtree(folder)
    for path in _unfinished(settings.data):
        path.unlink(missing_ok=True)
    if os.name != "nt":
        correct_modes(settings.data)


def finish_restore(settings: Settings) -> None:
    """Move the files of a ready restore into their places; after a kill it goes on where it was.

    What could be read on top of a file goes first; each file is replaced at once.
    """
    ready = settings.data / READY
    if not ready.is_dir():
        return
    notes, ledger = ready / settings.notebook_path.name, ready / settings.ledger_path.name
    if notes.exists():
        for path in journal_files(settings):
            path.unlink(missing_ok=True)
        notes.replace(settings.notebook_path)
    if ledger.exists() or (ready / NO_LEDGER).exists():
        for path in ledger_logs(settings):
            path.unlink(missing_ok=True)
        settings.ledger_path.unlink(missing_ok=True)
    if ledger.exists():
        ledger.replace(settings.ledger_path)
    sync_folder(settings.data)
    shutil.rmtree(ready)


def journal_files(settings: Settings) -> list[Path]:
    """Return what the notebook reads beside its snapshot."""
    paths = Paths(settings.notebook_path)
    return [paths.journal, paths.journal_copy, paths.previous, paths.previous_journal]


def ledger_logs(settings: Settings) -> list[Path]:
    """Return what is read beside the ledger."""
    return [settings.ledger_path.with_name(settings.ledger_path.name + ending) for ending in ("-wal", "-shm", ".sums")]


def _unfinished(data: Path) -> Iterator[Path]:
    yield from (path for folder in (data, data / "snapshots", data / "links") for path in folder.glob(f"*{NEW}"))
    yield from (path for folder in (data, data / "links") for path in folder.glob(".*") if _FRESH.fullmatch(path.name))
    for pattern in ("ledger.db.copy*", "ledger.db.*.part*"):
        yield from data.glob(pattern)


def correct_modes(data: Path) -> None:
    """Let only the owner read what Mutuals keeps; what belongs to another user stays as it is."""
    mine = [path for pattern in OWN for path in data.glob(pattern)]
    if mine and data != Path.home():
        _close(data)
    for path in mine:
        _close(path)
        for folder, folders, files in os.walk(path):
            for name in (*folders, *files):
                _close(Path(folder) / name)


def _close(path: Path) -> None:
    try:
        status = path.lstat()
    except FileNotFoundError:
        return  # another command's file that was there for a moment
    wanted = 0o700 if stat.S_ISDIR(status.st_mode) else 0o600
    ours = status.st_uid == os.geteuid() and not stat.S_ISLNK(status.st_mode)
    if ours and stat.S_IMODE(status.st_mode) != wanted:
        with suppress(FileNotFoundError):
            path.chmod(wanted)
