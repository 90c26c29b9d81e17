"""What the user wrote about a person as lines of the history: notes, outcomes, decisions, steps (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from companion.domain.dates import local_day, moment_of
from companion.domain.outcomes import FAVOURS, OUTCOMES, WAYS
from companion.domain.word_diff import Piece, changes
from companion.machine_zone import MACHINE
from companion.store.documents import Document
from companion.store.notebook.results import Version
from companion.web import wording
from companion.web.history import HistoryRow

KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"outcomes": ("outcome", "favour"), "decisions": ("decision",), "notes": ("note",), "steps": ("step",)}
)
"""What a filter of the history shows -> the kinds of what was written."""


def written_rows(versions: Sequence[Version], others: Mapping[str, Sequence[Document]]) -> dict[str, list[HistoryRow]]:
    """Return filter -> its rows, in no order; a filter without rows is left out.

    Args:
        versions: every version of the note, newest first.
        others: kind -> the person's documents of it.
    """
    made = {"note": _notes(versions)}
    for kind, row_of in (("outcome", _outcome), ("favour", _favour), ("decision", _decision), ("step", _step)):
        made[kind] = [row for row in map(row_of, others.get(kind, ())) if row]
    rows = {name: [row for kind in kinds for row in made[kind]] for name, kinds in KINDS.items()}
    return {name: found for name, found in rows.items() if found}


def _notes(versions: Sequence[Version]) -> list[HistoryRow]:
    """Return a row for each version that was taken, with what it changed."""
    taken = with_changes([one for one in versions if not one.conflict])
    rows = [_note(one, "Note changed", pieces=pieces) for one, pieces in taken[:-1]]
    return [*rows, *(_note(one, "Note written", quote=one.text) for one, _ in taken[-1:])]


def _note(one: Version, text: str, *, pieces: tuple[Piece, ...] = (), quote: str = "") -> HistoryRow:
    return HistoryRow(local_day(one.at, MACHINE), one.at, text, "own", pieces=pieces, quote=quote)


def with_changes(versions: Sequence[Version]) -> list[tuple[Version, tuple[Piece, ...]]]:
    """Return every version, newest first, with what it changed in the text that was taken before it."""
    told = []
    for place, one in enumerate(versions):
        before = next((other.text for other in versions[place + 1 :] if not other.conflict), "")
        told.append((one, tuple(changes(before, one.text))))
    return told


def _outcome(document: Document) -> HistoryRow:
    words = ", ".join(str(document[name]) for name in ("words", "worth") if document.get(name))
    return _dated(document, "Outcome", OUTCOMES[str(document["what"])], words)


def _favour(document: Document) -> HistoryRow:
    told = FAVOURS[str(document["what"])]
    return _dated(document, WAYS[str(document["way"])], told, str(document.get("words") or ""))


def _dated(document: Document, text: str, told: str, words: str) -> HistoryRow:
    day = date.fromisoformat(str(document["day"]))
    return HistoryRow(day, moment_of(day, MACHINE), text, "own", told=(told,), words=words)


def _decision(document: Document) -> HistoryRow:
    at, reasons = int(str(document["at"])), document.get("reasons")
    named = (wording.decision_reason(reason) for reason in (reasons if isinstance(reasons, list) else []))
    told = tuple(reason for reason in named if reason)
    text = wording.decision(document["decision"])
    return HistoryRow(local_day(at, MACHINE), at, text, "own", told=told, words=str(document.get("text") or ""))


def _step(document: Document) -> HistoryRow | None:
    """Return the row of a step on the day on which it was last done; None for one that never was."""
    if not document.get("done"):
        return None
    day = date.fromisoformat(str(document["done"]))
    return HistoryRow(day, moment_of(day, MACHINE), "Step done", "own", words=str(document["words"]))
