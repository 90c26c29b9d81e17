"""POST /v1/lists: the circles that the user fills, and who is in one of them, for the panel."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from companion.api.card_schemas import Badge
from companion.api.context import ApiContext
from companion.api.presenters import badge_of_pid, badge_of_row, owner_of
from companion.api.resources import Resources, resource
from companion.api.schemas import Viewer
from companion.practice.circles import FIRST, Circle, Circles
from companion.store.ledger.queries import directory

resources = Resources()
MOST = 100
"""People of one list that are sent; the dashboard has them all."""
SUPPLIED = {circle.id: circle.name for circle in FIRST}


class ListsRequest(msgspec.Struct):
    """The account, and the list to look into; without one the first that has somebody in it."""

    viewer: Viewer
    list: Annotated[str, Meta(max_length=40)] = ""
    discussion: bool = False
    """Whether people are left out of whose posts nearly all are links elsewhere."""


class ListView(msgspec.Struct):
    """One list."""

    id: str
    name: str
    """Empty for one of the first lists under its own name, which the extension says in its language."""
    count: int


class ListsResponse(msgspec.Struct):
    """The lists as they were made; ``people`` of the ``shown`` one, latest contact first."""

    lists: list[ListView]
    shown: str
    """Empty where nobody is in any."""
    people: list[Badge]
    left_out: int
    """How many of the first hundred only post links; 0 where that was not asked."""


@resource(resources, "/lists", ListsRequest, ListsResponse)
def lists(context: ApiContext, body: ListsRequest) -> ListsResponse:
    """Return the user's lists; one that fills itself is not among them: it waits to be gone through."""
    owner, circles = owner_of(context, body.viewer), Circles(context.stores.notebook)
    members = circles.members(owner)
    views = [ListView(one.id, _name(one), len(members[one.id])) for one in circles.by_hand()]
    filled = [one.id for one in views if one.count]
    shown = body.list if body.list in filled else next(iter(filled), "")
    people = _people(context, owner, members[shown]) if shown else []
    talking = _who_talk(context, owner, people) if body.discussion else people
    badges = [badge for _, badge in talking]
    return ListsResponse(views, shown, badges, len(people) - len(talking))


def _name(circle: Circle) -> str:
    return "" if SUPPLIED.get(circle.id) == circle.name else circle.name


def _people(context: ApiContext, owner: str, pids: list[str]) -> list[tuple[str, Badge]]:
    """Return (pid, badge) of a list's people, latest contact first, those never seen last."""
    rows = directory.by_pids(context.stores.ledger, owner, pids)
    seen = sorted(rows.values(), key=lambda row: (-(row.contact_at or 0), row.pid))
    badges = [(row.pid, badge_of_row(context, owner, row)) for row in seen[:MOST]]
    unseen = sorted(set(pids) - rows.keys())[: MOST - len(badges)]
    return badges + [(pid, badge_of_pid(context, owner, pid)) for pid in unseen]


def _who_talk(context: ApiContext, owner: str, people: list[tuple[str, Badge]]) -> list[tuple[str, Badge]]:
    """Return those who do not only post links elsewhere."""
    # Vetting is a third of the start; only this question needs it.
    from companion.vetting.service import posts_links_alone

    account = context.account(owner)
    now, data = context.clock(), context.settings.data
    return [(pid, badge) for pid, badge in people if not posts_links_alone(account, pid, now, data)]
