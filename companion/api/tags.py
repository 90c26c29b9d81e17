"""POST /v1/tags: all tags in use, for the editor's completion."""

from __future__ import annotations

import msgspec
from flask import Blueprint

from companion.api.context import ApiContext
from companion.api.endpoint import resource
from companion.api.schemas import Nothing

blueprint = Blueprint("tags", __name__)


class TagCount(msgspec.Struct):
    """A tag, its colour, and how many people have it."""

    name: str
    colour: str | None
    count: int


class TagsResponse(msgspec.Struct):
    """All tags."""

    tags: list[TagCount]


@resource(blueprint, "/tags", Nothing, TagsResponse)
def tags(context: ApiContext, ask: Nothing) -> TagsResponse:
    """Return every tag in use."""
    return TagsResponse([TagCount(**tag) for tag in context.stores.notebook.tags()])
