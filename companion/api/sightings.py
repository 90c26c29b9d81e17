"""POST /v1/sightings: what the page showed, as it was received; understood and recorded here."""

from __future__ import annotations

import msgspec
from flask import Blueprint

from companion.api.context import ApiContext
from companion.api.endpoint import resource
from companion.api.presenters import join_notes, owner_of
from companion.api.schemas import PersonRef, SightingsRequest, ref_of
from companion.domain.sightings import Understanding
from companion.store import ingest

blueprint = Blueprint("sightings", __name__)


class SightingsResponse(msgspec.Struct):
    """What was new in it; the same batch sent again gives zeros."""

    people: int
    posts: int
    relations: int
    interactions: int
    problems: list[str]
    """What could not be understood, in sentences."""
    changed: list[PersonRef]
    """People whose badge or card may look different now."""


@resource(blueprint, "/sightings", SightingsRequest, SightingsResponse)
def sightings(context: ApiContext, ask: SightingsRequest) -> SightingsResponse:
    """Understand and record a batch; 422 when nothing in it could be understood, and then nothing is stored."""
    # What reads X's JSON is a tenth of all there is to load; a start does not wait for it.
    from companion.api.sightings_batch import understood_of

    owner = owner_of(context, ask.viewer)
    answer = SightingsResponse(0, 0, 0, 0, [], [])
    now = context.clock()
    understood, refused = understood_of(ask, now)
    if refused and not understood:
        raise refused[0]
    answer.problems += [error.message for error in refused]
    changed: dict[str, str | None] = {}
    for at, told in understood:
        changed |= _record(context, owner, told, at, answer)
    answer.changed = [ref_of(pid, handle) for pid, handle in changed.items()]
    _remember(context, now, answer)
    return answer


def _record(
    context: ApiContext, owner: str, told: Understanding, at: int, answer: SightingsResponse
) -> dict[str, str | None]:
    """Record one understanding in one transaction, add what was new to the answer, and return who changed."""
    answer.problems += told.problems
    if told.viewer_id and owner.isdigit() and told.viewer_id != owner:
        answer.problems.append("A page of another of your accounts came under this one; it was not recorded.")
        return {}
    done = ingest.take(context.stores.ledger, context.stores.notebook, owner, told, at)
    join_notes(context, owner, told.people)
    answer.people += done.people
    answer.posts += done.posts
    answer.relations += done.relations
    answer.interactions += done.interactions
    handles = {person.id: person.handle for person in told.people if person.id}
    return {pid: handles.get(pid) for pid in done.changed}


def _remember(context: ApiContext, now: int, answer: SightingsResponse) -> None:
    """Keep for the status what this batch brought."""
    seen = context.seen
    seen.at, seen.people, seen.posts = now, answer.people, answer.posts
    seen.interactions, seen.problems = answer.interactions, len(answer.problems)
