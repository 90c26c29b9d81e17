"""The kind "manner": how a person is online and how in person, in the user's words (essay 4: persona and real)."""

from __future__ import annotations

from collections.abc import Mapping

from companion.domain import limits
from companion.settings import Settings
from companion.store.documents import Document
from companion.store.notebook.kinds.fields import only
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.text import text_of

FIELDS = frozenset({"online", "in_person"})


def clean(body: Mapping[str, object], _settings: Settings) -> Document:
    """Return the two texts, without empty ones; none at all takes the document away."""
    only(body, FIELDS, "manner")
    texts = {name: text_of(body, name, limits.FACT).strip() for name in sorted(FIELDS) if name in body}
    return {name: text for name, text in texts.items() if text}


def join(newer: Document, older: Document, _settings: Settings) -> Document:
    """Return both: the newer text where each has one."""
    return {**older, **newer}


def words(body: Document) -> str:
    """Return the text for search."""
    told = (("online", "Online"), ("in_person", "In person"))
    return ". ".join(f"{title}: {body[name]}" for name, title in told if body.get(name))


KIND = Kind("manner", clean, lambda body: not words(body), words, join, fields=FIELDS)
