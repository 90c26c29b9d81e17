"""The kind "sorted": what the user decided about a person while going through a list; the item is the list's id."""

from __future__ import annotations

from collections.abc import Mapping

from companion.domain import limits
from companion.domain.decisions import REASONS
from companion.settings import Settings
from companion.store.documents import Document
from companion.store.notebook.kinds.fields import choice_of, day_of, only
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.text import text_of

PROMOTED, KEPT, DROPPED, SNOOZED = "promote", "keep", "drop", "snooze"
CHOICES = (PROMOTED, KEPT, DROPPED, SNOOZED)
FIELDS = frozenset({"what", "until", "reason", "words"})


def clean(body: Mapping[str, object], _settings: Settings) -> Document:
    """Return what was decided, until which day it is put off, and why somebody was dropped."""
    only(body, FIELDS, "sorting")
    found: Document = {"what": choice_of(body, "what", CHOICES)}
    if day := day_of(body, "until"):
        found["until"] = day
    if body.get("reason") not in (None, ""):
        found["reason"] = choice_of(body, "reason", REASONS)
    if words := text_of(body, "words", limits.REASON).strip() if "words" in body else "":
        found["words"] = words
    return found


def words(body: Document) -> str:
    """Return why somebody was dropped, for search."""
    return " ".join(part for part in (REASONS.get(str(body.get("reason")), ""), str(body.get("words", ""))) if part)


KIND = Kind("sorted", clean, lambda body: not body.get("what"), words, many=True, fields=FIELDS)
