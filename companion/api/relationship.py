"""POST /v1/relationship: who answers, who starts, how, and how far it came; asked for when the card is opened up."""

from __future__ import annotations

import msgspec
from flask import Blueprint

from companion.api.context import ApiContext
from companion.api.endpoint import resource
from companion.api.presenters import find, owner_of
from companion.api.schemas import PersonRef, Viewer, named
from companion.reciprocity.relationship import Rate, relationship_of
from companion.vetting.topics import relevant

blueprint = Blueprint("relationship", __name__)
COUNTED = 2000
"""Latest interactions from which it is counted."""


class RelationshipRequest(msgspec.Struct):
    """Who is looking, and at whom."""

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


class RelationshipResponse(msgspec.Struct):
    """Everything about one relation that is counted from its interactions."""

    they_answer: RateView
    """Your turns that they answered within two weeks."""
    you_answer: RateView
    you_start: RateView
    """Conversations that you opened, of all."""
    active: RateView
    """Of your own acts towards them, those that were words rather than likes, reposts and follows."""
    marks: list[str]
    """chat_only, likes_only."""
    stages: list[StageView]


@resource(blueprint, "/relationship", RelationshipRequest, RelationshipResponse)
def relationship(context: ApiContext, ask: RelationshipRequest) -> RelationshipResponse:
    """Return the counted facts of one relation; for somebody never seen all of them are nought of nought."""
    named(ask.person, "person")
    owner = owner_of(context, ask.viewer)
    pid, ledger = find(context, owner, ask.person), context.stores.ledger
    known = ledger.person(owner, pid)
    shares = relevant(ledger, owner, pid, context.settings.data)
    acts = ledger.interactions(owner, pid, COUNTED)
    found = relationship_of(acts, context.clock(), relevant=shares, seen_at=known.first_seen if known else None)
    return RelationshipResponse(
        they_answer=_rate(found.they_answer),
        you_answer=_rate(found.you_answer),
        you_start=_rate(found.you_start),
        active=_rate(found.active),
        marks=list(found.marks),
        stages=[StageView(step.name, step.reached, step.at) for step in found.stages],
    )


def _rate(rate: Rate) -> RateView:
    return RateView(rate.count, rate.of, rate.share)
