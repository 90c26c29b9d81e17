"""The kind "alias": the user's own name for a person."""

from __future__ import annotations

from collections.abc import Mapping

from companion.settings import Settings
from companion.store.documents import Document
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.text import text_of


def clean(body: Mapping[str, object], settings: Settings) -> Document:
    """Return the name without surrounding spaces."""
    return {"alias": text_of(body, "alias", settings.alias_characters).strip()}


def words(body: Document) -> str:
    """Return the name."""
    return str(body["alias"])


KIND = Kind("alias", clean, lambda body: not words(body), words, fields=frozenset({"alias"}))
