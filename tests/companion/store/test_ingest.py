"""What is seen reaches the ledger, and the notes follow a stub into its id even if a kill comes between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.domain.dates import DAY
from companion.domain.sightings import Person, Post, Understanding
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


def mentioning(at: int, *named: tuple[str | None, str]) -> Understanding:
    """Return a post by somebody that names these people."""
    return Understanding(posts=[Post("7", "2000009", "inesmakes", "Look", at, mentions=list(named))])


def test_a_mention_tells_the_id_of_somebody_noted_by_handle(ledger: Ledger) -> None:
    notes = Notes()
    ingest.take(ledger, notes, ADA, told(Person(handle="WrenWrites")), NOW)
    ingest.take(ledger, notes, ADA, mentioning(NOW - 60 * DAY, (WREN, "wrenwrites"), ("2000005", "stranger")), NOW + 1)
    assert notes.merged == [("@wrenwrites", WREN)]
    assert ledger.find(ADA, None, "wrenwrites") == WREN
    assert ledger.find(ADA, "2000005", None) is None


@pytest.mark.parametrize(("at", "pid"), [(NOW - 900 * DAY, WREN), (NOW, None)])
def test_an_old_mention_or_one_without_an_id_says_nothing(ledger: Ledger, at: int, pid: str | None) -> None:
    notes = Notes()
    ingest.take(ledger, notes, ADA, told(Person(handle="wrenwrites")), NOW)
    ingest.take(ledger, notes, ADA, mentioning(at, (pid, "wrenwrites")), NOW + 1)
    assert notes.merged == []


def test_a_mention_takes_no_handle_from_who_was_seen_with_it_later(ledger: Ledger) -> None:
    notes = Notes()
    ingest.take(ledger, notes, ADA, told(Person(id=WREN, handle="wrenwrites")), NOW)
    ingest.take(ledger, notes, ADA, mentioning(NOW - DAY, ("2000005", "wrenwrites")), NOW + 1)
    assert ledger.find(ADA, None, "wrenwrites") == WREN
