"""POST /v1/queue: new followers who were not looked at yet, oldest first; a few at a time."""

from __future__ import annotations

import msgspec
from flask import Blueprint

from companion.api.desk import Desk
from companion.api.people import badge_of_row, owner_of
from companion.api.shapes import Viewer
from companion.api.wire import noun
from companion.card_shapes import Badge
from companion.practice.account import Account
from companion.practice.decisions import Decision
from companion.practice.new_followers import Waiting, queue_of

blueprint = Blueprint("queue", __name__)


class QueueAsk(msgspec.Struct):
    """Whose followers."""

    viewer: Viewer


class NewFollower(msgspec.Struct):
    """Somebody to look at, since when they follow, and what was decided before if it is worth asking again."""

    badge: Badge
    since: int
    before: Decision | None


class QueueAnswer(msgspec.Struct):
    """The next few; ``waiting`` counts all up to 500, ``decided_today`` what is done. None waiting: all done."""

    people: list[NewFollower]
    waiting: int
    decided_today: int


@noun(blueprint, "/queue", QueueAsk, QueueAnswer)
def queue(desk: Desk, ask: QueueAsk) -> QueueAnswer:
    """Return the next new followers; whoever is decided about leaves, and comes back only when there is news."""
    owner = owner_of(desk, ask.viewer)
    found = queue_of(Account(desk.stores.notebook, desk.stores.ledger, owner), desk.clock())
    return QueueAnswer([_shown(desk, owner, one) for one in found.next], found.waiting, found.decided_today)


def _shown(desk: Desk, owner: str, one: Waiting) -> NewFollower:
    return NewFollower(badge_of_row(desk, owner, one.row), one.since, one.before)
