"""Takes in what was understood: the ledger records it, and the notebook follows when a stub turns out to be an id."""

from __future__ import annotations

from typing import Protocol

from companion.domain.sightings import Understanding
from companion.store.ledger.ledger import Ledger
from companion.store.ledger.rows import Recorded


class KeepsNotes(Protocol):
    """The part of the notebook that identity needs."""

    def merge(self, stub: str, pid: str) -> object:
        """Move everything written under a stub to an id, keeping both where both have something."""


def take(ledger: Ledger, notebook: KeepsNotes, owner: str, understanding: Understanding, at: int) -> Recorded:
    """Record an understanding and move the notes of stubs that it named.

    A rename needs nothing of the notebook (the id is the key), and a recycled handle gets nothing of it.

    Args:
        ledger: Where it is recorded.
        notebook: What the user wrote.
        owner: The viewer's key (``Ledger.owner_for``).
        understanding: What a source understood.
        at: When the page showed it, epoch seconds UTC.
    """
    recorded = ledger.record(owner, understanding, at)
    if any(event.kind == "merge" for event in recorded.identity):
        carry_over(ledger, notebook)
    return recorded


def carry_over(ledger: Ledger, notebook: KeepsNotes) -> int:
    """Move the notes of all stubs that became ids; call at the start too, for a kill may have come between.

    Returns:
        How many stubs were carried over. Doing one twice does no harm, so each is settled only once it is done.
    """
    due = ledger.merges_due()
    for stub, pid in due:
        notebook.merge(stub, pid)
        ledger.settle_merge(stub)
    return len(due)
