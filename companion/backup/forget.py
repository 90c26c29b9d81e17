"""Deletes a person, or old sightings, from both stores, and marks the existing backups for deletion."""

from __future__ import annotations

from companion.backup.history import mark_forgotten
from companion.backup.work import sweep
from companion.domain.dates import DAY
from companion.domain.handles import fold, is_id, stub
from companion.errors import RoleError
from companion.settings import Settings
from companion.store.import_runs import Imports
from companion.store.notebook.forgotten import hashed, new_act
from companion.stores import Stores


def forget_person(stores: Stores, settings: Settings, name: str, now: int) -> set[str]:
    """Delete everything about a person, for every account of the user's, and mark the backups if anything was deleted.

    A later import leaves the person out (see `companion.store.notebook.forgotten`).

    Args:
        stores: the open stores.
        settings: settings with the data folder, for the history of backups.
        name: ``@handle``, a handle or an id.
        now: epoch seconds.

    Returns:
        The keys under which something was deleted; empty if nothing was known.
    """
    return forget_keys(stores, settings, _keys_of(stores, name), now)


def forget_keys(stores: Stores, settings: Settings, keys: set[str], now: int) -> set[str]:
    """Delete everything stored under the keys of one person, as one act; see `forget_person`.

    Raises:
        RoleError: the notebook is shared, and the user is no owner there.
    """
    if not stores.notebook.shared.may_forget:
        raise RoleError(
            "Only an owner of the shared notebook can forget somebody, for all. Ask one, or leave it first."
        )
    deleted, act = set[str](), new_act()
    for pid in sorted(keys):
        had_documents, was_seen = stores.notebook.forget(pid, act), stores.ledger.forget(pid)
        if had_documents or was_seen:
            deleted.add(pid)
    if deleted:
        for pid in sorted(keys):
            stores.notebook.forgotten.mark(hashed(pid), act)
        mark_forgotten(settings, now)
        sweep(settings)
    return deleted


def _keys_of(stores: Stores, name: str) -> set[str]:
    """Return every key under which a person may be stored: the name's own, and what each account calls them."""
    ledger, keys = stores.ledger, {name if is_id(name) else stub(name)}
    for owner in ledger.owners():
        holder = ledger.find(owner, handle=fold(name))
        known = ledger.find(owner, id=name) if is_id(name) else None
        person = ledger.person(owner, known) if known else None
        keys |= {holder} if holder else set()
        if person and person.profile.handle:
            keys.add(stub(person.profile.handle))
    return keys


def forget_account(stores: Stores, settings: Settings, owner: str, now: int) -> bool:
    """Delete what was seen for one of the user's accounts, and what is kept apart for it; shared notes stay.

    Returns:
        Whether there was such an account.
    """
    apart, seen = stores.notebook.forget_part(owner), stores.ledger.forget_viewer(owner)
    if apart or seen:
        Imports(settings.imports_path).forget(owner)
        mark_forgotten(settings, now)
    return apart or seen


def forget_older(stores: Stores, settings: Settings, days: int, now: int) -> int:
    """Delete what was seen more than ``days`` ago, except people with notes; return the number of deleted rows."""
    count = stores.ledger.forget_older_than(now - days * DAY, stores.notebook.people())
    if count:
        mark_forgotten(settings, now)
    return count
