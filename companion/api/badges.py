"""POST /v1/badges: the badge of each handle on screen; the most frequent request."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from companion.api.card_schemas import Badge
from companion.api.context import ApiContext
from companion.api.presenters import badges_of, owner_of
from companion.api.resources import Resources, resource
from companion.api.schemas import LIMITS, Handle, Viewer

resources = Resources()


class BadgesRequest(msgspec.Struct):
    """The handles on screen, at most a screenful."""

    viewer: Viewer
    handles: Annotated[list[Handle], Meta(max_length=LIMITS.max_handles)]


class BadgesResponse(msgspec.Struct):
    """A badge for each requested handle, keyed by the handle in lower case; null for a stranger: draw nothing."""

    badges: dict[str, Badge | None]


@resource(resources, "/badges", BadgesRequest, BadgesResponse)
def badges(context: ApiContext, body: BadgesRequest) -> BadgesResponse:
    """Return the badges; a person is known who has a note, tag or alias, ever interacted with you, or follows you."""
    return BadgesResponse(badges_of(context, owner_of(context, body.viewer), body.handles))
