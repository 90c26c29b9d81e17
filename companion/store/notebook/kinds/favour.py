"""The kind "favour": help that went one way between the user and a person: an introduction, a share, advice."""

from __future__ import annotations

from collections.abc import Mapping

from companion.domain import limits
from companion.domain.outcomes import FAVOURS, WAYS
from companion.errors import BodyError
from companion.settings import Settings
from companion.store.documents import Document
from companion.store.notebook.kinds.fields import choice_of, day_of, only
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.text import text_of

FIELDS = frozenset({"way", "what", "day", "words"})


def clean(body: Mapping[str, object], _settings: Settings) -> Document:
    """Return who helped, with what, on which day, and a few words."""
    only(body, FIELDS, "favour")
    day = day_of(body, "day")
    if not day:
        raise BodyError("Give the day of it.", field="day")
    favour: Document = {"way": choice_of(body, "way", WAYS), "what": choice_of(body, "what", FAVOURS), "day": day}
    if text := text_of(body, "words", limits.FACT).strip() if "words" in body else "":
        favour["words"] = text
    return favour


def words(body: Document) -> str:
    """Return the text for search."""
    way = WAYS.get(str(body.get("way")), "")
    return f"{way}: {FAVOURS.get(str(body.get('what')), '')} {body.get('words', '')}".strip(": ")


KIND = Kind("favour", clean, lambda body: not body.get("what"), words, many=True, fields=FIELDS)
