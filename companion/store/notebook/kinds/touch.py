"""The kind "touch": contact off X (such as a call) that the user logs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from companion.domain import limits
from companion.domain.kinds import MET_KINDS, OFF_X_KINDS
from companion.errors import BodyError
from companion.settings import Settings
from companion.store.documents import Document, Json
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.text import text_of

WAYS = ("both", "in", "out")
"""Direction of the contact: both ways, only from them, only from the user."""

FIELDS = frozenset({"what", "when", "day", "way", "words"})


def clean(body: Mapping[str, object], _settings: Settings) -> Document:
    """Return what it was, when, its direction, and a few words about it.

    ``when`` is the time it was written down for (epoch seconds UTC), ``day`` the day the user chose, such as
    "2026-10-20", which is the same day in every time zone.
    """
    unknown = set(body) - FIELDS
    if unknown:
        raise BodyError(
            "A touch has what, when, day, way and words, nothing else.", field=sorted(unknown)[0], unknown=True
        )
    what, way, when = body.get("what"), body.get("way", "both"), body.get("when")
    if what not in OFF_X_KINDS:
        raise BodyError(f"Say what it was: {', '.join(OFF_X_KINDS)}.", field="what")
    if way not in WAYS:
        raise BodyError(f"Say who talked: {', '.join(WAYS)}.", field="way")
    if not isinstance(when, int) or isinstance(when, bool) or not 0 <= when <= 10**11:
        raise BodyError("Say when it was, in epoch seconds.", field="when")
    text = text_of(body, "words", limits.TOUCH).strip() if "words" in body else ""
    touch: Document = {"what": str(what), "when": when, "way": str(way), "words": text}
    return {**touch, "day": _day(body["day"])} if body.get("day") is not None else touch


def _day(day: object) -> str:
    try:
        return date.fromisoformat(str(day)).isoformat()
    except ValueError as error:
        raise BodyError("Give the day as year-month-day, such as 2026-03-09.", field="day") from error


def words(body: Document) -> str:
    """Return the text for search."""
    return f"{body.get('what', '')} {body.get('words', '')}".strip()


def marks(body: Document) -> dict[str, Json]:
    """Return the mark "met" for the badge's summary, if it was in person."""
    return {"met": True} if body.get("what") in MET_KINDS else {}


KIND = Kind("touch", clean, lambda _body: False, words, marks=marks, many=True, fields=FIELDS)
