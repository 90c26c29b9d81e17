"""Forgets a person, or what is old: gone from both stores at once, and from backups when the next one is made."""

from __future__ import annotations

from companion.backup.history import note_forgotten
from companion.backup.work import sweep
from companion.domain.dates import DAY
from companion.domain.handles import fold, is_id, stub
from companion.settings import Settings
from companion.stores import Stores


def forget_person(stores: Stores, settings: Settings, name: str, now: int) -> set[str]:
    """Delete everything about ``@handle``, a handle or an id, for every account of the user's.

    Returns:
        The keys under which something was deleted; empty if nothing was known.
    """
    ledger, keys = stores.ledger, {name if is_id(name) else stub(name)}
    for owner in ledger.owners():
        keys |= {found for found in (ledger.find(owner, handle=fold(name)),) if found}
        known = ledger.find(owner, id=name) if is_id(name) else None
        person = ledger.person(owner, known) if known else None
        if person and person.profile.handle:
            keys.add(stub(person.profile.handle))
    gone: set[str] = set()
    for pid in keys:
        written, seen = stores.notebook.forget(pid), ledger.forget(pid)
        gone |= {pid} if written or seen else set()
    if gone:
        note_forgotten(settings, now)
        sweep(settings)
    return gone


def forget_older(stores: Stores, settings: Settings, days: int, now: int) -> int:
    """Delete what was seen more than ``days`` ago; people whom the user wrote about stay. Return how many rows went."""
    count = stores.ledger.forget_older_than(now - days * DAY, stores.notebook.people())
    if count:
        note_forgotten(settings, now)
    return count
