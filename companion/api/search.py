"""POST /v1/search: finds people by handle, name, note, tag or alias."""

from __future__ import annotations

import msgspec

from companion.api.card_schemas import Badge
from companion.api.context import ApiContext
from companion.api.presenters import badge_of_pid, badge_of_row, owner_of
from companion.api.resources import Resources, resource
from companion.api.schemas import Limit, Query, Viewer

resources = Resources()
IN_PERSON = "person"
"""``where`` of a match in handle or name."""


class SearchRequest(msgspec.Struct):
    """What to look for; case does not matter."""

    viewer: Viewer
    q: Query
    limit: Limit = 20


class SearchResult(Badge, kw_only=True):
    """A badge with where the text matched (person, note, tag, alias…) and an excerpt."""

    where: str
    excerpt: str


class SearchResponse(msgspec.Struct):
    """Matches in what you wrote first, then in handles and names; each person once."""

    people: list[SearchResult]


@resource(resources, "/search", SearchRequest, SearchResponse)
def search(context: ApiContext, body: SearchRequest) -> SearchResponse:
    """Search notes, tags and aliases, then handles and names."""
    return SearchResponse(find_people(context, owner_of(context, body.viewer), body.q.strip(), body.limit))


def find_people(context: ApiContext, owner: str, q: str, limit: int) -> list[SearchResult]:
    """Return people whose notes, tags, alias, handle or name contain ``q``."""
    if not q:
        return []
    results: dict[str, SearchResult] = {}
    for pid, where, excerpt in context.stores.notebook.search(q, limit, owner):
        results.setdefault(pid, _result(badge_of_pid(context, owner, pid), where, excerpt))
    for row in context.stores.ledger.search(owner, q, limit):
        results.setdefault(row.pid, _result(badge_of_row(context, owner, row), IN_PERSON, row.name or ""))
    return list(results.values())[:limit]


def _result(badge: Badge, where: str, excerpt: str) -> SearchResult:
    return SearchResult(
        **{name: getattr(badge, name) for name in badge.__struct_fields__}, where=where, excerpt=excerpt
    )
