"""The kind "touch": contact off X (a call, meal, meeting, or chat on another network) that the user logs."""

from __future__ import annotations

from collections.abc import Mapping

from companion.errors import BodyError
from companion.settings import Settings
from companion.store.documents import Document, Json
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.text import text_of

WHAT = ("call", "meal", "meeting", "chat", "other")
"""Kinds of interaction that happen off X (``companion.domain.sightings.KINDS``)."""
MET = frozenset({"meal", "meeting"})
"""Those at which the two met in person."""
WAYS = ("both", "in", "out")
"""Direction of the contact: both ways, only from them, only from the user."""
WORDS = 200


def clean(body: Mapping[str, object], _settings: Settings) -> Document:
    """Return what it was, when (epoch seconds UTC), its direction, and a few words about it."""
    unknown = set(body) - {"what", "when", "way", "words"}
    if unknown:
        raise BodyError("A touch has what, when, way and words, nothing else.", field=sorted(unknown)[0])
    what, way, when = body.get("what"), body.get("way", "both"), body.get("when")
    if what not in WHAT:
        raise BodyError(f"Say what it was: {', '.join(WHAT)}.", field="what")
    if way not in WAYS:
        raise BodyError(f"Say who talked: {', '.join(WAYS)}.", field="way")
    if not isinstance(when, int) or isinstance(when, bool) or not 0 <= when <= 10**11:
        raise BodyError("Say when it was, in epoch seconds.", field="when")
    text = text_of(body, "words", WORDS).strip() if "words" in body else ""
    return {"what": str(what), "when": when, "way": str(way), "words": text}


def words(body: Document) -> str:
    """Return the text for search."""
    return f"{body.get('what', '')} {body.get('words', '')}".strip()


def marks(body: Document) -> dict[str, Json]:
    """Return the mark "met" for the badge's summary, if it was in person."""
    return {"met": True} if body.get("what") in MET else {}


KIND = Kind("touch", clean, lambda _body: False, words, marks=marks, many=True)
