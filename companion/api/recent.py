"""POST /v1/recent: the people last in contact or written about, for the panel."""

from __future__ import annotations

import msgspec

from companion.api.card_schemas import Badge
from companion.api.context import ApiContext
from companion.api.presenters import badge_of_pid, badge_of_row, owner_of
from companion.api.resources import Resources, resource
from companion.api.schemas import Limit, Viewer

resources = Resources()


class RecentRequest(msgspec.Struct):
    """The viewer, and how many people to list."""

    viewer: Viewer
    limit: Limit = 20


class RecentResponse(msgspec.Struct):
    """Latest first."""

    people: list[Badge]


@resource(resources, "/recent", RecentRequest, RecentResponse)
def recent(context: ApiContext, body: RecentRequest) -> RecentResponse:
    """Return the people of the latest interactions and notes."""
    owner = owner_of(context, body.viewer)
    seen = [
        (row.last_seen, badge_of_row(context, owner, row)) for row in context.stores.ledger.recent(owner, body.limit)
    ]
    written = [(at, badge_of_pid(context, owner, pid)) for pid, at in context.stores.notebook.recent(body.limit)]
    latest = sorted([*seen, *written], key=lambda dated: dated[0], reverse=True)
    people = {badge.handle.lower(): badge for _, badge in reversed(latest) if badge.handle}
    return RecentResponse(list(reversed(people.values()))[: body.limit])
