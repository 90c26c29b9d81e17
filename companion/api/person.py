"""POST /v1/person: everything that the card under a profile shows."""

from __future__ import annotations

import msgspec
from flask import Blueprint

from companion.api.card_schemas import Card
from companion.api.context import ApiContext
from companion.api.endpoint import resource
from companion.api.presenters import card_of
from companion.api.schemas import PersonRef, Viewer, named

blueprint = Blueprint("person", __name__)


class PersonRequest(msgspec.Struct):
    """Who is looking, and at whom."""

    viewer: Viewer
    person: PersonRef


@resource(blueprint, "/person", PersonRequest, Card)
def person(context: ApiContext, ask: PersonRequest) -> Card:
    """Return the card of one person; somebody never seen gets an empty one."""
    named(ask.person, "person")
    return card_of(context, ask.viewer, ask.person)
