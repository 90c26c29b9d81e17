"""POST /v1/vet: the report on one person before following back; /v1/topics: the viewer's own topics."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import Meta

from companion.api.context import ApiContext
from companion.api.endpoint import resource
from companion.api.presenters import find, owner_of
from companion.api.schemas import PersonRef, Viewer, named
from companion.store.account import Account
from companion.vetting.look import network_inspectors
from companion.vetting.service import Vetted, vet_person
from companion.vetting.user_lists import MOST_TOPICS, set_topics, topics_of

blueprint = Blueprint("vet", __name__)
Topic = Annotated[str, Meta(max_length=200)]


class VetRequest(msgspec.Struct):
    """Whom to vet; ``look`` is the user's click, on which the link is opened and the photo looked at."""

    viewer: Viewer
    person: PersonRef
    look: bool = False


class TopicsRequest(msgspec.Struct):
    """The topics to keep; null only asks for them."""

    topics: Annotated[list[Topic], Meta(max_length=MOST_TOPICS)] | None = None


class TopicsResponse(msgspec.Struct):
    """The topics as they are kept."""

    topics: list[str]


@resource(blueprint, "/vet", VetRequest, Vetted)
def vet(context: ApiContext, ask: VetRequest) -> Vetted:
    """Return the report; on the page alone it is instant, with ``look`` it may take six seconds."""
    named(ask.person, "person")
    owner = owner_of(context, ask.viewer)
    account = Account(context.stores.notebook, context.stores.ledger, owner)
    pid = find(context, owner, ask.person)
    eyes = network_inspectors() if ask.look else None
    return vet_person(account, pid, ask.person.handle, context.clock(), context.settings.data, eyes)


@resource(blueprint, "/topics", TopicsRequest, TopicsResponse)
def topics(context: ApiContext, ask: TopicsRequest) -> TopicsResponse:
    """Return the topics that relevance is told by, after keeping new ones if any are given."""
    data = context.settings.data
    return TopicsResponse(list(topics_of(data) if ask.topics is None else set_topics(data, ask.topics)))
