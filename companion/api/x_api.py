"""POST /v1/x-api…: the state of X's official API, and fetching one person through it on the user's click."""

from __future__ import annotations

import msgspec

from companion.api.card_schemas import Card
from companion.api.context import ApiContext
from companion.api.person_card import card_of, spoken_card
from companion.api.presenters import find, owner_of
from companion.api.resources import Resources, resource
from companion.api.schemas import EmptyRequest, PersonRef, Viewer, check_named
from companion.domain.handles import is_id
from companion.errors import SettingError

resources = Resources()


class XApiStatus(msgspec.Struct):
    """Money is in millionths of a dollar; a ``cap`` of 0 means that the API is off."""

    keys: str | None
    """``bearer token``, ``user keys``, or null for none."""
    problem: str | None
    """Why the key store cannot be read."""
    cap: int
    spent: int
    post_price: int
    user_price: int
    person_cost: int
    """The most that fetching one person can cost."""


class FetchRequest(msgspec.Struct):
    """Whom to fetch; sent on the user's click only, because it costs the user money."""

    viewer: Viewer
    person: PersonRef


class FetchResponse(msgspec.Struct):
    """What was new, the cost in millionths of a dollar, and the card as it is now."""

    card: Card
    posts: int
    interactions: int
    cost: int
    spent: int
    problems: list[str]


@resource(resources, "/x-api", EmptyRequest, XApiStatus)
def status(context: ApiContext, body: EmptyRequest) -> XApiStatus:
    """Return whether there are keys, what reads cost, and what was spent today."""
    # The key store and tweepy are slow to load, and most users never need them.
    from companion.sources.x_api import keys
    from companion.sources.x_api.fetching import PERSON_POSTS
    from companion.sources.x_api.spending import Spending

    spending = Spending(context.settings.data)
    prices, spent = spending.prices(), spending.today(context.clock())
    kind, problem = None, None
    try:
        stored = keys.load()
        kind = stored.kind if stored else None
    except SettingError as error:
        problem = error.message
    most = prices.of(PERSON_POSTS, 1)
    return XApiStatus(kind, problem, spending.cap(), spent.total, prices.post, prices.user, most)


@resource(resources, "/x-api/person", FetchRequest, FetchResponse)
def fetch(context: ApiContext, body: FetchRequest) -> FetchResponse:
    """Fetch one person's profile and latest posts, within the cap."""
    from companion.sources.x_api import keys
    from companion.sources.x_api.client import XApi, stand_in
    from companion.sources.x_api.fetching import Fetcher
    from companion.sources.x_api.spending import Spending

    check_named(body.person, "person")
    stored = keys.load()
    if stored is None:
        raise SettingError("There are no keys to X's API. Run `mutuals x-api login` first.")
    owner, spending = owner_of(context, body.viewer), Spending(context.settings.data)
    pid = find(context, owner, body.person)
    api = XApi(stored, spending, context.clock, base=stand_in())
    fetcher = Fetcher(api, context.stores.ledger, context.stores.notebook, context.settings.data, context.clock)
    fetched = fetcher.person(owner, pid if is_id(pid) else None, body.person.handle or pid)
    spent = spending.today(context.clock()).total
    ref = PersonRef(fetched.pids[0], body.person.handle)
    card = spoken_card(card_of(context, body.viewer, ref), context.spoken())
    return FetchResponse(card, fetched.posts, fetched.interactions, fetched.cost, spent, fetched.problems)
