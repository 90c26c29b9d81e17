"""POST /v1/relationship: rates of answers and openings, and the stages reached, for the opened card."""

from __future__ import annotations

import msgspec

from companion.api.context import ApiContext
from companion.api.presenters import find, owner_of
from companion.api.resources import Resources, resource
from companion.api.schemas import PersonRef, Viewer, check_named
from companion.machine_zone import machine_day
from companion.reciprocity.relationship import Rate, relationship_of
from companion.store.account import Account
from companion.store.ledger.queries import talks
from companion.vetting.topics import relevant

resources = Resources()
COUNTED = 2000
"""Latest interactions that are counted."""


class RelationshipRequest(msgspec.Struct):
    """The viewer, and the person."""

    viewer: Viewer
    person: PersonRef


class RateView(msgspec.Struct):
    """``count`` of ``of``; ``share`` (0 to 1) is null where ``of`` is too small to mean anything."""

    count: int
    of: int
    share: float | None


class StageView(msgspec.Struct):
    """One stage: seen, relevant, talked, regular or off_x; not every stage has a date."""

    name: str
    reached: bool | None
    """Null is unknown, never no: relevance where no topics are set."""
    at: int | None


class PlaceView(msgspec.Struct):
    """How much of the talk was seen in one place."""

    name: str
    """chats, lists, notifications, home, posts, profiles, off_x, archive or other."""
    count: int


class RelationshipResponse(msgspec.Struct):
    """What is counted from the interactions with one person."""

    they_answer: RateView
    """Of your turns, those that they answered within two weeks."""
    you_answer: RateView
    you_start: RateView
    """Of all conversations, those that you opened."""
    active: RateView
    """Of your own acts towards them, those that were words rather than likes, reposts and follows."""
    marks: list[str]
    """``chat_only``, ``likes_only``."""
    stages: list[StageView]
    places: list[PlaceView]
    """Where the two talked, the most first; together all of the talk that is counted."""


@resource(resources, "/relationship", RelationshipRequest, RelationshipResponse)
def relationship(context: ApiContext, body: RelationshipRequest) -> RelationshipResponse:
    """Return the counts of one relationship; for somebody never seen each is 0 of 0."""
    check_named(body.person, "person")
    owner = owner_of(context, body.viewer)
    pid, ledger = find(context, owner, body.person), context.stores.ledger
    known = ledger.person(owner, pid)
    shares = relevant(Account(context.stores.notebook, ledger, owner), pid, context.settings.data)
    acts = ledger.interactions(owner, pid, COUNTED)
    counts = relationship_of(
        acts,
        context.clock(),
        relevant=shares,
        seen_at=known.first_seen if known else None,
        inbound_since=ledger.coverage(owner),
        day_of=machine_day,
    )
    return RelationshipResponse(
        they_answer=_rate(counts.they_answer),
        you_answer=_rate(counts.you_answer),
        you_start=_rate(counts.you_start),
        active=_rate(counts.active),
        marks=list(counts.marks),
        stages=[StageView(step.name, step.reached, step.at) for step in counts.stages],
        places=[PlaceView(name, count) for name, count in talks.places_of(ledger, owner, acts)],
    )


def _rate(rate: Rate) -> RateView:
    return RateView(rate.count, rate.of, rate.share)
