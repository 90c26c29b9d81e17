"""POST /v1/tags: all tags in use, for the editor's completion."""

from __future__ import annotations

import msgspec
from flask import Blueprint

from companion.api.context import Desk
from companion.api.endpoint import noun
from companion.api.schemas import Nothing

blueprint = Blueprint("tags", __name__)


class TagCount(msgspec.Struct):
    """A tag, its colour, and how many people have it."""

    name: str
    colour: str | None
    count: int


class TagsAnswer(msgspec.Struct):
    """All tags."""

    tags: list[TagCount]


@noun(blueprint, "/tags", Nothing, TagsAnswer)
def tags(desk: Desk, ask: Nothing) -> TagsAnswer:
    """Return every tag in use."""
    return TagsAnswer([TagCount(**tag) for tag in desk.stores.notebook.tags()])
