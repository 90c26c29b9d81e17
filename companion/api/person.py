"""POST /v1/person: everything that the card under a profile shows."""

from __future__ import annotations

import msgspec
from flask import Blueprint

from companion.api.card_schemas import Card
from companion.api.context import Desk
from companion.api.endpoint import noun
from companion.api.presenters import card_of
from companion.api.schemas import PersonRef, Viewer, named

blueprint = Blueprint("person", __name__)


class PersonAsk(msgspec.Struct):
    """Who is looking, and at whom."""

    viewer: Viewer
    person: PersonRef


@noun(blueprint, "/person", PersonAsk, Card)
def person(desk: Desk, ask: PersonAsk) -> Card:
    """Return the card of one person; somebody never seen gets an empty one."""
    named(ask.person, "person")
    return card_of(desk, ask.viewer, ask.person)
