"""POST /v1/person: the card of one person."""

from __future__ import annotations

import msgspec

from companion.api.card_schemas import Card
from companion.api.context import ApiContext
from companion.api.resources import Resources, resource
from companion.api.schemas import PersonRef, Viewer, check_named

resources = Resources()


class PersonRequest(msgspec.Struct):
    """The viewer, and the person to show."""

    viewer: Viewer
    person: PersonRef


@resource(resources, "/person", PersonRequest, Card)
def person(context: ApiContext, body: PersonRequest) -> Card:
    """Return the card of one person; it is empty for somebody never seen."""
    check_named(body.person, "person")
    from companion.api.person_card import card_of, spoken_card  # here: only a card needs a third of the code

    return spoken_card(card_of(context, body.viewer, body.person), context.spoken())
