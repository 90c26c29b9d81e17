"""The kind "decision": the user's vetting decisions about a person (follow back, wait, no) with their reasons."""

from __future__ import annotations

from collections.abc import Mapping

from companion.domain import limits
from companion.domain.decisions import DECISIONS, REASONS, WAIT_DAYS
from companion.errors import BodyError
from companion.settings import Settings
from companion.store.documents import Document, Json
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.text import text_of

MOST_DAYS = 366
POST_CHARACTERS = 40
FINGERPRINT_CHARACTERS = 64
FIELDS = frozenset({"decision", "days", "reasons", "text", "post", "looked_at"})


def clean(body: Mapping[str, object], settings: Settings) -> Document:
    """Return the decision, its duration and reasons, and the fingerprint of bio, name and photo at that time."""
    unknown = set(body) - FIELDS
    if unknown:
        raise BodyError(
            f"A decision has {', '.join(sorted(FIELDS))}, nothing else.", field=sorted(unknown)[0], unknown=True
        )
    decision = body.get("decision")
    if decision not in DECISIONS:
        raise BodyError(f"Decide one of {', '.join(DECISIONS)}.", field="decision")
    stored: Document = {"decision": str(decision), "reasons": _reasons(body.get("reasons", []))}
    if decision == "wait":
        stored["days"] = _days(body.get("days", WAIT_DAYS))
    for name, most in (("text", limits.REASON), ("post", POST_CHARACTERS), ("looked_at", FINGERPRINT_CHARACTERS)):
        if body.get(name) not in (None, ""):
            stored[name] = text_of(body, name, most, lines=name == "text").strip()
    return stored


def _reasons(given: object) -> list[Json]:
    if not isinstance(given, list) or not all(reason in REASONS for reason in given):
        raise BodyError(f"A reason is one of {', '.join(REASONS)}.", field="reasons")
    return list(dict.fromkeys(given))


def _days(given: object) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= MOST_DAYS:
        raise BodyError(f"Wait from 1 to {MOST_DAYS} days.", field="days")
    return given


def words(body: Document) -> str:
    """Return the reasons and the user's own words, so that a search finds them."""
    reasons = body.get("reasons")
    named = [str(reason).replace("_", " ") for reason in reasons] if isinstance(reasons, list) else []
    return " ".join([*named, str(body.get("text", ""))]).strip()


def marks(body: Document) -> dict[str, Json]:
    """Return the latest decision for the badge's summary."""
    return {"decision": body.get("decision")}


KIND = Kind("decision", clean, lambda body: not body.get("decision"), words, marks=marks, many=True, fields=FIELDS)
