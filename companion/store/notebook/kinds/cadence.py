"""The kind "cadence": how often the user wants to be in contact with a person."""

from __future__ import annotations

from collections.abc import Mapping

from companion.domain import limits
from companion.domain.recurrence import every_of
from companion.settings import Settings
from companion.store.documents import Document
from companion.store.notebook.kinds.fields import day_of, only
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.text import text_of

FIELDS = frozenset({"every", "since", "later", "said"})


def clean(body: Mapping[str, object], _settings: Settings) -> Document:
    """Return how often, since when it holds, and until when it was put off on which day.

    Without ``every`` only a circle's or tag's rhythm is put off; without either nothing is set.
    """
    only(body, FIELDS, "cadence")
    text = text_of(body, "every", limits.STEP).strip()
    cadence: Document = {"every": str(every_of(text)) if text else ""}
    for name in ("since", "later", "said"):
        if day := day_of(body, name):
            cadence[name] = day
    return cadence


def blank(body: Document) -> bool:
    """Return whether no rhythm is set and none is put off."""
    return not body.get("every") and not body.get("later")


KIND = Kind("cadence", clean, blank, lambda body: str(body.get("every", "")), fields=FIELDS)
