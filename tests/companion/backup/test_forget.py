"""Forgetting reaches backups too, whether somebody was noted, seen or both; the status says when a backup is due."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest

from companion.backup.create import back_up
from companion.backup.history import backups_in, read_history
from companion.cli.exit_codes import PROBLEM
from companion.domain.dates import DAY
from companion.domain.sightings import Person, Understanding
from companion.store.readonly import open_read_only
from tests.companion.cli.runs import run
from tests.companion.conftest import NOW, VIEWER, WREN, House
from tests.companion.export.folders import ADA, fill, stores, traces


def test_who_is_forgotten_in_the_extension_leaves_the_backups_with_the_next_one(house: House, tmp_path: Path) -> None:
    house.write("note", {"text": "Paper"})
    first = back_up(house.settings, NOW - 60, folder=tmp_path / "disk")
    house.ask("forget", {"op": "op-forget-1", "viewer": VIEWER, "person": WREN})
    second = back_up(house.settings, NOW + 60, folder=tmp_path / "disk")
    assert (second.removed, backups_in(tmp_path / "disk")) == ([first.path], [second.path])


@pytest.mark.parametrize(
    ("name", "pid"), [("@late", "@late"), ("2000009", "2000009"), ("@tomoreads", "2000003"), ("2000003", "2000003")]
)
def test_who_was_only_noted_or_only_seen_is_forgotten_and_leaves_the_backups(
    tmp_path: Path, name: str, pid: str
) -> None:
    one = fill(tmp_path / "one")
    with stores(one.data) as (notebook, ledger):
        if pid != "2000003":
            notebook.write("op-noted-1", "note", pid, {"text": "Only noted"}, None, NOW, ADA)
        assert notebook.knows(pid) is (pid != "2000003")
        assert (ledger.person(ADA, pid) is not None) is (pid == "2000003")
    older = back_up(one, NOW - DAY, folder=tmp_path / "disk")
    done = run(one.data, "forget", name, "--yes")
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        f"Everything about {name} is deleted. Backups made before now are deleted by the next `mutuals backup`.\n"
    )
    with stores(one.data) as (notebook, ledger):
        assert (notebook.knows(pid), ledger.person(ADA, pid)) == (False, None)
        assert notebook.knows("2000001")
        assert ledger.person(ADA, "2000001") is not None
    assert read_history(one).forgotten_at is not None
    assert back_up(one, int(time.time()) + 60, folder=tmp_path / "disk").removed == [older.path]


def test_forgetting_somebody_unknown_says_so_and_leaves_the_backups(tmp_path: Path) -> None:
    one = fill(tmp_path / "one")
    back_up(one, NOW - DAY, folder=tmp_path / "disk")
    done = run(one.data, "forget", "@nobodyyouknow", "--yes")
    assert (done.code, done.out) == (PROBLEM, "")
    assert "Nothing is known about @nobodyyouknow." in done.err
    assert read_history(one).forgotten_at is None
    assert back_up(one, NOW + DAY, folder=tmp_path / "disk").removed == []


def test_the_status_asks_for_a_backup_after_a_week_of_use(house: House) -> None:
    house.write("note", {"text": "Paper"})
    assert house.ask("status", {})["warnings"] == []
    house.stores.notebook.compact()
    folder = house.settings.data / "snapshots"
    folder.mkdir(exist_ok=True)
    for day in range(1, 8):
        shutil.copy(house.settings.notebook_path, folder / f"notes-2026-09-0{day}.json")
    assert house.ask("status", {})["warnings"] == ["There is no backup yet. Run `mutuals backup`."]


def test_an_export_to_the_screen_is_the_export(tmp_path: Path) -> None:
    fill(tmp_path / "one")
    told = json.loads(run(tmp_path / "one", "export", "-", "--format", "json").out)
    assert told["counts"] == {"seen": 3, "written": 2}
    assert "BEGIN:VCARD" in run(tmp_path / "one", "export", "-", "--format", "vcard", "--person", "@inesmakes").out
    assert "> =HYPERLINK" in run(tmp_path / "one", "export", "-", "--format", "markdown").out


def test_looking_at_an_empty_folder_makes_nothing(tmp_path: Path) -> None:
    done = run(tmp_path / "none", "export", "-", "--format", "csv")
    assert (done.code, done.out.count("\n")) == (0, 1)
    assert not (tmp_path / "none").exists()
    assert "nothing in" in run(tmp_path / "none", "backup").err
    with open_read_only(fill(tmp_path / "one")) as stores:
        assert stores.ledger is not None


def test_an_account_is_removed_with_what_was_seen_for_it_and_shared_notes_stay(tmp_path: Path) -> None:
    one = fill(tmp_path / "one")
    with stores(one.data) as (notebook, ledger):
        ledger.owner_for("1000002", "adaworks", NOW)
        ledger.record("1000002", Understanding(people=[Person("2000004", "seenatwork", "Seen")]), NOW)
        notebook.asides.keep_apart("1000002", on=True)
        notebook.write("op-work-1", "note", "2000004", {"text": "A secret of work"}, None, NOW, "1000002")
    assert run(one.data, "forget", "--account", "@adaworks", typed="n\n").code == PROBLEM
    done = run(one.data, "forget", "--account", "@adaworks", typed="y\n")
    assert (done.code, "Shared notes stay" in done.out) == (0, True), done
    assert run(one.data, "forget", "--account", "@nobody", "--yes").code != 0
    assert traces(one.data, "A secret of work") == traces(one.data, "seenatwork") == []
    with stores(one.data) as (notebook, ledger):
        assert ledger.owners() == [ADA]
        assert ledger.person(ADA, "2000001") is not None
        assert notebook.asides.apart() == frozenset()
        assert notebook.knows("2000001")
