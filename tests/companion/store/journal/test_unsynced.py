"""What can be had again is written without waiting for the disk, and is on it after the next sync or synced save."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from companion.errors import StoreError
from companion.store.documents import Json
from companion.store.journal.database import JournalDB


@pytest.fixture
def syncs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Which descriptors were synced, in their order."""
    called, real = list[int](), os.fdatasync

    def fdatasync(descriptor: int) -> None:
        called.append(descriptor)
        real(descriptor)

    monkeypatch.setattr(os, "fdatasync", fdatasync)
    return called


@pytest.mark.posix
def test_an_unsynced_batch_waits_for_no_disk_and_one_sync_is_for_all_of_them(tmp_path: Path, syncs: list[int]) -> None:
    db = JournalDB(tmp_path / "db.json")
    syncs.clear()
    for number in range(3):
        with db.batch(synced=False):
            db.table("notes").put({"number": number})
    assert syncs == []
    db.storage.sync()
    assert len(syncs) == 1
    db.table("notes").put({"number": 3})
    assert len(syncs) == 2, "a save is on the disk when it returns, as ever"
    db.close()


def test_unsynced_lines_are_there_after_a_kill_of_the_process(tmp_path: Path) -> None:
    db = JournalDB(tmp_path / "db.json")
    with db.batch(synced=False):
        db.table("notes").put({"text": "kept by the system"})
    assert b"kept by the system" in (tmp_path / "db.json.journal").read_bytes()
    db.close()


def test_a_failed_sync_is_said_and_nothing_more_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = JournalDB(tmp_path / "db.json")
    with db.batch(synced=False):
        db.table("notes").put({"text": "first"})

    def fails(descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("companion.store.journal.storage.sync_data", fails)
    with pytest.raises(StoreError, match="The disk failed"):
        db.storage.sync()
    with pytest.raises(StoreError, match="failed earlier"):
        db.table("notes").put({"text": "second"})
    monkeypatch.undo()
    db.close()


def test_a_document_that_is_known_to_be_json_is_stored_as_a_copy(tmp_path: Path) -> None:
    db = JournalDB(tmp_path / "db.json")
    names: list[Json] = ["a"]
    place = db.table("notes").put_json({"names": names})
    names.append("b")
    assert db.table("notes").get(doc_id=place) == {"names": ["a"]}
    db.close()
