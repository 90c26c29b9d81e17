"""Records an understanding in the ledger and moves a stub's notes in the notebook once its id is known."""

from __future__ import annotations

from typing import Protocol

from companion.domain.sightings import Understanding
from companion.store.ledger.ledger import Ledger
from companion.store.ledger.rows import Recorded


class KeepsNotes(Protocol):
    """The one operation of a notebook that recording needs."""

    def merge(self, stub: str, pid: str) -> object:
        """Move everything written under a stub to an id; where both have documents, all are kept."""


def take(
    ledger: Ledger, notebook: KeepsNotes, owner: str, understanding: Understanding, at: int, run: int | None = None
) -> Recorded:
    """Record an understanding and move the notes of stubs whose ids it reveals.

    A rename changes nothing in the notebook (the id is the key), and a recycled handle inherits nothing from it.

    Args:
        ledger: the ledger to record in.
        notebook: the notebook with the stubs' notes.
        owner: the viewer's key (``Ledger.owner_for``).
        understanding: what a source parsed.
        at: when the page showed it, epoch seconds UTC.
        run: the number of the import that it is part of, if it is to be undone.
    """
    recorded = ledger.record(owner, understanding, at, run)
    if any(event.kind == "merge" for event in recorded.identity):
        carry_over(ledger, notebook)
    return recorded


def carry_over(ledger: Ledger, notebook: KeepsNotes) -> int:
    """Move the notes of all stubs that became ids; call it at the start too, in case a kill interrupted it.

    Returns:
        How many stubs were moved. Moving one twice is harmless, so each is settled only after it was moved.
    """
    due = ledger.merges_due()
    for stub, pid in due:
        notebook.merge(stub, pid)
        ledger.settle_merge(stub)
    return len(due)
