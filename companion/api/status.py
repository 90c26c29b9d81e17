"""POST /v1/status: how much is stored, the last acknowledged write and the latest sightings."""

from __future__ import annotations

import msgspec

from companion import API_VERSION, __version__
from companion.api.context import ApiContext
from companion.api.resources import Resources, resource
from companion.api.schemas import EmptyRequest
from companion.backup.history import backup_words

resources = Resources()
COUNT_SECONDS = 60
MANY = 100_000
"""Up to this number, counting takes only milliseconds and is repeated each time."""


class SeenView(msgspec.Struct):
    """The latest sightings since the companion started: when, and what was new in them."""

    at: int | None
    people: int
    posts: int
    interactions: int
    problems: int


class StatusResponse(msgspec.Struct):
    """Times are epoch seconds UTC; null means never."""

    instance: str
    version: str
    api: int
    now: int
    people: int
    notes: int
    last_write_at: int | None
    seen: SeenView
    warnings: list[str]
    """Sentences for the user: what was recovered at start, for example."""


@resource(resources, "/status", EmptyRequest, StatusResponse)
def status(context: ApiContext, body: EmptyRequest) -> StatusResponse:
    """Return how much is stored, when the last write was and when something was last seen."""
    notebook, seen = context.stores.notebook, context.seen
    return StatusResponse(
        instance=notebook.instance,
        version=__version__,
        api=API_VERSION,
        now=context.clock(),
        people=_people(context),
        notes=notebook.note_count(),
        last_write_at=notebook.last_write_at,
        seen=SeenView(seen.at, seen.people, seen.posts, seen.interactions, seen.problems),
        warnings=[*context.stores.warnings, *backup_words(context.settings, context.clock())],
    )


def _people(context: ApiContext) -> int:
    """Return how many people were seen; from `MANY` on, the count may be a minute old."""
    counted, now = context.people_count, context.clock()
    if counted.at is None or counted.people < MANY or not counted.at <= now < counted.at + COUNT_SECONDS:
        ledger = context.stores.ledger
        counted.people, counted.at = sum(ledger.count_people(owner) for owner in ledger.owners()), now
    return counted.people
