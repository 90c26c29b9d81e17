"""The kind "belongs": the person or company that an account belongs to; accounts of one name are one."""

from __future__ import annotations

from collections.abc import Mapping

from companion.domain import limits
from companion.settings import Settings
from companion.store.documents import Document, Json
from companion.store.notebook.kinds.fields import choice_of, only
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.text import text_of

PERSON, COMPANY = "person", "company"
FIELDS = frozenset({"name", "what"})


def clean(body: Mapping[str, object], _settings: Settings) -> Document:
    """Return the name with single spaces, and whether it is a person or a company; an empty name ends it."""
    only(body, FIELDS, "owner of an account")
    name = " ".join(text_of(body, "name", limits.ALIAS).split())
    return {"name": name, "what": choice_of(body, "what", (PERSON, COMPANY)) if name else PERSON}


def words(body: Document) -> str:
    """Return the name, for search."""
    return str(body.get("name", ""))


def marks(body: Document) -> dict[str, Json]:
    """Return the name for the summary of a person."""
    return {"belongs": words(body)}


KIND = Kind("belongs", clean, lambda body: not words(body), words, marks=marks, fields=FIELDS)
