"""A notebook whose notes and earlier texts are not in memory: it means the same, converges, and forgets every byte."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from tinydb import TinyDB

from companion.settings import Settings
from companion.store.documents import Table
from companion.store.journal import storage as journal_storage
from companion.store.journal.checksum import OWN_TABLE, State
from companion.store.journal.database import JournalDB
from companion.store.journal.lines import Change
from companion.store.journal.loader import read_tables
from companion.store.journal.snapshots import Snapshots
from companion.store.journal.stored_rows import StoredRows
from companion.store.notebook import lines
from companion.store.notebook.lines import DEVICE, READER
from companion.store.notebook.notebook import LARGE, Notebook
from companion.store.notebook.results import LATEST
from tests.companion.store.notebook.sharing import ADA, INES, STUB, WREN, Machine


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_storage, "STORED_FROM", 1)


def stored(notebook: Notebook) -> None:
    """Let the notes and versions leave memory."""
    notebook.compact()
    storage = notebook._db.storage
    assert all(isinstance(storage.rows(name), StoredRows) for name in LARGE & storage.names())


def files_with(folder: Path, words: str) -> list[Path]:
    """Return the files in which words occur."""
    return [path for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def test_a_forgotten_person_is_in_no_file_any_more_nor_what_was_written_under_their_handle(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "desk")
    notebook = machine.notebook
    for number in range(3):
        machine.write("note", STUB, {"text": f"secret {number} of the handle"}, 10 + number)
        machine.write("note", INES, {"text": f"harmless {number}"}, 10 + number)
    notebook.merge(STUB, WREN)
    machine.write("note", WREN, {"text": "secret of the id"}, 100)
    stored(notebook)
    machine.write("note", WREN, {"text": "secret after it left memory"}, 101)
    notebook.forget(WREN)
    assert files_with(tmp_path, "secret") == []
    assert files_with(tmp_path, "wrenwrites") == []
    assert files_with(tmp_path, WREN) == []
    assert [one.text for one in notebook.versions(INES)] == ["harmless 2", "harmless 1", "harmless 0"]
    assert notebook.forgotten.holds() == {INES}
    notebook.close()
    with Notebook.open(Settings(data=tmp_path / "desk")) as again:
        assert [one.text for one in again.versions(INES)] == ["harmless 2", "harmless 1", "harmless 0"]
        assert again.people() == [INES]


def test_what_somebody_elses_text_says_of_the_forgotten_handle_goes_from_it_too(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "desk")
    notebook = machine.notebook
    machine.write("note", STUB, {"text": "secret of the handle"}, 10)
    machine.write("note", INES, {"text": "first of the id"}, 11)
    machine.write("note", INES, {"text": "second of the id"}, 12)
    notebook.merge(STUB, INES)
    stored(notebook)
    notebook.forget(STUB)
    assert files_with(tmp_path, "secret") == []
    assert [one.text for one in notebook.versions(INES)] == ["second of the id", "first of the id"]


def test_what_is_kept_apart_is_forgotten_alone(tmp_path: Path) -> None:
    with Notebook.open(Settings(data=tmp_path)) as notebook:
        notebook.write("one", "note", WREN, {"text": "for all"}, LATEST, 10, ADA)
        notebook.asides.keep_apart(ADA, on=True)
        for number in range(2):
            notebook.write(f"two-{number}", "note", WREN, {"text": f"for Ada alone {number}"}, LATEST, 11, ADA)
        stored(notebook)
        assert notebook.forget_part(ADA)
        assert files_with(tmp_path, "for Ada alone") == []
        assert [one.text for one in notebook.versions(WREN)] == ["for all"]


def test_machines_agree_and_counting_anew_changes_nothing(tmp_path: Path) -> None:
    desk, lap = Machine(tmp_path, "desk"), Machine(tmp_path, "lap")
    for number in range(12):
        for machine in (desk, lap):
            machine.write("note", (WREN, INES, STUB)[number % 3], {"text": f"{machine.name} {number}"}, number)
        if number % 4 == 1:
            stored(desk.notebook)
        if number % 4 == 2:
            lap.hear(desk)
            stored(lap.notebook)
        if number == 7:
            desk.notebook.merge(STUB, WREN)
        if number % 4 == 3:
            desk.hear(lap)
    for _ in range(2):
        desk.hear(lap)
        lap.hear(desk)
    assert desk.view() == lap.view()
    assert (desk.notebook.shared.recount(), lap.notebook.shared.recount()) == (0, 0)
    desk.notebook.close()
    with Notebook.open(Settings(data=tmp_path / "desk"), clock=lambda: 50.0) as again:
        machine, machine.notebook = desk, again
        assert machine.view() == lap.view()
        assert again.shared.recount() == 0


def test_counting_and_searching_find_what_is_not_in_memory(tmp_path: Path) -> None:
    with Notebook.open(Settings(data=tmp_path)) as notebook:
        for number in range(30):
            notebook.write(
                f"op-{number}", "note", str(3_000_000 + number), {"text": f"word{number} shared"}, None, 9, ADA
            )
        stored(notebook)
    with Notebook.open(Settings(data=tmp_path)) as notebook:
        assert notebook.note_count() == 30
        assert notebook.last_write_at == 9
        assert [hit.pid for hit in notebook.search("word17", 5)] == ["3000017"]
        assert len(notebook.search("shared", 50)) == 30
        assert len(notebook.of_kind("note")) == 30


def test_who_begins_to_share_tells_everything_in_pieces_without_holes_and_nothing_kept_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "AT_ONCE", 4)
    desk, late = Machine(tmp_path, "desk", share=False), Machine(tmp_path, "late")
    notebook = desk.notebook
    for number in range(7):
        desk.write("note", WREN, {"text": f"text {number}"}, 10 + number)
        desk.write("tags", INES, {"tags": [f"tag {number}"]}, 10 + number)
    notebook.asides.keep_apart(ADA, on=True)
    desk.write("note", INES, {"text": "for Ada alone"}, 30)
    stored(notebook)
    notebook.shared.begin("desk", "desk")
    told, device = notebook.shared.lines.outgoing(), notebook.shared.device
    assert [row["n"] for row in told] == list(range(1, notebook.shared.lines.waiting() + 1))
    assert device is not None
    assert (device.n, device.op) == (len(told), told[-1]["op"])
    assert "for Ada alone" not in str(told)
    late.hear(desk)
    assert notebook.shared.lines.waiting() == 0
    assert [one.text for one in late.notebook.versions(WREN)] == [one.text for one in notebook.versions(WREN)]
    assert late.notebook.about(INES).tags == ["tag 6"]
    reader = Machine(tmp_path, "reader", share=False)
    reader.write("note", WREN, {"text": "a reader's own"}, 1)
    reader.notebook.shared.begin("reader", "reader", READER)
    assert [row["kind"] for row in reader.notebook.shared.lines.outgoing()] == [DEVICE]


def test_a_copy_loses_a_forgotten_person_alike_whether_its_rows_are_in_memory_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies = []
    for least in (1, 1 << 40):
        monkeypatch.setattr(journal_storage, "STORED_FROM", least)
        folder, machine = tmp_path / str(least), Machine(tmp_path / str(least), "desk")
        notebook = machine.notebook
        for number in range(3):
            machine.write("note", STUB, {"text": f"secret {number} of the handle"}, 10 + number)
            machine.write("note", INES, {"text": f"harmless {number}"}, 10 + number)
        machine.write("tags", STUB, {"tags": ["speaker", "fair"]}, 14)
        machine.write("tags", INES, {"tags": ["fair"]}, 15)
        machine.write("note", WREN, {"text": "secret of the id"}, 16)
        notebook.merge(STUB, INES)
        notebook.compact()
        Snapshots(folder / "desk" / "notes.json", 7).keep_day(0)
        (copy,) = (folder / "desk" / "snapshots").glob("*.json")
        for whom in (STUB, WREN):
            notebook.forget(whom)
        assert files_with(folder, "secret") == []
        tables, state = read_tables(copy)
        assert state is State.INTACT
        copies.append({name: rows for name, rows in tables.items() if name not in ("_meta", OWN_TABLE)})
    assert copies[0] == copies[1]
    assert copies[0]["note"]


def test_a_copy_is_scrubbed_without_holding_its_rows_in_memory(tmp_path: Path) -> None:
    with JournalDB(tmp_path / "t.json", stored=LARGE) as db:
        db.table("note").put_all([(None, {"pid": str(number), "text": f"{number} " * 100}) for number in range(3000)])
        db.compact()
        copies = Snapshots(tmp_path / "t.json", 7)
        copy = copies.keep_day(0)
        assert copy is not None
        tracemalloc.start()
        try:
            copies.scrub("7", lambda tables: _without(tables["note"], b'"7"'), db.storage.stored_in)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < 2.2 * copy.stat().st_size
    assert [row["pid"] for row in TinyDB(copy).table("note").all()] == [str(n) for n in range(3000) if n != 7]


def _without(rows: Table, text: bytes) -> list[Change]:
    assert isinstance(rows, StoredRows)
    return [Change("note", removed=[doc_id]) for doc_id in rows.having([text])]
