"""The kind "outcome": something good that came of knowing a person, with its day and worth."""

from __future__ import annotations

from collections.abc import Mapping

from companion.domain import limits
from companion.domain.outcomes import OUTCOMES
from companion.errors import BodyError
from companion.settings import Settings
from companion.store.documents import Document
from companion.store.notebook.kinds.fields import choice_of, day_of, only
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.text import text_of

FIELDS = frozenset({"what", "day", "words", "worth"})


def clean(body: Mapping[str, object], _settings: Settings) -> Document:
    """Return which of the eleven it was, its day, a few words, and what it was worth in the user's own words."""
    only(body, FIELDS, "outcome")
    day = day_of(body, "day")
    if not day:
        raise BodyError("Give the day on which it came.", field="day")
    outcome: Document = {"what": choice_of(body, "what", OUTCOMES), "day": day}
    for name in ("words", "worth"):
        if text := text_of(body, name, limits.TOUCH).strip() if name in body else "":
            outcome[name] = text
    return outcome


def words(body: Document) -> str:
    """Return the text for search."""
    parts = (OUTCOMES.get(str(body.get("what")), ""), body.get("words", ""), body.get("worth", ""))
    return " ".join(str(part) for part in parts if part)


KIND = Kind("outcome", clean, lambda body: not body.get("what"), words, many=True, fields=FIELDS)
