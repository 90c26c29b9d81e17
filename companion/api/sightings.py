"""POST /v1/sightings: parses what the page showed and records it in the ledger."""

from __future__ import annotations

import msgspec

from companion.api.context import ApiContext
from companion.api.presenters import join_notes, owner_of
from companion.api.resources import Resources, resource
from companion.api.schemas import PersonRef, SightingsRequest, ref_of
from companion.domain.sightings import Understanding
from companion.store import ingest, left_out
from companion.store.ledger.queries import directory

resources = Resources()


class SightingsResponse(msgspec.Struct):
    """What was new; the same batch sent again gives zeros."""

    people: int
    posts: int
    relations: int
    interactions: int
    problems: list[str]
    """What could not be parsed, in sentences."""
    changed: list[PersonRef]
    """People whose badge or card may have changed."""


@resource(resources, "/sightings", SightingsRequest, SightingsResponse)
def sightings(context: ApiContext, body: SightingsRequest) -> SightingsResponse:
    """Parse and record a batch; 422 if nothing in it can be parsed, and then nothing is stored."""
    # The parsers of X's JSON are a tenth of the code to load; the start does not wait for them.
    from companion.api.sightings_batch import understood_of

    owner = owner_of(context, body.viewer)
    left_out.note(context.settings.data, body.left_out, context.clock())
    response = SightingsResponse(0, 0, 0, 0, [], [])
    now = context.clock()
    understood, refused = understood_of(body, now)
    if refused and not understood:
        raise refused[0]
    response.problems += [error.message for error in refused]
    changed: dict[str, str | None] = {}
    for at, understanding in understood:
        changed |= _record(context, owner, understanding, at, response)
    response.changed = [ref_of(pid, handle) for pid, handle in changed.items()]
    if body.seen or body.readings:
        _remember(context, now, response)
    return response


def _record(
    context: ApiContext, owner: str, understanding: Understanding, at: int, response: SightingsResponse
) -> dict[str, str | None]:
    """Record one understanding in one transaction, add its counts to the response, return who changed."""
    response.problems += understanding.problems
    if understanding.viewer_id and owner.isdigit() and understanding.viewer_id != owner:
        response.problems.append("A page of another of your accounts came under this one; it was not recorded.")
        return {}
    from companion.practice import chats  # here: a start need not wait for the chats

    chats.mark(understanding, chats.all_chats(context.stores.notebook))
    done = ingest.take(context.stores.ledger, context.stores.notebook, owner, understanding, at)
    response.problems += done.problems
    join_notes(context, owner, understanding.people)
    response.people += done.people
    response.posts += done.posts
    response.relations += done.relations
    response.interactions += done.interactions
    badges = directory.by_pids(context.stores.ledger, owner, list(done.changed))
    return {pid: badges[pid].handle if pid in badges else None for pid in done.changed}


def _remember(context: ApiContext, now: int, response: SightingsResponse) -> None:
    """Store the counts of this batch for the status."""
    seen = context.seen
    seen.at, seen.people, seen.posts = now, response.people, response.posts
    seen.interactions, seen.problems = response.interactions, len(response.problems)
