"""POST /v1/queue: the next new followers to decide about; /v1/followers: all followers seen, filtered and sorted."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from companion.api.card_schemas import Badge
from companion.api.context import ApiContext
from companion.api.presenters import badge_of_row, owner_of
from companion.api.resources import Resources, resource
from companion.api.schemas import Viewer
from companion.practice.new_followers import ORDERS, SELECTIONS, Waiting, followers_of, queue_of
from companion.vetting.decisions import Decision
from companion.vetting.spoken import spoken_decision

resources = Resources()


class QueueRequest(msgspec.Struct):
    """The account whose followers."""

    viewer: Viewer


class NewFollower(msgspec.Struct):
    """A follower to decide about, since when they follow, and the earlier decision if it is due for review."""

    badge: Badge
    since: int
    before: Decision | None


class QueueResponse(msgspec.Struct):
    """The next few; ``waiting`` counts all, up to 500, ``decided_today`` those done."""

    people: list[NewFollower]
    waiting: int
    decided_today: int
    whole: bool
    """The list of followers was seen to its end once: with nobody waiting, all are looked at."""


@resource(resources, "/queue", QueueRequest, QueueResponse)
def queue(context: ApiContext, body: QueueRequest) -> QueueResponse:
    """Return the next new followers; a follower decided about returns only when something changed."""
    owner = owner_of(context, body.viewer)
    pending = queue_of(context.account(owner), context.clock())
    people = [_new_follower(context, owner, waiting) for waiting in pending.next]
    return QueueResponse(people, pending.waiting, pending.decided_today, pending.whole)


class FollowersRequest(msgspec.Struct):
    """Which of the viewer's followers, and in which order."""

    viewer: Viewer
    show: Annotated[str, Meta(pattern="^(?:" + "|".join(SELECTIONS) + ")$")] = "all"
    sort: Annotated[str, Meta(pattern="^(?:" + "|".join(ORDERS) + ")$")] = "oldest"


class FollowersResponse(msgspec.Struct):
    """The first hundred, and how many there are."""

    people: list[Badge]
    total: int


@resource(resources, "/followers", FollowersRequest, FollowersResponse)
def followers(context: ApiContext, body: FollowersRequest) -> FollowersResponse:
    """Return the followers seen so far, filtered and sorted."""
    owner = owner_of(context, body.viewer)
    account = context.account(owner)
    rows, total = followers_of(account, body.show, body.sort, context.clock())
    return FollowersResponse([badge_of_row(context, owner, row) for row in rows], total)


def _new_follower(context: ApiContext, owner: str, waiting: Waiting) -> NewFollower:
    badge = badge_of_row(context, owner, waiting.row)
    return NewFollower(badge, waiting.since, spoken_decision(waiting.before, context.spoken()))
