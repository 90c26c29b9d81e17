"""Forgetting through the extension reaches backups too, and the status says when a backup is due."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from companion.backup.create import back_up
from companion.backup.history import backups_in
from companion.store.readonly import open_read_only
from tests.companion.cli.runs import run
from tests.companion.conftest import NOW, VIEWER, WREN, House
from tests.companion.export.folders import fill


def test_who_is_forgotten_in_the_extension_leaves_the_backups_with_the_next_one(house: House, tmp_path: Path) -> None:
    house.write("note", {"text": "Paper"})
    first = back_up(house.settings, NOW - 60, folder=tmp_path / "disk")
    house.ask("forget", {"op": "op-forget-1", "viewer": VIEWER, "person": WREN})
    second = back_up(house.settings, NOW + 60, folder=tmp_path / "disk")
    assert (second.removed, backups_in(tmp_path / "disk")) == ([first.path], [second.path])


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
