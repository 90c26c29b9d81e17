"""Looks up people for the views, and gathers what their badges are assembled from."""

from __future__ import annotations

from companion.api.badge import badge_of, is_known
from companion.api.card_schemas import Badge
from companion.api.context import ApiContext
from companion.api.schemas import PersonRef, Viewer, check_named, key_of
from companion.domain.handles import fold, stub, without_at
from companion.domain.sightings import Person, Understanding
from companion.reciprocity.counters import Tally
from companion.reciprocity.judgement import glance
from companion.reciprocity.states import Glance
from companion.reciprocity.sums import Sums
from companion.store import ingest
from companion.store.ledger.rows import BadgeRow

NOTHING_SEEN = glance(Sums(), Tally(), 0)


def owner_of(context: ApiContext, viewer: Viewer) -> str:
    """Return the viewer's key in the ledger; sightings of the user's several accounts are never mixed."""
    check_named(viewer, "viewer")
    return context.stores.ledger.owner_for(viewer.id, viewer.handle, context.clock())


def find(context: ApiContext, owner: str, person: PersonRef) -> str:
    """Return a person's key for reading; for somebody never seen, the key they would get."""
    return context.stores.ledger.find(owner, person.id, person.handle) or key_of(person)


def meet(context: ApiContext, owner: str, person: PersonRef) -> str:
    """Return a person's key for writing; an unknown id is recorded, so that its handle's stub merges into it."""
    if person.id and person.handle:
        both = Person(person.id, without_at(person.handle), rich=False)
        if context.stores.ledger.find(owner, person.id) is None:
            ingest.take(
                context.stores.ledger, context.stores.notebook, owner, Understanding(people=[both]), context.clock()
            )
        join_notes(context, owner, [both])
    return find(context, owner, person)


def join_notes(context: ApiContext, owner: str, people: list[Person]) -> None:
    """Move notes stored under a handle's stub to the id that has this handle.

    The ledger reports merges of stubs that it knew; a note may be older than any sighting, or of another account.
    """
    notebook, ledger = context.stores.notebook, context.stores.ledger
    for person in people:
        if person.id and person.handle and notebook.knows(stub(person.handle)):
            holder = ledger.find(owner, None, person.handle)
            if holder == person.id:
                notebook.merge(stub(person.handle), person.id)


def badges_of(context: ApiContext, owner: str, handles: list[str]) -> dict[str, Badge | None]:
    """Return a badge for each handle, None for strangers."""
    keys = [fold(handle) for handle in handles]
    rows = context.stores.ledger.badges_by_key(owner, keys)
    summary, now = context.stores.notebook.summary, context.clock()
    badges: dict[str, Badge | None] = {}
    for key, handle in zip(keys, handles, strict=True):
        row = rows.get(key)
        if row is None:
            pid, score = f"@{key}", NOTHING_SEEN
        else:
            pid, score = row.pid, glance(row.sums, row.tally, now)
        written = summary(pid, owner)
        badges[key] = badge_of(pid, handle, row, score, written) if is_known(row, written) else None
    return badges


def badge_of_row(context: ApiContext, owner: str, row: BadgeRow) -> Badge:
    """Return the badge of a ledger row, known or not."""
    written = context.stores.notebook.summary(row.pid, owner)
    return badge_of(row.pid, row.handle or "", row, glanced(row, context.clock()), written)


def badge_of_pid(context: ApiContext, owner: str, pid: str, handle: str | None = None) -> Badge:
    """Return the badge of a person by key; it is nearly empty for somebody only written about."""
    row = context.stores.ledger.badge(owner, pid)
    shown = handle or pid.removeprefix("@")
    return badge_of(pid, shown, row, glanced(row, context.clock()), context.stores.notebook.summary(pid, owner))


def glanced(row: BadgeRow | None, now: int) -> Glance:
    """Return score and state alone, which is cheaper: a request asks for forty."""
    return glance(row.sums, row.tally, now) if row else NOTHING_SEEN
