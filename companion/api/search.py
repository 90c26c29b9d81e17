"""POST /v1/search: people by handle or name, and by what was written about them."""

from __future__ import annotations

import msgspec
from flask import Blueprint

from companion.api.card_schemas import Badge
from companion.api.context import ApiContext
from companion.api.endpoint import resource
from companion.api.presenters import badge_of_pid, badge_of_row, owner_of
from companion.api.schemas import Limit, Query, Viewer

blueprint = Blueprint("search", __name__)
IN_PERSON = "person"
"""Where something was found in a handle or a name."""


class SearchRequest(msgspec.Struct):
    """What to look for; case does not matter."""

    viewer: Viewer
    q: Query
    limit: Limit = 20


class Found(Badge, kw_only=True):
    """A badge with where it was found (person, note, tag, alias…) and the words around it."""

    where: str
    excerpt: str


class SearchResponse(msgspec.Struct):
    """What was written first, then handles and names; each person once."""

    people: list[Found]


@resource(blueprint, "/search", SearchRequest, SearchResponse)
def search(context: ApiContext, ask: SearchRequest) -> SearchResponse:
    """Search notes, tags and aliases, then handles and names."""
    return SearchResponse(find_people(context, owner_of(context, ask.viewer), ask.q.strip(), ask.limit))


def find_people(context: ApiContext, owner: str, q: str, limit: int) -> list[Found]:
    """Return people in whose written things, handle or name ``q`` occurs."""
    if not q:
        return []
    found: dict[str, Found] = {}
    for pid, where, excerpt in context.stores.notebook.search(q, limit, owner):
        found.setdefault(pid, _found(badge_of_pid(context, owner, pid), where, excerpt))
    for row in context.stores.ledger.search(owner, q, limit):
        found.setdefault(row.pid, _found(badge_of_row(context, owner, row), IN_PERSON, row.name or ""))
    return list(found.values())[:limit]


def _found(badge: Badge, where: str, excerpt: str) -> Found:
    return Found(**{name: getattr(badge, name) for name in badge.__struct_fields__}, where=where, excerpt=excerpt)
