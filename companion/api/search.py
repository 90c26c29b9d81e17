"""POST /v1/search: people by handle or name, and by what was written about them."""

from __future__ import annotations

import msgspec
from flask import Blueprint

from companion.api.card_schemas import Badge
from companion.api.context import Desk
from companion.api.endpoint import noun
from companion.api.presenters import badge_of_pid, badge_of_row, owner_of
from companion.api.schemas import Limit, Query, Viewer

blueprint = Blueprint("search", __name__)
IN_PERSON = "person"
"""Where something was found in a handle or a name."""


class SearchAsk(msgspec.Struct):
    """What to look for; case does not matter."""

    viewer: Viewer
    q: Query
    limit: Limit = 20


class Found(Badge, kw_only=True):
    """A badge with where it was found (person, note, tag, alias…) and the words around it."""

    where: str
    excerpt: str


class SearchAnswer(msgspec.Struct):
    """What was written first, then handles and names; each person once."""

    people: list[Found]


@noun(blueprint, "/search", SearchAsk, SearchAnswer)
def search(desk: Desk, ask: SearchAsk) -> SearchAnswer:
    """Search notes, tags and aliases, then handles and names."""
    return SearchAnswer(find_people(desk, owner_of(desk, ask.viewer), ask.q.strip(), ask.limit))


def find_people(desk: Desk, owner: str, q: str, limit: int) -> list[Found]:
    """Return people in whose written things, handle or name ``q`` occurs."""
    if not q:
        return []
    found: dict[str, Found] = {}
    for pid, where, excerpt in desk.stores.notebook.search(q, limit, owner):
        found.setdefault(pid, _found(badge_of_pid(desk, owner, pid), where, excerpt))
    for row in desk.stores.ledger.search(owner, q, limit):
        found.setdefault(row.pid, _found(badge_of_row(desk, owner, row), IN_PERSON, row.name or ""))
    return list(found.values())[:limit]


def _found(badge: Badge, where: str, excerpt: str) -> Found:
    return Found(**{name: getattr(badge, name) for name in badge.__struct_fields__}, where=where, excerpt=excerpt)
