"""Opens the stores for a command that writes; fails while a companion has them open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from companion.cli.open_stores import OPEN
from companion.domain.handles import without_at
from companion.errors import LockedError
from companion.settings import Settings
from companion.store.ingest import carry_over
from companion.store.lock import acquire_lock
from companion.stores import Stores


@contextmanager
def opened(settings: Settings) -> Iterator[Stores]:
    """Lock the data folder and open its stores while the block runs.

    Raises:
        LockedError: a companion has them open.
    """
    running = OPEN.get()
    if running is not None:
        yield running[1]
        return
    with locked(settings):
        stores = Stores.open(settings)
        try:
            carry_over(stores.ledger, stores.notebook)
            yield stores
        finally:
            stores.close()


@contextmanager
def locked(settings: Settings) -> Iterator[None]:
    """Hold the data folder's lock; raises ``LockedError`` with the folder, for `companion.cli.main`, if it is held."""
    try:
        lock = acquire_lock(settings.lock_path)
    except LockedError as error:
        error.details["data"] = str(settings.data)
        raise
    with lock:
        yield


def viewer_of(stores: Stores, named: str | None) -> str:
    """Return the account that a command works for: the named one, else the one last active, "" if there is none."""
    if named is None:
        return next(iter(stores.ledger.owners()), "")
    handle = without_at(named)
    owners = [owner for owner in stores.ledger.owners() if owner == named]
    return owners[0] if owners else stores.ledger.owner_for(None, handle)
