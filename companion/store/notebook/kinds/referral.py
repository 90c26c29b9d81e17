"""The kind "referral": who sent this person to the user. It is kept with the one who was sent."""

from __future__ import annotations

from collections.abc import Mapping

from companion.domain import limits
from companion.settings import Settings
from companion.store.documents import Document
from companion.store.notebook.kinds.fields import WHOM, day_of, only, whom_of
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.text import text_of

FIELDS = frozenset({WHOM, "day", "words"})


def clean(body: Mapping[str, object], _settings: Settings) -> Document:
    """Return the key of who sent them, the day if it is known, and a few words."""
    only(body, FIELDS, "referral")
    referral: Document = {WHOM: whom_of(body)}
    if day := day_of(body, "day"):
        referral["day"] = day
    if text := text_of(body, "words", limits.FACT).strip() if "words" in body else "":
        referral["words"] = text
    return referral


def words(body: Document) -> str:
    """Return the text for search and for exports."""
    who = str(body.get(WHOM, ""))
    return f"sent by {who} {body.get('words', '')}".strip() if who else ""


KIND = Kind("referral", clean, lambda body: not body.get(WHOM), words, many=True, fields=FIELDS)
