"""POST /v1/dashboard: a one-time link to the dashboard, for the panel's button."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import Meta

from companion.access.links import HERE, link
from companion.api.context import Desk
from companion.api.endpoint import noun

blueprint = Blueprint("dashboard", __name__)


class DashboardAsk(msgspec.Struct):
    """The page to land on, within the dashboard."""

    path: Annotated[str, Meta(pattern=HERE, max_length=300)] = "/web"


class DashboardAnswer(msgspec.Struct):
    """Works once, within a minute."""

    url: str


@noun(blueprint, "/dashboard", DashboardAsk, DashboardAnswer)
def dashboard(desk: Desk, ask: DashboardAsk) -> DashboardAnswer:
    """Return a link that opens the dashboard in a browser of this machine."""
    return DashboardAnswer(link(desk.settings.port, desk.stores.doors.issue(desk.clock()), ask.path))
