"""POST /v1/vet: the report on one person before following back; /v1/topics: the viewer's own topics."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from companion.api.context import ApiContext
from companion.api.presenters import find, owner_of
from companion.api.resources import Resources, resource
from companion.api.schemas import PersonRef, Viewer, check_named
from companion.domain import limits
from companion.vetting.look import network_inspectors
from companion.vetting.service import Vetted, vet_person
from companion.vetting.spoken import spoken_report
from companion.vetting.user_lists import set_topics, topics_of

resources = Resources()
Topic = Annotated[str, Meta(max_length=200)]


class VetRequest(msgspec.Struct):
    """Whom to vet; ``look``, sent on the user's click only, also opens the link and examines the photo."""

    viewer: Viewer
    person: PersonRef
    look: bool = False


class TopicsRequest(msgspec.Struct):
    """The topics to store; null only reads them."""

    topics: Annotated[list[Topic], Meta(max_length=limits.TOPICS)] | None = None


class TopicsResponse(msgspec.Struct):
    """The stored topics."""

    topics: list[str]


@resource(resources, "/vet", VetRequest, Vetted)
def vet(context: ApiContext, body: VetRequest) -> Vetted:
    """Return the report: at once from what was seen, within about six seconds with ``look``."""
    check_named(body.person, "person")
    owner = owner_of(context, body.viewer)
    account = context.account(owner)
    pid = find(context, owner, body.person)
    eyes = network_inspectors() if body.look else None
    report = vet_person(account, pid, body.person.handle, context.clock(), context.settings.data, eyes)
    return spoken_report(report, context.spoken())


@resource(resources, "/topics", TopicsRequest, TopicsResponse)
def topics(context: ApiContext, body: TopicsRequest) -> TopicsResponse:
    """Return the viewer's topics, after storing new ones if any are given."""
    data = context.settings.data
    return TopicsResponse(list(topics_of(data) if body.topics is None else set_topics(data, body.topics)))
