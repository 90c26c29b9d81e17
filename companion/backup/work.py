"""Where a backup is put together: a private folder inside the data folder, swept when an earlier one was killed.

Nothing readable ever lies in the target folder but the finished file: it is written there under a private name.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from companion.backup.history import read_history, write_history
from companion.errors import LockedError
from companion.settings import Settings
from companion.store.lock import acquire_lock

WORK = ".backing-up"
LOCK = "backup.lock"
OLD_WORK = ".mutuals-*"
"""Folders of plain copies that earlier versions left in the target when they were killed."""


def unfinished_in(settings: Settings, folder: Path) -> Path:
    """Return where this data folder's next backup is written in a target folder, until it has its name."""
    whose = hashlib.sha256(str(settings.data.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return folder / f".mutuals-{whose}.part"


@contextmanager
def work_folder(settings: Settings, folder: Path) -> Iterator[Path]:
    """Give a folder to work in, empty and private; it goes away whatever happens, after a kill at the next occasion.

    Raises:
        LockedError: another backup of this data folder is under way.
    """
    try:
        held = acquire_lock(settings.data / LOCK)
    except LockedError as error:
        raise LockedError("Another backup of this data folder is under way. Wait until it has ended.") from error
    with held:
        _remember(settings, folder)
        _sweep(settings)
        work = settings.data / WORK
        work.mkdir(mode=0o700)
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)
            unfinished_in(settings, folder).unlink(missing_ok=True)


def sweep(settings: Settings) -> None:
    """Remove what killed backups left, unless one is under way."""
    if not settings.data.is_dir():
        return
    try:
        with acquire_lock(settings.data / LOCK):
            _sweep(settings)
    except LockedError:
        return


def _remember(settings: Settings, folder: Path) -> None:
    """Write down where something is about to be written, so that it is swept there whatever happens."""
    history = read_history(settings)
    if str(folder.absolute()) not in history.folders:
        history.folders = sorted({*history.folders, str(folder.absolute())})
        write_history(settings, history)


def _sweep(settings: Settings) -> None:
    shutil.rmtree(settings.data / WORK, ignore_errors=True)
    for folder in map(Path, read_history(settings).folders):
        unfinished_in(settings, folder).unlink(missing_ok=True)
        for left in folder.glob(OLD_WORK):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
