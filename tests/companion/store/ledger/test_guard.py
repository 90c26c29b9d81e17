"""The ledger's checksums follow every page that moves into its file, whoever reads meanwhile."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from companion.domain.sightings import Person
from companion.store.ledger.ledger import Ledger
from companion.store.ledger.page_sums import PageSums
from tests.companion.store.ledger_help import ADA, NOW, page


def someone(number: int) -> Person:
    return Person(str(3_000_000 + number), f"person{number}", "Somebody")


class SlowReader:
    """A thread that reads from before the last page, and lets go once the log is about to be emptied."""

    def __init__(self, ledger: Ledger) -> None:
        self._reading, self._let_go, self._ledger = threading.Event(), threading.Event(), ledger
        self._thread = threading.Thread(target=self._read)

    def begin(self) -> None:
        self._thread.start()
        assert self._reading.wait(10)
        self._ledger.connections._writer.set_trace_callback(self._traced)

    def _read(self) -> None:
        with self._ledger.connections.snapshot() as connection:
            connection.execute("select count(*) from person").fetchall()
            self._reading.set()
            assert self._let_go.wait(10)

    def _traced(self, statement: str) -> None:
        if "wal_checkpoint" in statement and "passive" not in statement:
            self._let_go.set()

    def end(self) -> None:
        self._ledger.connections._writer.set_trace_callback(None)
        self._let_go.set()
        self._thread.join()


@pytest.mark.parametrize("pages", [1, 20])
def test_what_a_reader_held_back_has_its_checksums_too(tmp_path: Path, pages: int) -> None:
    ledger = Ledger.open(tmp_path / "ledger.db")
    ledger.record(ADA, page([someone(0)]), NOW)
    reader = SlowReader(ledger)
    reader.begin()
    for number in range(1, pages + 1):
        ledger.record(ADA, page([someone(number)]), NOW)
    ledger.connections.truncate()
    reader.end()
    assert not PageSums(tmp_path / "ledger.db").compare().changed
    assert (tmp_path / "ledger.db-wal").stat().st_size == 0
    ledger.close()
    again = Ledger.open(tmp_path / "ledger.db")
    again.inspect()
    assert again.warnings == []
    assert again.person(ADA, someone(pages).id or "") is not None
    again.close()
