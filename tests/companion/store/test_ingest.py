"""What is seen reaches the ledger, and the notes follow a stub into its id even if a kill comes between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.domain.sightings import Person, Understanding
from companion.errors import StoreError
from companion.store import ingest
from companion.store.ledger.ledger import Ledger

ADA, WREN, NOW = "1000001", "2000001", 1_760_000_000


class Notes:
    """A notebook reduced to its merges; it can fail like a full disk."""

    def __init__(self) -> None:
        self.merged: list[tuple[str, str]] = []
        self.full = False

    def merge(self, stub: str, pid: str) -> None:
        if self.full:
            raise StoreError("The disk is full.")
        self.merged.append((stub, pid))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger.open(tmp_path / "ledger.db")
    yield opened
    opened.close()


def told(*people: Person) -> Understanding:
    return Understanding(people=list(people))


def test_the_notes_of_a_stub_move_to_the_id(ledger: Ledger) -> None:
    notes = Notes()
    ingest.take(ledger, notes, ADA, told(Person(handle="wrenwrites")), NOW)
    assert notes.merged == []
    ingest.take(ledger, notes, ADA, told(Person(id=WREN, handle="wrenwrites")), NOW + 1)
    assert notes.merged == [("@wrenwrites", WREN)]
    assert ledger.merges_due() == []


def test_a_rename_or_a_recycled_handle_moves_no_notes(ledger: Ledger) -> None:
    notes = Notes()
    ingest.take(ledger, notes, ADA, told(Person(id=WREN, handle="wrenwrites")), NOW)
    ingest.take(ledger, notes, ADA, told(Person(id=WREN, handle="wrenokafor")), NOW + 1)
    ingest.take(ledger, notes, ADA, told(Person(id="2000002", handle="wrenwrites")), NOW + 2)
    assert notes.merged == []


def test_notes_that_could_not_be_moved_are_moved_at_the_next_start(ledger: Ledger) -> None:
    notes = Notes()
    ingest.take(ledger, notes, ADA, told(Person(handle="wrenwrites")), NOW)
    notes.full = True
    with pytest.raises(StoreError):
        ingest.take(ledger, notes, ADA, told(Person(id=WREN, handle="wrenwrites")), NOW + 1)
    notes.full = False
    assert ingest.carry_over(ledger, notes) == 1
    assert notes.merged == [("@wrenwrites", WREN)]
    assert ingest.carry_over(ledger, notes) == 0
