"""The kind "origin": how the user and a person met, and whether that is only a guess."""

from __future__ import annotations

from collections.abc import Mapping

from companion.domain import limits
from companion.domain.facts import HOW_MET
from companion.errors import BodyError
from companion.settings import Settings
from companion.store.documents import Document
from companion.store.notebook.kinds.fields import choice_of, day_of, only
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.text import text_of

FIELDS = frozenset({"how", "words", "day", "guess"})


def clean(body: Mapping[str, object], _settings: Settings) -> Document:
    """Return one of the seven ways or "other" with words, the day if it is known, and ``guess``; "" takes it away."""
    only(body, FIELDS, "origin")
    if body.get("how") in (None, ""):
        return {"how": ""}
    origin: Document = {"how": choice_of(body, "how", HOW_MET)}
    if text := text_of(body, "words", limits.FACT).strip() if "words" in body else "":
        origin["words"] = text
    if origin["how"] == "other" and not text:
        raise BodyError("Say in a few words how you met.", field="words")
    if day := day_of(body, "day"):
        origin["day"] = day
    if body.get("guess") is True:
        origin["guess"] = True
    return origin


def join(newer: Document, older: Document, _settings: Settings) -> Document:
    """Return the newer one, but never a guess in place of what the user knew."""
    return older if newer.get("guess") and not older.get("guess") and older.get("how") else newer


def words(body: Document) -> str:
    """Return the text for search."""
    told = HOW_MET.get(str(body.get("how")), "")
    guess = " (a guess)" if body.get("guess") else ""
    return f"{told}{guess} {body.get('words', '')}".strip()


KIND = Kind("origin", clean, lambda body: not body.get("how"), words, join, fields=FIELDS)
