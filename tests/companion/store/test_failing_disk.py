"""Every call of store/ that reaches the disk fails once: nothing acknowledged is lost, each failure has its words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from companion.domain.sightings import Person
from companion.errors import MutualsError
from companion.settings import Settings
from companion.store.files import write_private
from companion.store.journal import storage as journal_storage
from companion.store.journal.compaction import CompactionPolicy
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.notebook import Notebook
from companion.store.notebook.results import LATEST
from tests.companion.store.failing_disk import FAILURES, FailingDisk
from tests.companion.store.ledger_help import ADA, NOW, page

NEVER = CompactionPolicy(bytes=1 << 40, idle_seconds=1e9)


def live(folder: Path, kept: dict[str, str], sentences: list[str]) -> None:
    """Do what a day does to the files; whatever is refused must be refused in words, and the day goes on."""

    def attempt(what: str, number: int = 0) -> None:
        pid, text = str(2_000_000 + number), f"{what} {number} " + "words " * 40
        try:
            notebook.write(f"{what}-{number}", "note", pid, {"text": text}, LATEST, NOW, ADA)
        except MutualsError as error:
            sentences.append(error.message)
        else:
            kept[pid] = text

    try:
        notebook = Notebook.open(Settings(data=folder), compaction=NEVER, clock=lambda: NOW)
    except MutualsError as error:
        sentences.append(error.message)
        return
    try:
        for number in range(4):
            attempt("morning", number)
        notebook._db.compact()
        attempt("noon", 1)
        kept.pop("2000003", None)  # once it was asked for, the person may be gone or not
        notebook.forget("2000003")
        attempt("evening", 2)
    except MutualsError as error:
        sentences.append(error.message)
        attempt("after it", 5)
    finally:
        notebook.close()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("large", [False, True], ids=["", "large"])
def test_the_notebook_loses_nothing_that_it_acknowledged(
    tmp_path: Path, failure: str, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if large:  # what is in the file is not in memory
        monkeypatch.setattr(journal_storage, "STORED_FROM", 1)
    whole = tmp_path / "whole"
    with Notebook.open(Settings(data=whole), compaction=NEVER) as notebook:
        notebook.write("first", "note", "1999999", {"text": "from before"}, LATEST, NOW, ADA)
    turn, failed, places = 0, 0, set[str]()
    while True:
        folder = tmp_path / "day"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(whole, folder)
        kept, sentences = {"1999999": "from before"}, list[str]()
        disk = FailingDisk(folder, failure, turn)
        with pytest.MonkeyPatch.context() as patch:
            disk.install(patch)
            live(folder, kept, sentences)
        if not disk.failed_at:
            break
        failed, turn = failed + 1, turn + 1
        places.add(disk.failed_at)
        assert all(len(sentence.split()) > 3 for sentence in sentences), sentences
        with Notebook.open(Settings(data=folder)) as again:
            found = {pid: (again.about(pid).note or _Nothing).text for pid in kept}
            assert found == kept, f"call {turn} ({disk.failed_at}), told: {sentences}"
            assert not [words for words in again.warnings if "may be missing" in words]
    print(f"{failure}: {failed} calls failed in turn ({', '.join(sorted(places))}), 0 acknowledged writes lost")
    assert failed >= 5


class _Nothing:
    text = ""


@pytest.mark.timeout(900)
@pytest.mark.parametrize("failure", FAILURES)
def test_the_ledger_opens_again_whatever_failed(tmp_path: Path, failure: str) -> None:
    whole = tmp_path / "whole"
    Ledger.open(whole / "ledger.db").close()
    turn = 0
    while True:
        folder = tmp_path / "day"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(whole, folder)
        disk, recorded, told = FailingDisk(folder, failure, turn), False, list[str]()
        with pytest.MonkeyPatch.context() as patch:
            disk.install(patch)
            ledger = None
            try:
                ledger = Ledger.open(folder / "ledger.db")
                ledger.record(ADA, page([Person("3000001", "person1", "Somebody")]), NOW)
                recorded = True
                ledger.connections.truncate()
            except MutualsError as error:
                told.append(error.message)
            if ledger is not None:
                ledger.close()
        if not disk.failed_at:
            break
        turn += 1
        assert all(len(sentence.split()) > 3 for sentence in told), told
        again = Ledger.open(folder / "ledger.db")
        again.inspect()
        assert again.check() == []
        assert not recorded or again.person(ADA, "3000001") is not None, f"call {turn} ({disk.failed_at})"
        assert again.warnings == [], f"call {turn} ({disk.failed_at})"
        again.close()
    print(f"{failure}: {turn} calls failed in turn, nothing recorded was lost")


@pytest.mark.parametrize("failure", FAILURES)
def test_a_private_file_is_the_old_one_or_the_new_one(tmp_path: Path, failure: str) -> None:
    path, turn = tmp_path / "clients.json", 0
    while True:
        path.write_bytes(b"old")
        disk, raised = FailingDisk(tmp_path, failure, turn), False
        with pytest.MonkeyPatch.context() as patch:
            disk.install(patch)
            try:
                write_private(path, b"new" * 100)
            except OSError:
                raised = True
        if not disk.failed_at:
            assert path.read_bytes() == b"new" * 100
            break
        turn += 1
        assert raised
        assert path.read_bytes() in (b"old", b"new" * 100)
