"""The circles (the user's own lists) that a person is in, by the circles' ids."""

from __future__ import annotations

import re
from collections.abc import Mapping

from companion.errors import BodyError
from companion.settings import Settings
from companion.store.documents import Document, Json
from companion.store.notebook.kinds.kind import Kind

CIRCLE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)
"""A circle's id; its name is kept once, beside all the circles."""
MOST_CIRCLES = 50


def clean(body: Mapping[str, object], _settings: Settings) -> Document:
    """Keep each circle once, in the order in which the person came into them."""
    given = body.get("circles")
    if not isinstance(given, list) or not all(isinstance(one, str) and CIRCLE.fullmatch(one) for one in given):
        raise BodyError("The circles must be a list of circles' ids; an empty list leaves them all.", field="circles")
    if len(given) > MOST_CIRCLES:
        raise BodyError(f"One person fits into at most {MOST_CIRCLES} circles.", field="circles")
    kept: list[Json] = list(dict.fromkeys(given))
    return {"circles": kept}


def ids(body: Document) -> list[str]:
    """Return the circles' ids."""
    circles = body.get("circles")
    return [str(one) for one in circles] if isinstance(circles, list) else []


def join(newer: Document, older: Document, _settings: Settings) -> Document:
    """Keep the circles of both."""
    both: list[Json] = list(dict.fromkeys((*ids(older), *ids(newer))))
    return {"circles": both}


def marks(body: Document) -> dict[str, Json]:
    """Name the circles on the badge's summary."""
    named: list[Json] = list(ids(body))
    return {"circles": named}


KIND = Kind("circle", clean, lambda body: not ids(body), lambda _body: "", join, marks)
