"""The kind "circle": the ids of the circles (the user's own lists of people) that a person is in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from companion.domain import limits
from companion.errors import BodyError
from companion.settings import Settings
from companion.store.documents import Document, Json
from companion.store.notebook.kinds.kind import Kind

CIRCLE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)
"""A circle's id; its name is stored once, in the table of circles."""


def clean(body: Mapping[str, object], _settings: Settings) -> Document:
    """Return each circle once, in the given order."""
    given = body.get("circles")
    if not isinstance(given, list) or not all(isinstance(circle, str) and CIRCLE.fullmatch(circle) for circle in given):
        raise BodyError("The circles must be a list of circles' ids; an empty list leaves them all.", field="circles")
    if len(given) > limits.CIRCLES:
        raise BodyError(f"One person fits into at most {limits.CIRCLES} circles.", field="circles")
    circles: list[Json] = list(dict.fromkeys(given))
    return {"circles": circles}


def ids(body: Document) -> list[str]:
    """Return the circles' ids."""
    circles = body.get("circles")
    return [str(circle) for circle in circles] if isinstance(circles, list) else []


def join(newer: Document, older: Document, _settings: Settings) -> Document:
    """Return the circles of both bodies."""
    both: list[Json] = list(dict.fromkeys((*ids(older), *ids(newer))))
    return {"circles": both}


def marks(body: Document) -> dict[str, Json]:
    """Return the circles for the badge's summary."""
    named: list[Json] = list(ids(body))
    return {"circles": named}


KIND = Kind(
    "circle",
    clean,
    lambda body: not ids(body),
    lambda _body: "",
    join,
    marks,
    fields=frozenset({"circles"}),
    members="circles",
)
