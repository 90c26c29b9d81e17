"""The kind "context": whether a person belongs to the user's personal life, to business, or to both."""

from __future__ import annotations

from collections.abc import Mapping

from companion.domain.facts import CONTEXTS
from companion.settings import Settings
from companion.store.documents import Document
from companion.store.notebook.kinds.fields import choice_of, only
from companion.store.notebook.kinds.kind import Kind

FIELDS = frozenset({"context"})


def clean(body: Mapping[str, object], _settings: Settings) -> Document:
    """Return personal, business or both; "" takes it away."""
    only(body, FIELDS, "context")
    return {"context": choice_of(body, "context", CONTEXTS) if body.get("context") not in (None, "") else ""}


def join(newer: Document, older: Document, _settings: Settings) -> Document:
    """Return "both" for somebody who was personal to one notebook and business to the other."""
    known = {str(body["context"]) for body in (newer, older) if body.get("context")}
    return {"context": known.pop() if len(known) == 1 else "both" if known else ""}


def words(body: Document) -> str:
    """Return the text for search."""
    return CONTEXTS.get(str(body.get("context")), "")


KIND = Kind("context", clean, lambda body: not body.get("context"), words, join, fields=FIELDS)
