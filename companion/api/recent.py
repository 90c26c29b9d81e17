"""POST /v1/recent: the people met last, for the panel."""

from __future__ import annotations

import msgspec
from flask import Blueprint

from companion.api.card_schemas import Badge
from companion.api.context import Desk
from companion.api.endpoint import noun
from companion.api.presenters import badge_of_pid, badge_of_row, owner_of
from companion.api.schemas import Limit, Viewer

blueprint = Blueprint("recent", __name__)


class RecentAsk(msgspec.Struct):
    """Who is looking, and how many to list."""

    viewer: Viewer
    limit: Limit = 20


class RecentAnswer(msgspec.Struct):
    """The latest first."""

    people: list[Badge]


@noun(blueprint, "/recent", RecentAsk, RecentAnswer)
def recent(desk: Desk, ask: RecentAsk) -> RecentAnswer:
    """Return the people of the latest interactions and notes."""
    owner = owner_of(desk, ask.viewer)
    met = [(row.last_seen, badge_of_row(desk, owner, row)) for row in desk.stores.ledger.recent(owner, ask.limit)]
    written = [(at, badge_of_pid(desk, owner, pid)) for pid, at in desk.stores.notebook.recent(ask.limit)]
    latest = sorted([*met, *written], key=lambda found: found[0], reverse=True)
    people = {badge.handle.lower(): badge for _, badge in reversed(latest) if badge.handle}
    return RecentAnswer(list(reversed(people.values()))[: ask.limit])
