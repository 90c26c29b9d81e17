"""The kind "vouch": somebody who stands for this person: for what, and how they know each other (essay 4)."""

from __future__ import annotations

from collections.abc import Mapping

from companion.domain import limits
from companion.errors import BodyError
from companion.settings import Settings
from companion.store.documents import Document
from companion.store.notebook.kinds.fields import WHOM, day_of, only, whom_of
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.text import text_of

FIELDS = frozenset({WHOM, "purpose", "basis", "day"})


def clean(body: Mapping[str, object], _settings: Settings) -> Document:
    """Return who vouches, for what, how they know this person, and the day."""
    only(body, FIELDS, "vouch")
    vouch: Document = {WHOM: whom_of(body)}
    for name, told in (("purpose", "Say for what they vouch."), ("basis", "Say how they know each other.")):
        text = text_of(body, name, limits.FACT).strip() if name in body else ""
        if not text:
            raise BodyError(told, field=name)
        vouch[name] = text
    if day := day_of(body, "day"):
        vouch["day"] = day
    return vouch


def words(body: Document) -> str:
    """Return the text for search and for exports."""
    return f"{body[WHOM]} vouches for {body.get('purpose')}: {body.get('basis')}" if body.get(WHOM) else ""


KIND = Kind("vouch", clean, lambda body: not body.get(WHOM), words, many=True, fields=FIELDS)
