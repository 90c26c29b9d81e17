"""Finds whom another tool's entry is about in this data folder, and meets those whom nobody here has seen."""

from __future__ import annotations

from companion.domain.handles import stub
from companion.domain.sightings import Person, Understanding
from companion.sources.other_tools.notes import ImportedNote
from companion.store.ingest import take
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.notebook import Notebook

OP = "archive:notes"
"""A file tells nothing about what others sent, like an archive of X's (see ``ledger_record``)."""


def place(ledger: Ledger, note: ImportedNote) -> str:
    """Return the person's key: by id, by a handle that somebody has now, or the handle's stub."""
    for owner in ledger.owners():
        pid = ledger.find(owner, note.id, note.handle)
        if pid is not None:
            return pid
    return note.id or stub(note.handle or "")


def meet(ledger: Ledger, notebook: Notebook, note: ImportedNote, now: int) -> None:
    """Record which handle an id had, so that the note is found by handle at once; known people tell it better."""
    owner = next(iter(ledger.owners()), None)
    if owner is None or note.id is None or note.handle is None:
        return
    if ledger.find(owner, note.id) is None and ledger.find(owner, handle=note.handle) is None:
        understanding = Understanding(op=OP, people=[Person(note.id, note.handle, rich=False)])
        take(ledger, notebook, owner, understanding, min(note.at or now, now))
