"""POST /v1/time: how long the user was on which kind of X's pages, as one browser measured it, for the mirror."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from companion.api.context import ApiContext
from companion.api.resources import Resources, resource
from companion.domain.dates import DAY
from companion.domain.time_sources import MOST_DAYS, SOURCES
from companion.store.time_spent import replace_time

resources = Resources()
Day = Annotated[str, Meta(pattern=r"^20\d\d-\d\d-\d\d$", description="the user's own day, such as 2026-11-29")]
Source = Annotated[str, Meta(pattern="^(?:" + "|".join(SOURCES) + ")$")]
Seconds = Annotated[int, Meta(ge=0, le=DAY)]


class TimeRequest(msgspec.Struct):
    """All that a browser has measured and still keeps; it takes the place of what it told before."""

    browser: Annotated[str, Meta(pattern="^[0-9a-f-]{36}$", description="an id that the extension made up")]
    days: Annotated[dict[Day, dict[Source, Seconds]], Meta(max_length=MOST_DAYS)]


class TimeResponse(msgspec.Struct):
    """How many days are kept of this browser."""

    days: int


@resource(resources, "/time", TimeRequest, TimeResponse)
def time_spent(context: ApiContext, body: TimeRequest) -> TimeResponse:
    """Keep the time of one browser; an empty one wipes it."""
    replace_time(context.settings.data, body.browser, body.days)
    return TimeResponse(len(body.days))
