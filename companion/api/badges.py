"""POST /v1/badges: one small mark for each handle on screen; the hot path."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import Meta

from companion.api.card_schemas import Badge
from companion.api.context import Desk
from companion.api.endpoint import noun
from companion.api.presenters import badges_of, owner_of
from companion.api.schemas import LIMITS, Handle, Viewer

blueprint = Blueprint("badges", __name__)


class BadgesAsk(msgspec.Struct):
    """The handles on screen, at most a screenful."""

    viewer: Viewer
    handles: Annotated[list[Handle], Meta(max_length=LIMITS.max_handles)]


class BadgesAnswer(msgspec.Struct):
    """A badge for each handle asked for, keyed by the handle in lower case; null is a stranger: draw nothing."""

    badges: dict[str, Badge | None]


@noun(blueprint, "/badges", BadgesAsk, BadgesAnswer)
def badges(desk: Desk, ask: BadgesAsk) -> BadgesAnswer:
    """Return what each mark needs; a person is known who has a note, tag or alias, ever acted, or follows you."""
    return BadgesAnswer(badges_of(desk, owner_of(desk, ask.viewer), ask.handles))
