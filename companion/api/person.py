"""POST /v1/person: everything that the card under a profile shows."""

from __future__ import annotations

import msgspec
from flask import Blueprint

from companion.api.desk import Desk
from companion.api.people import card_of
from companion.api.shapes import PersonRef, Viewer, named
from companion.api.wire import noun
from companion.card_shapes import Card

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
