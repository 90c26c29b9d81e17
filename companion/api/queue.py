"""POST /v1/queue: new followers not looked at yet, a few at a time; /v1/followers: all that were seen, sorted."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import Meta

from companion.api.card_schemas import Badge
from companion.api.context import ApiContext
from companion.api.endpoint import resource
from companion.api.presenters import badge_of_row, owner_of
from companion.api.schemas import Viewer
from companion.practice.new_followers import ORDERS, SELECTIONS, Waiting, followers_of, queue_of
from companion.store.account import Account
from companion.vetting.decisions import Decision

blueprint = Blueprint("queue", __name__)


class QueueRequest(msgspec.Struct):
    """Whose followers."""

    viewer: Viewer


class NewFollower(msgspec.Struct):
    """Somebody to look at, since when they follow, and what was decided before if it is worth asking again."""

    badge: Badge
    since: int
    before: Decision | None


class QueueResponse(msgspec.Struct):
    """The next few; ``waiting`` counts all up to 500, ``decided_today`` what is done. None waiting: all done."""

    people: list[NewFollower]
    waiting: int
    decided_today: int


@resource(blueprint, "/queue", QueueRequest, QueueResponse)
def queue(context: ApiContext, ask: QueueRequest) -> QueueResponse:
    """Return the next new followers; whoever is decided about leaves, and comes back only when there is news."""
    owner = owner_of(context, ask.viewer)
    found = queue_of(Account(context.stores.notebook, context.stores.ledger, owner), context.clock())
    return QueueResponse([_shown(context, owner, one) for one in found.next], found.waiting, found.decided_today)


class FollowersRequest(msgspec.Struct):
    """Which of those who follow the viewer, and in which order."""

    viewer: Viewer
    show: Annotated[str, Meta(pattern="^(?:" + "|".join(SELECTIONS) + ")$")] = "all"
    sort: Annotated[str, Meta(pattern="^(?:" + "|".join(ORDERS) + ")$")] = "oldest"


class FollowersResponse(msgspec.Struct):
    """The first hundred, and how many there are."""

    people: list[Badge]
    total: int


@resource(blueprint, "/followers", FollowersRequest, FollowersResponse)
def followers(context: ApiContext, ask: FollowersRequest) -> FollowersResponse:
    """Return the followers whom the page has shown so far, filtered and sorted."""
    owner = owner_of(context, ask.viewer)
    account = Account(context.stores.notebook, context.stores.ledger, owner)
    rows, total = followers_of(account, ask.show, ask.sort, context.clock())
    return FollowersResponse([badge_of_row(context, owner, row) for row in rows], total)


def _shown(context: ApiContext, owner: str, one: Waiting) -> NewFollower:
    return NewFollower(badge_of_row(context, owner, one.row), one.since, one.before)
