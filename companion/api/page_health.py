"""POST /v1/page-health: what the extension found when it counted the places of X's page, for `mutuals doctor`."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from companion.api.context import ApiContext
from companion.api.resources import Resources, resource
from companion.api.schemas import Time
from companion.store.page_health import Missing, PageHealth, write_page_health

resources = Resources()
Word = Annotated[str, Meta(pattern="^[A-Za-z]{1,40}$", description="a name of the selector table, or a kind of page")]


class MissingPlace(msgspec.Struct):
    """A place of the selector table that was missed on several visits in a row to one kind of page."""

    place: Word
    page: Word
    since: Time


class PageHealthRequest(msgspec.Struct):
    """Which client of X drew the page, and what was not found on it; nothing about a person."""

    client: Literal["classic", "x-web"] | None = None
    """Null where the page did not tell."""
    missing: Annotated[list[MissingPlace], Meta(max_length=100)] = []


class PageHealthResponse(msgspec.Struct):
    """Kept until the next check."""

    at: int


@resource(resources, "/page-health", PageHealthRequest, PageHealthResponse)
def page_health(context: ApiContext, body: PageHealthRequest) -> PageHealthResponse:
    """Keep the latest check of X's page in place of the one before."""
    missing = [Missing(one.place, one.page, one.since) for one in body.missing]
    health = PageHealth(context.clock(), body.client, missing)
    write_page_health(context.settings.data, health)
    return PageHealthResponse(health.at)
