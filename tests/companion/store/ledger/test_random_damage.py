"""The ledger's files flipped, cut and exchanged at random: what is shown is true, and what was wrong is said."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from companion.domain.sightings import Interaction, Person
from companion.errors import TornDataError
from companion.store.ledger.ledger import Ledger
from tests.companion.store.damage_help import damaged
from tests.companion.store.ledger_help import ADA, NOW, page

COPIES = ("ledger.db.previous", "ledger.db.sums", "ledger.db.previous.sums")
"""Damage to them never reaches what is shown."""


def filled(path: Path, people: int = 80, sessions: int = 2) -> None:
    """Record some people in two sessions; the daily copy is of the first."""
    for session in range(sessions):
        ledger = Ledger.open(path)
        for start in range(0, people, 20):
            told = [
                Person(str(3_000_000 + n), f"person{n}", f"Person {n}", "Ink and rain, quite unmistakable. " * 3)
                for n in range(start, start + 20)
            ]
            acts = [Interaction("in", "reply", NOW + n, f"{session}-{start}-{n}", id=told[n].id) for n in range(20)]
            ledger.record(ADA, page(told, acts), NOW + session)
        ledger.settled()
        ledger.close()


def shown(ledger: Ledger) -> list[object]:
    """Return what is shown of everybody."""
    pids = [str(3_000_000 + n) for n in range(80)]
    return [(ledger.person(ADA, pid), ledger.badge(ADA, pid), ledger.interactions(ADA, pid)) for pid in pids]


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", ["ledger.db", *COPIES])
def test_no_damage_is_silent(tmp_path: Path, name: str, rounds: int) -> None:
    whole = tmp_path / "whole"
    filled(whole / "ledger.db")
    data, rng, told, mended = (whole / name).read_bytes(), random.Random(f"{name} 2026"), 0, 0
    shutil.copytree(whole, tmp_path / "truth")
    with_truth = Ledger.open(tmp_path / "truth" / "ledger.db")
    truth = shown(with_truth)
    with_truth.close()
    for number in range(rounds):
        folder = tmp_path / "round"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(whole, folder)
        kind, changed = damaged(data, rng)
        (folder / name).write_bytes(changed)
        ledger = Ledger.open(folder / "ledger.db")
        ledger.inspect()
        found, warnings = shown(ledger), ledger.warnings
        ledger.close()
        assert found == truth or warnings, f"silent: {kind} in round {number}"
        assert warnings or name != "ledger.db", f"unsaid: {kind} in round {number}"
        told += bool(warnings)
        mended += found == truth
    print(f"{name}: {rounds} damaged, {told} told, {mended} mended, 0 silent")
    assert name not in COPIES or mended == rounds


def test_a_page_that_changes_while_the_ledger_is_open_is_never_shown(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    filled(path, sessions=1)
    ledger = Ledger.open(path)
    before = shown(ledger)
    changed = path.read_bytes().replace(b"Ink and rain", b"Ink and pain")
    with path.open("r+b") as file:
        file.write(changed)
    assert shown(ledger) == before
    assert "came back from its daily copy" in ledger.warnings[0]
    ledger.close()


def test_without_the_very_page_nothing_more_is_shown_and_the_next_opening_takes_the_copy(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    filled(path)
    ledger = Ledger.open(path)
    shown(ledger)
    (tmp_path / "ledger.db.previous").unlink()
    with path.open("r+b") as file:
        file.write(path.read_bytes().replace(b"Ink and rain", b"Ink and pain"))
    for _ in range(2):
        with pytest.raises(TornDataError, match="damaged"):
            ledger.person(ADA, "3000001")
    with pytest.raises(TornDataError, match="damaged"):
        ledger.owner_for("1000002", "adaworks")
    ledger.close()
    again = Ledger.open(path)
    assert "lies now in ledger.db.damaged-1. A new one was begun" in again.warnings[0]
    assert b"Ink and pain" in (tmp_path / "ledger.db.damaged-1").read_bytes()
    again.close()


def test_what_another_program_wrote_through_sqlite_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    filled(path)
    connection = sqlite3.connect(path)
    connection.execute("pragma journal_mode = delete").fetchall()
    connection.execute("update person set name = 'Renamed' where pid = '3000001'")
    connection.commit()
    connection.close()
    for _ in range(2):
        ledger = Ledger.open(path)
        person = ledger.person(ADA, "3000001")
        assert (person is not None and person.profile.name, ledger.warnings) == ("Renamed", [])
        ledger.close()


@pytest.mark.parametrize("empty", [True, False])
def test_a_ledger_that_is_gone_or_empty_is_told_and_its_copy_taken(tmp_path: Path, empty: bool) -> None:
    path = tmp_path / "ledger.db"
    filled(path)
    path.unlink()
    if empty:
        path.touch()
    ledger = Ledger.open(path)
    assert "The ledger was gone. The copy of" in ledger.warnings[0]
    assert ledger.person(ADA, "3000001") is not None
    ledger.close()
    again = Ledger.open(path)
    assert again.warnings == []
    again.close()


@pytest.mark.parametrize("part", ["header", "frame", "end", "all"])
def test_a_log_that_a_kill_left_and_that_was_damaged_since_is_told(tmp_path: Path, part: str) -> None:
    path, killed = tmp_path / "ledger.db", tmp_path / "killed"
    filled(path)
    ledger = Ledger.open(path)
    ledger.record(ADA, page([Person("3000001", "person1", "Another name")]), NOW + 9)
    shutil.copytree(tmp_path, killed, ignore=shutil.ignore_patterns("killed", "*-shm"))
    ledger.close()
    log = killed / "ledger.db-wal"
    data = bytearray(log.read_bytes())
    if part in ("header", "frame"):
        data[17 if part == "header" else 100] ^= 1
    else:
        del data[-10 if part == "end" else 0 :]
    log.write_bytes(data)
    again = Ledger.open(killed / "ledger.db")
    assert "log was damaged or cut off" in again.warnings[0]
    assert again.check() == []
    again.close()
    once_more = Ledger.open(killed / "ledger.db")
    assert once_more.warnings == []
    once_more.close()
