"""The sample's own data folder inside the user's: makes it, opens it, and deletes it with everything in it.

Nothing of it is ever in the user's own notebook or ledger, so no export, backup, shared notebook, count or suggestion
can hold it, and wiping it is deleting a folder.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock

from companion.errors import StoreError
from companion.sample.fill import fill
from companion.settings import Settings
from companion.store.files import private_folder, replace_file
from companion.stores import Stores

FOLDER, UNFINISHED = "sample", "sample.unfinished"
"""The second is a sample that is being made or deleted; one that a kill left goes with the next."""
_LOCK = Lock()
_open: dict[Path, Stores] = {}
"""The samples that this process has open, by folder; one process has a data folder at a time (its lock)."""


def settings_of_sample(settings: Settings) -> Settings:
    """Return the settings of the sample of a data folder."""
    return replace(settings, data=settings.data / FOLDER)


def is_loaded(settings: Settings) -> bool:
    """Return whether there is a sample."""
    return (settings.data / FOLDER).is_dir()


def load(settings: Settings, now: int) -> None:
    """Make the sample as of ``now``; one that is there stays as it is. The caller holds the data folder's lock.

    Raises:
        StoreError: the disk does not take it; nothing is left of it.
    """
    with _LOCK:
        if is_loaded(settings):
            return
        work = settings.data / UNFINISHED
        _delete(work)
        private_folder(work)
        try:
            stores = Stores.open(replace(settings, data=work))
            try:
                fill(stores.notebook, stores.ledger, now)
            finally:
                stores.close()
            replace_file(work, settings.data / FOLDER)
        except BaseException:
            _delete(work)
            raise


def wipe(settings: Settings) -> bool:
    """Delete the sample and whatever was done in it; return whether there was one. The caller holds the lock.

    Raises:
        OSError: the folder cannot be deleted.
    """
    with _LOCK:
        return _wipe(settings)


def open_sample(settings: Settings, stores: Stores) -> Stores | None:
    """Return the stores of the sample, None if there is none; ``stores``, the user's own, close them when they close.

    Who may enter and which browsers are paired is the user's own. A sample that cannot be read is wiped.
    """
    folder = settings.data / FOLDER
    with _LOCK:
        if folder not in _open and is_loaded(settings):
            try:
                _open[folder] = _opened(settings, stores)
            except StoreError:
                _wipe(settings)
        return _open.get(folder)


def _opened(settings: Settings, stores: Stores) -> Stores:
    stores.before_closing.append(lambda: _close(settings))
    opened = Stores.open(settings_of_sample(settings))
    return replace(opened, clients=stores.clients, pairing=stores.pairing, sessions=stores.sessions)


def _close(settings: Settings) -> None:
    opened = _open.pop(settings.data / FOLDER, None)
    if opened is not None:
        opened.close()


def _wipe(settings: Settings) -> bool:
    work, there = settings.data / UNFINISHED, is_loaded(settings)
    with suppress(StoreError):  # what could not be written is deleted anyway
        _close(settings)
    _delete(work)
    if there:
        replace_file(settings.data / FOLDER, work)
        _delete(work)
    return there


def _delete(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
