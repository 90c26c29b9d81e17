"""The journal keeps what it says it kept, hands out copies, and leaves a file that stock TinyDB opens."""

from __future__ import annotations

import errno
import math
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tinydb import TinyDB, where
from tinydb.table import Document

from companion.errors import StoreError
from companion.store.journal.compaction import CompactionPolicy
from companion.store.journal.database import JournalDB, open_journal
from tests.companion.store.files_help import as_after_a_kill, wait_until


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "t.json"


@pytest.fixture
def db(path: Path) -> Iterator[JournalDB]:
    opened = open_journal(path)
    yield opened
    opened.close()


def test_every_change_is_on_the_disk_before_its_call_returns(
    db: JournalDB, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, synced = os.fdatasync, []

    def watched(descriptor: int) -> None:
        real(descriptor)
        synced.append((path.with_name("t.json.journal").stat().st_size, os.fstat(descriptor).st_ino))

    monkeypatch.setattr(os, "fdatasync", watched)
    table = db.table("note")
    changes: list[Callable[[], object]] = [
        lambda: table.insert({"n": 1}),
        lambda: table.insert_multiple([{"n": 2}, {"n": 3}]),
        lambda: table.update({"n": 5}, where("n") == 1),
        lambda: table.upsert({"n": 6}, where("n") == 6),
        lambda: table.remove(where("n") == 2),
        lambda: table.put({"n": 7}, 9),
        table.truncate,
        lambda: db.drop_table("note"),
    ]
    for number, change in enumerate(changes, 1):
        change()
        size, inode = synced[-1]
        assert len(synced) == number
        assert size == path.with_name("t.json.journal").stat().st_size
        assert inode == path.with_name("t.json.journal").stat().st_ino


def test_what_a_kill_leaves_holds_every_change_that_returned(db: JournalDB, path: Path) -> None:
    db.table("note").insert_multiple({"n": n} for n in range(5))
    db.table("note").remove(where("n") == 3)
    with open_journal(as_after_a_kill(path)) as later:
        assert [row["n"] for row in later.table("note")] == [0, 1, 2, 4]
        assert later.warnings == []


def test_a_batch_over_two_tables_is_one_line_of_the_journal(db: JournalDB, path: Path) -> None:
    with db.batch():
        db.table("note").insert({"n": 1})
        db.table("ops").insert({"op": "a"})
        assert not path.with_name("t.json.journal").read_bytes()
    assert path.with_name("t.json.journal").read_bytes().count(b"\n") == 1


def test_an_exception_in_a_batch_takes_back_all_of_it(db: JournalDB) -> None:
    db.table("note").insert_multiple([{"n": 1}, {"n": 2}])

    def fail() -> None:
        with db.batch():
            db.table("note").remove(doc_ids=[1])
            db.table("note").update({"n": 9}, doc_ids=[2])
            db.table("new").insert({"n": 1})
            assert db.table("note").search(where("n") == 9)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert [(row.doc_id, row["n"]) for row in db.table("note")] == [(1, 1), (2, 2)]
    assert db.table("note").search(where("n") == 9) == []
    assert db.tables() == {"note"}
    assert db.table("note").insert({}) == 3


def test_a_failed_batch_within_a_batch_is_taken_back_alone(db: JournalDB) -> None:
    def fail() -> None:
        with db.batch():
            db.insert({"n": 2})
            raise LookupError

    with db.batch():
        db.insert({"n": 1})
        with pytest.raises(LookupError):
            fail()
        db.insert({"n": 3})
    assert [row["n"] for row in db] == [1, 3]


def test_changing_what_was_handed_out_changes_nothing_stored(db: JournalDB) -> None:
    given = {"tags": ["a"]}
    doc_id = db.insert(given)
    given["tags"].append("from the caller")
    found = db.get(doc_id=doc_id)
    assert isinstance(found, Document)
    found["tags"].append("from get")
    for _ in range(2):  # the second time from the cache
        db.search(where("tags").any(["a"]))[0]["tags"].append("from search")
    for row in db:
        row["tags"].append("from iteration")
    assert db.all() == [{"tags": ["a"]}]


def test_a_condition_is_evaluated_once_per_document(db: JournalDB) -> None:
    db.insert_multiple({"n": n} for n in range(10))
    seen: list[int] = []

    def odd(document: dict[str, int]) -> bool:
        seen.append(document["n"])
        return document["n"] % 2 == 1

    assert db.upsert({"odd": True}, odd) == [2, 4, 6, 8, 10]
    assert seen == list(range(10))


def test_a_true_that_becomes_a_one_is_a_change(db: JournalDB, path: Path) -> None:
    db.insert({"value": True})
    db.update({"value": 1})
    with open_journal(as_after_a_kill(path)) as later:
        assert repr(later.all()) == "[{'value': 1}]"


@pytest.mark.parametrize("value", [math.nan, math.inf, {1, 2}, b"bytes", object()])
def test_what_json_cannot_say_is_refused_and_nothing_is_stored(db: JournalDB, value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        db.insert({"value": value})
    assert db.all() == []


@pytest.mark.parametrize("text", ["\ud800 lone", "Café ☕ 👩‍👩‍👧", "\u2028\x00\n", str(10**30)])
def test_any_text_and_number_comes_back_as_it_was(db: JournalDB, path: Path, text: str) -> None:
    document = {"text": text, text: 10**30, "low": -(2**63) - 1}
    db.insert(document)
    with open_journal(as_after_a_kill(path)) as later:
        assert later.all() == [document]
    db.compact()
    with open_journal(as_after_a_kill(path, "compacted")) as later:
        assert later.all() == [document]


def test_stock_tinydb_opens_the_file_after_closing(db: JournalDB, path: Path) -> None:
    db.table("note").insert_multiple([{"text": "Café"}, {"text": "☕"}])
    db.close()
    with TinyDB(path, encoding="ascii") as stock:
        assert stock.table("note").all() == [{"text": "Café"}, {"text": "☕"}]
        stock.table("note").insert({"text": "by stock"})
    with open_journal(path) as again:
        assert [row["text"] for row in again.table("note")] == ["Café", "☕", "by stock"]


def test_a_file_made_by_stock_tinydb_is_taken_over(path: Path) -> None:
    with TinyDB(path) as stock:
        stock.insert({"n": 1})
    with open_journal(path) as db:
        db.insert({"n": 2})
        assert [row["n"] for row in db] == [1, 2]


def test_a_full_disk_changes_nothing_and_says_so(db: JournalDB, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db.insert({"n": 1})
    real = os.write

    def full(descriptor: int, data: bytes) -> int:
        if len(data) > 10:
            return real(descriptor, data[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(StoreError, match=r"No space left on device.*nothing was changed"):
        db.insert({"n": 2})
    monkeypatch.undo()
    assert db.all() == [{"n": 1}]
    assert db.insert({"n": 3}) == 3
    with open_journal(as_after_a_kill(path)) as later:
        assert [row["n"] for row in later] == [1, 3]


def test_a_disk_that_cannot_even_take_back_refuses_further_changes(
    db: JournalDB, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fdatasync", broken)
    with pytest.raises(StoreError, match="could not be saved"):
        db.insert({"n": 1})
    monkeypatch.undo()
    with pytest.raises(StoreError, match="Restart"):
        db.insert({"n": 2})
    assert db.all() == []


def test_a_pause_in_writing_leaves_everything_in_the_plain_file(path: Path) -> None:
    with JournalDB(path, compaction=CompactionPolicy(idle_seconds=0.02)) as db:
        db.insert({"n": 1})
        wait_until(lambda: db.storage.journal_bytes == 0)
        with TinyDB(as_after_a_kill(path)) as stock:
            assert stock.all() == [{"n": 1}]


def test_a_long_journal_is_compacted_while_writing_goes_on(path: Path) -> None:
    with JournalDB(path, compaction=CompactionPolicy(bytes=2_000, idle_seconds=1_000)) as db:
        written = 0
        while db.storage.generation < 3:
            db.insert({"n": written})
            written += 1
        assert [row["n"] for row in db] == list(range(written))
        with db.storage.lock:  # so that the files are copied as of one moment
            copy = as_after_a_kill(path)
        with open_journal(copy) as later:
            assert [row["n"] for row in later] == list(range(written))


def test_compacting_in_a_batch_is_refused(db: JournalDB) -> None:
    with db.batch(), pytest.raises(StoreError, match="batch"):
        db.compact()


def test_a_closed_database_takes_no_changes(db: JournalDB) -> None:
    db.close()
    db.close()
    with pytest.raises(StoreError, match="closed"):
        db.insert({"n": 1})
