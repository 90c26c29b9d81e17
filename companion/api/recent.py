"""POST /v1/recent: the people met last, for the panel."""

from __future__ import annotations

import msgspec
from flask import Blueprint

from companion.api.card_schemas import Badge
from companion.api.context import ApiContext
from companion.api.endpoint import resource
from companion.api.presenters import badge_of_pid, badge_of_row, owner_of
from companion.api.schemas import Limit, Viewer

blueprint = Blueprint("recent", __name__)


class RecentRequest(msgspec.Struct):
    """Who is looking, and how many to list."""

    viewer: Viewer
    limit: Limit = 20


class RecentResponse(msgspec.Struct):
    """The latest first."""

    people: list[Badge]


@resource(blueprint, "/recent", RecentRequest, RecentResponse)
def recent(context: ApiContext, ask: RecentRequest) -> RecentResponse:
    """Return the people of the latest interactions and notes."""
    owner = owner_of(context, ask.viewer)
    met = [(row.last_seen, badge_of_row(context, owner, row)) for row in context.stores.ledger.recent(owner, ask.limit)]
    written = [(at, badge_of_pid(context, owner, pid)) for pid, at in context.stores.notebook.recent(ask.limit)]
    latest = sorted([*met, *written], key=lambda found: found[0], reverse=True)
    people = {badge.handle.lower(): badge for _, badge in reversed(latest) if badge.handle}
    return RecentResponse(list(reversed(people.values()))[: ask.limit])
