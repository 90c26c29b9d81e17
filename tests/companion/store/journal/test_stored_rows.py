"""Rows of large tables stay in the plain file and are read from it: the same answers, less memory, no damaged row."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
import tracemalloc
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from tinydb import TinyDB

from companion.errors import StoreError
from companion.store.documents import Document
from companion.store.files import write_new
from companion.store.journal import storage as journal_storage
from companion.store.journal.compaction import CompactionPolicy
from companion.store.journal.database import JournalDB
from companion.store.journal.row_places import BLOCK, Places, cut_out
from companion.store.journal.snapshot_form import snapshot_bytes
from companion.store.journal.stored_rows import StoredRows
from tests.companion.store.damage_help import damaged
from tests.companion.store.files_help import as_after_a_kill

NEVER = CompactionPolicy(bytes=1 << 40, idle_seconds=1e9)
NOTES = "note"


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_storage, "STORED_FROM", 1)


def opened(path: Path) -> JournalDB:
    return JournalDB(path, compaction=NEVER, stored=frozenset({NOTES, "tags"}))


def filled(path: Path, count: int = 40) -> dict[int, Document]:
    """Write some documents in two generations and close; return them."""
    rng = random.Random(7)
    with opened(path) as db:
        for number in range(count):
            text = " ".join(f"w{rng.randrange(1000)}" for _ in range(rng.randrange(1, 30)))
            db.table(rng.choice([NOTES, "tags"])).insert({"n": number, "text": text})
            if number == count // 2:
                db.compact()
        db.compact()
        return dict(db.storage.rows(NOTES).items())


# --- the same as a dictionary ----------------------------------------------------------------------------------------

TEXTS = st.sampled_from(["", "}},", '": {', '"', "\\", "é", "\ud800", "\n", "\x7f", '"versions": {\n', "w" * 300])
DOCUMENTS = st.fixed_dictionaries({"text": TEXTS}, optional={"body": st.fixed_dictionaries({"deep": TEXTS})})


class LikeADictionary(RuleBasedStateMachine):
    """A table of a database whose rows stay in the file, beside a dictionary."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "t.json"
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(journal_storage, "STORED_FROM", 1)
        self.db, self.model, self.kills = opened(self.path), dict[int, Document](), 0

    def teardown(self) -> None:
        self.db.close()
        self.patch.undo()
        self.folder.cleanup()

    def put(self, document: Document, key: int | None = None) -> None:
        self.model[self.db.table(NOTES).put_json(document, key)] = document

    @rule(document=DOCUMENTS)
    def insert(self, document: Document) -> None:
        self.put(document)

    @precondition(lambda self: self.model)
    @rule(document=DOCUMENTS, data=st.data())
    def replace(self, document: Document, data: st.DataObject) -> None:
        self.put(document, data.draw(st.sampled_from(sorted(self.model))))

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.model)))
        self.db.table(NOTES).remove(doc_ids=[key])
        del self.model[key]

    @rule(documents=st.lists(DOCUMENTS, max_size=3), data=st.data())
    def change_that_is_taken_back(self, documents: list[Document], data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.model))) if self.model else 1
        with suppress(ZeroDivisionError), self.db.batch():
            self.db.table(NOTES).put_all((None, one) for one in documents)
            if self.model:
                self.db.table(NOTES).remove(doc_ids=[key])
                self.db.table(NOTES).put_json({"text": "again"}, key)
            raise ZeroDivisionError

    @rule()
    def compact(self) -> None:
        self.db.compact()

    @rule(document=DOCUMENTS, data=st.data(), fails=st.booleans())
    def change_while_it_is_compacted(self, document: Document, data: st.DataObject, fails: bool) -> None:
        keys = sorted(self.model)
        replaced, gone = (data.draw(st.lists(st.sampled_from(keys), max_size=2)) if keys else [] for _ in range(2))
        with pytest.MonkeyPatch.context() as patch:

            def written(path: Path, *rest: Iterable[bytes]) -> Path:
                new = write_new(path, *rest)
                self.put(document)
                for key in replaced:
                    self.put({"text": "meanwhile"}, key)
                for key in set(gone):
                    self.db.table(NOTES).remove(doc_ids=[key])
                    del self.model[key]
                if fails:
                    raise OSError(28, "No space left on device")
                return new

            patch.setattr("companion.store.journal.storage.write_new", written)
            if fails:
                with pytest.raises(StoreError):
                    self.db.compact()
            else:
                self.db.compact()

    @rule()
    def close_and_open(self) -> None:
        self.db.close()
        if self.path.exists():
            with TinyDB(self.path) as stock:
                assert {one.doc_id: dict(one) for one in stock.table(NOTES)} == self.model
        self.db = opened(self.path)

    @rule()
    def kill(self) -> None:
        self.kills += 1
        copy = as_after_a_kill(self.path, f"killed-{self.kills}")
        self.db.close()
        self.path, self.db = copy, opened(copy)

    @invariant()
    def the_same_is_there(self) -> None:
        rows = self.db.storage.rows(NOTES)
        assert list(rows.items()) == sorted(self.model.items())
        assert (list(rows), list(rows.values()), len(rows)) == (
            sorted(self.model),
            [one for _, one in sorted(self.model.items())],
            len(self.model),
        )
        assert all(rows[key] == one and key in rows for key, one in self.model.items())
        assert 10**6 not in rows
        assert rows.get(10**6) is None
        assert not self.db.warnings


TestLikeADictionary = LikeADictionary.TestCase
TestLikeADictionary.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


def test_an_id_that_is_given_out_again_stands_in_its_place(tmp_path: Path) -> None:
    with opened(tmp_path / "t.json") as db:
        for text in "abc":
            db.table(NOTES).insert({"text": text})
        db.table(NOTES).remove(doc_ids=[2])
    with opened(tmp_path / "t.json") as db:
        db.table(NOTES).remove(doc_ids=[3])
        again = [db.table(NOTES).insert({"text": text}) for text in "de"]
        rows = db.storage.rows(NOTES)
        assert isinstance(rows, StoredRows)
        assert again == [2, 3]
        assert list(rows) == [1, 2, 3]
        assert [row["text"] for row in rows.values()] == ["a", "d", "e"]


def test_the_places_of_rows_are_those_of_their_json() -> None:
    awkward: list[tuple[int, Document]] = [(3, {"a": {"b": {}}}), (7, {"t": '}},\n"x": {'}), (9, {"a": {"b": {}}})]
    data = b"".join(snapshot_bytes({"other": [(1, {})], "empty": [], "one": awkward, "two": awkward}))
    places, rest = cut_out(data, ["one", "two", "empty", "missing"], 1)
    assert places.keys() == {"one", "two"}
    for table in places.values():
        found = zip(table.ids, table.starts, table.sizes, strict=True)
        assert [(key, json.loads(data[start : start + size])) for key, start, size in found] == awkward
    left = json.loads(rest)
    assert (left["one"], left["two"], left["other"]) == ({}, {}, {"1": {}})


def test_numbers_that_need_more_than_four_bytes_have_room() -> None:
    near, few = 2**32 - 2, Places()
    for number in range(2):
        few.add(7 + number, near + number, b"{}")
    far = Places()
    for number in range(3):
        far.add_moved(few, 0, 2, number * 2, b"")
    for each in ("ids", "starts"):
        assert len(getattr(far, each)) == 6
    assert list(far.starts) == [near, near + 1, near + 2, near + 3, near + 4, near + 5]
    few.add(2**40, 10, b"{}")
    few.add(2**40 + 1, 2**41, b"{}")
    assert [few.find(doc_id) for doc_id in (7, 8, 9, 2**40, 2**40 + 1, 2**50)] == [0, 1, -1, 2, 3, -1]
    assert list(few.starts) == [near, near + 1, 10, 2**41]
    far.add_moved(few, 2, 4, 1, b"")
    assert list(zip(far.ids, far.starts, strict=True))[-2:] == [(2**40, 11), (2**40 + 1, 2**41 + 1)]


# --- memory ----------------------------------------------------------------------------------------------------------


def test_what_is_in_the_file_is_not_in_memory(tmp_path: Path) -> None:
    with opened(tmp_path / "t.json") as db:
        tracemalloc.start()
        try:
            with db.batch():
                for number in range(3000):
                    db.table(NOTES).insert({"n": number, "text": f"{number} " * 100})
            before = tracemalloc.get_traced_memory()[0]
            db.compact()
            after = tracemalloc.get_traced_memory()[0]
        finally:
            tracemalloc.stop()
        assert before > 2_000_000
        assert after < before / 5
        assert db.table(NOTES).get(doc_id=2000) == {"n": 1999, "text": "1999 " * 100}


def test_a_small_table_stays_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_storage, "STORED_FROM", 100_000)
    kept = filled(tmp_path / "t.json")
    with opened(tmp_path / "t.json") as db:
        assert db.storage.rows(NOTES) == kept
        assert not isinstance(db.storage.rows(NOTES), StoredRows)


# --- damage ----------------------------------------------------------------------------------------------------------


def test_a_row_that_changed_on_the_disk_comes_from_an_older_file(tmp_path: Path) -> None:
    kept = filled(tmp_path / "t.json")
    with opened(tmp_path / "t.json") as db:
        _overwrite(tmp_path / "t.json")
        assert dict(db.storage.rows(NOTES).items()) == kept
        assert {key: db.storage.rows(NOTES)[key] for key in kept} == kept
        db.inspect()
        assert "t.json changed on the disk and was written anew; nothing is missing." in db.warnings
        shutil.rmtree(tmp_path / "snapshots", ignore_errors=True)
        (tmp_path / "t.json.previous").unlink()
        assert dict(db.storage.rows(NOTES).items()) == kept
    with opened(tmp_path / "t.json") as db:
        assert dict(db.storage.rows(NOTES).items()) == kept


def test_rows_that_were_copied_in_one_piece_are_compared_with_what_was_copied(tmp_path: Path) -> None:
    with opened(tmp_path / "t.json") as db:
        table = db.table(NOTES)
        table.put_all([(None, {"n": number, "text": "w" * 40}) for number in range(3 * BLOCK)])
        for _ in range(3):  # into the file, copied row by row, copied in one piece
            db.compact()
        table.put({"n": "other"}, BLOCK + 7)
        table.remove(doc_ids=[2 * BLOCK + 3])
        table.put({"n": "new"})
        kept = dict(db.storage.rows(NOTES).items())
        db.compact()
        assert dict(db.storage.rows(NOTES).items()) == kept
        _overwrite(tmp_path / "t.json")
        assert dict(db.storage.rows(NOTES).items()) == kept
        db.compact()
        assert dict(db.storage.rows(NOTES).items()) == kept
    with opened(tmp_path / "t.json") as db:
        assert dict(db.storage.rows(NOTES).items()) == kept


def test_a_row_that_is_whole_nowhere_is_never_shown_and_no_file_is_made_of_it(tmp_path: Path) -> None:
    filled(tmp_path / "t.json")
    with opened(tmp_path / "t.json") as db:
        for name in ("t.json.previous", "t.json.journal.previous"):
            (tmp_path / name).unlink(missing_ok=True)
        _overwrite(tmp_path / "t.json")
        with pytest.raises(StoreError, match="no older file of the notebook has it as it was"):
            list(db.storage.rows(NOTES).values())
        with pytest.raises(StoreError):
            db.compact()


def test_there_is_always_a_second_file_that_has_what_is_not_in_memory(tmp_path: Path) -> None:
    kept = filled(tmp_path / "t.json")
    for path in tmp_path.glob("t.json?*"):
        path.unlink()  # as after a backup was restored
    with opened(tmp_path / "t.json") as db:
        db.inspect()
        _overwrite(tmp_path / "t.json")
        assert dict(db.storage.rows(NOTES).items()) == kept


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", ["t.json", "t.json.previous"])
def test_damage_while_it_is_open_is_told_or_harmless(tmp_path: Path, name: str, rounds: int) -> None:
    filled(tmp_path / "whole" / "t.json")
    rng = random.Random(f"{name} open 2026")
    for number in range(rounds // 4):
        folder = tmp_path / "round"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(tmp_path / "whole", folder)
        with opened(folder / "t.json") as db:
            truth = dict(db.storage.rows(NOTES).items())
            kind, changed = damaged((folder / name).read_bytes(), rng)
            (folder / name).write_bytes(changed)
            assert dict(db.storage.rows(NOTES).items()) == truth, f"{kind} in round {number}"
            db.inspect()
            assert db.warnings
        with opened(folder / "t.json") as db:
            assert dict(db.storage.rows(NOTES).items()) == truth, f"{kind} in round {number}"
            assert not db.warnings


def test_a_closed_table_says_so(tmp_path: Path) -> None:
    filled(tmp_path / "t.json")
    db = opened(tmp_path / "t.json")
    rows = db.storage.rows(NOTES)
    db.close()
    with pytest.raises(StoreError, match="closed"):
        list(rows.values())


def _overwrite(path: Path) -> None:
    """Change a letter in the middle of each row, in place."""
    data = path.read_bytes()
    with path.open("r+b") as file:
        file.write(data.replace(b'"text":"w', b'"text":"v'))
