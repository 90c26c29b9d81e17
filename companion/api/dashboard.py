"""POST /v1/dashboard: makes a one-time link to the dashboard, for the panel's button."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from companion.access.links import PAGE_PATTERN, link
from companion.api.context import ApiContext
from companion.api.resources import Resources, resource

resources = Resources()


class DashboardRequest(msgspec.Struct):
    """The page to open within the dashboard."""

    path: Annotated[str, Meta(pattern=PAGE_PATTERN, max_length=300)] = "/web"


class DashboardResponse(msgspec.Struct):
    """Works once, within a minute."""

    url: str


@resource(resources, "/dashboard", DashboardRequest, DashboardResponse)
def dashboard(context: ApiContext, body: DashboardRequest) -> DashboardResponse:
    """Return a link that opens the dashboard in a browser of this machine."""
    sessions = context.stores.sessions
    return DashboardResponse(link(sessions.name, context.settings.port, sessions.issue(context.clock()), body.path))
