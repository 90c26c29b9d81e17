"""Opens the stores for a command that writes; refuses while a companion has them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from companion.domain.handles import without_at
from companion.settings import Settings
from companion.store.ingest import carry_over
from companion.store.lock import hold
from companion.stores import Stores


@contextmanager
def opened(settings: Settings) -> Iterator[Stores]:
    """Hold the data folder and its stores while the block runs.

    Raises:
        LockedError: a companion has them; the sentence says which, and to stop it first.
    """
    with hold(settings.lock_path):
        stores = Stores.open(settings)
        try:
            carry_over(stores.ledger, stores.notebook)
            yield stores
        finally:
            stores.close()


def viewer_of(stores: Stores, named: str | None) -> str:
    """Return the account that a command is about: the one that was named, else the one last active; "" if none is."""
    if named is None:
        return next(iter(stores.ledger.owners()), "")
    handle = without_at(named)
    known = [owner for owner in stores.ledger.owners() if owner == named]
    return known[0] if known else stores.ledger.owner_for(None, handle)
