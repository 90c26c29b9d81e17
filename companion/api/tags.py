"""POST /v1/tags: all tags in use, for completion in the editor."""

from __future__ import annotations

import msgspec

from companion.api.context import ApiContext
from companion.api.resources import Resources, resource
from companion.api.schemas import EmptyRequest

resources = Resources()


class TagCount(msgspec.Struct):
    """A tag, its colour, and how many people have it."""

    name: str
    colour: str | None
    count: int


class TagsResponse(msgspec.Struct):
    """All tags."""

    tags: list[TagCount]


@resource(resources, "/tags", EmptyRequest, TagsResponse)
def tags(context: ApiContext, body: EmptyRequest) -> TagsResponse:
    """Return every tag in use."""
    return TagsResponse([TagCount(**tag) for tag in context.stores.notebook.tags()])
