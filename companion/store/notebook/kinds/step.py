"""The kind "step": something the user means to do with a person, on a day, perhaps again and again."""

from __future__ import annotations

from collections.abc import Mapping

from companion.domain import limits
from companion.domain.recurrence import every_of
from companion.errors import BodyError
from companion.settings import Settings
from companion.store.documents import Document
from companion.store.notebook.kinds.fields import day_of, only
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.text import text_of

FIELDS = frozenset({"words", "day", "start", "every", "later", "done"})


def clean(body: Mapping[str, object], _settings: Settings) -> Document:
    """Return the words, and the days as texts such as "2026-03-09".

    ``day`` is when it is due; ``start`` the day the user chose, from which ``every`` counts; ``later`` the day to which
    this one occurrence was put off; ``done`` the day on which it was last done. One that does not come again is over.
    """
    only(body, FIELDS, "step")
    words = text_of(body, "words", limits.STEP).strip()
    if not words:
        raise BodyError("Say in a few words what the next step is.", field="words")
    step: Document = {"words": words}
    for name in ("day", "start", "later", "done"):
        if day := day_of(body, name):
            step[name] = day
    if body.get("every") not in (None, ""):
        step["every"] = str(every_of(text_of(body, "every", limits.STEP)))
        if "day" not in step:
            raise BodyError("Give the first day of a step that comes again.", field="day")
    return step


def words(body: Document) -> str:
    """Return the text for search."""
    return str(body.get("words", ""))


KIND = Kind("step", clean, lambda body: not words(body), words, many=True, fields=FIELDS)
