"""The kind "tags": a person's tags, unique without regard to case, in the user's order."""

from __future__ import annotations

from collections.abc import Mapping

from companion.domain import limits
from companion.errors import BodyError
from companion.settings import Settings
from companion.store.documents import Document, Json
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.text import checked


def clean(body: Mapping[str, object], settings: Settings) -> Document:
    """Return each tag once, without surrounding spaces."""
    given = body.get("tags")
    if not isinstance(given, list) or not all(isinstance(tag, str) for tag in given):
        raise BodyError("The tags must be a list of texts; an empty list takes them all away.", field="tags")
    tags: dict[str, str] = {}
    for tag in given:
        name = " ".join(checked(tag.strip(), "tag", settings.tag_characters).split())
        if name:
            tags.setdefault(name.casefold(), name)
    if len(tags) > limits.TAGS:
        raise BodyError(f"{len(tags)} tags on one person are too many; at most {limits.TAGS} fit.", field="tags")
    return {"tags": list(tags.values())}


def names(body: Document) -> list[str]:
    """Return the tags."""
    tags = body["tags"]
    return [str(tag) for tag in tags] if isinstance(tags, list) else []


def join(newer: Document, older: Document, _settings: Settings) -> Document:
    """Return the tags of both bodies."""
    tags = {name.casefold(): name for name in (*reversed(names(older)), *reversed(names(newer)))}
    joined: list[Json] = list(reversed(tags.values()))
    return {"tags": joined}


KIND = Kind(
    "tags",
    clean,
    lambda body: not names(body),
    lambda body: "\n".join(names(body)),
    join,
    fields=frozenset({"tags"}),
    members="tags",
)
