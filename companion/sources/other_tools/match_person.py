"""Finds the person that another tool's entry is about, and records the id and handle of people not seen before."""

from __future__ import annotations

from companion.domain.handles import stub
from companion.domain.sightings import Person, Understanding
from companion.sources.other_tools.notes import ImportedNote
from companion.store.ingest import take
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.notebook import Notebook

OP = "archive:notes"
"""Marked like an X archive: a file does not hold what others sent (see ``store/ledger/ingest/record.py``)."""


def match_person(ledger: Ledger, note: ImportedNote) -> str:
    """Return the person's key: by id, by a handle that somebody has now, or the handle's stub."""
    for owner in ledger.owners():
        pid = ledger.find(owner, note.id, note.handle)
        if pid is not None:
            return pid
    return note.id or stub(note.handle or "")


def record_identity(ledger: Ledger, notebook: Notebook, note: ImportedNote, now: int) -> None:
    """Record the handle of an id that was never seen, so that the note is found by handle at once."""
    owner = next(iter(ledger.owners()), None)
    if owner is None or note.id is None or note.handle is None:
        return
    if ledger.find(owner, note.id) is None and ledger.find(owner, handle=note.handle) is None:
        understanding = Understanding(op=OP, people=[Person(note.id, note.handle, rich=False)])
        take(ledger, notebook, owner, understanding, min(note.at or now, now))
