"""Seven daily copies, one before every migration; migrations are all or nothing and go on after a kill."""

from __future__ import annotations

from pathlib import Path

import pytest
from tinydb import TinyDB

from companion.domain.dates import DAY
from companion.errors import NewerDataError
from companion.store.documents import Tables
from companion.store.journal.database import JournalDB, open_journal
from companion.store.journal.snapshots import Snapshots
from companion.store.notebook import migrations
from companion.store.notebook.migrations import Step, migrate, refuse_newer
from companion.store.notebook.notebook import Notebook
from tests.companion.store.files_help import as_after_a_kill, wait_until

MIDNIGHT = 1_764_547_200
"""1 December 2025, UTC."""


def test_one_copy_a_day_is_kept_and_the_last_seven_stay(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    snapshots = Snapshots(path, 7)
    assert snapshots.keep_day(MIDNIGHT) is None
    with open_journal(path) as db:
        for day in range(10):
            db.insert({"day": day})
            db.compact()
            assert snapshots.keep_day(MIDNIGHT + day * DAY) is not None
            assert snapshots.keep_day(MIDNIGHT + (day + 1) * DAY - 1) is None
    names = [f"notes-2025-12-{day:02}.json" for day in range(10, 3, -1)]
    assert [copy.name for copy in snapshots.daily()] == names
    with TinyDB(snapshots.daily()[-1]) as stock:
        assert [row["day"] for row in stock.all()] == [0, 1, 2, 3]


def test_the_notebook_keeps_its_daily_copy_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    with Notebook.open(path, clock=lambda: MIDNIGHT) as notebook:
        notebook.write("a", "note", "1", {"text": "kept"}, None, 1, "2")
    with Notebook.open(path, clock=lambda: MIDNIGHT + DAY):
        copy = tmp_path / "snapshots" / "notes-2025-12-02.json"
        wait_until(copy.exists)
    with TinyDB(copy) as stock:
        assert stock.table("note").all()[0]["body"] == {"text": "kept"}


def test_a_notebook_with_both_generations_damaged_goes_back_to_the_daily_copy_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    with Notebook.open(path) as notebook:
        notebook.write("a", "note", "1", {"text": "kept"}, None, 1, "2")
        notebook.compact()
        Snapshots(path, 7).keep_day(MIDNIGHT)
        notebook.write("b", "note", "1", {"text": "later"}, 1, 2, "2")
        notebook.compact()
        notebook.compact()
    for name in ("notes.json", "notes.json.previous"):
        path.with_name(name).write_bytes(b"{")
    with Notebook.open(path) as notebook:
        assert [version.text for version in notebook.versions("1")] == ["kept"]
        assert "rebuilt from notes-2025-12-01.json; some changes since then may be missing" in notebook.warnings[0]


def shout(tables: Tables) -> Tables:
    for row in tables["note"].values():
        row["text"] = str(row["text"]).upper()
    return tables


def move(tables: Tables) -> Tables:
    tables["notes"] = tables.pop("note")
    return tables


STEPS = (Step(2, "Notes are shouted.", shout), Step(3, "Notes have a table of their own.", move))


def older(path: Path) -> Path:
    with open_journal(path) as db:
        db.table("_meta").insert({"schema": 1, "instance": "abc"})
        db.table("note").insert_multiple([{"text": "one"}, {"text": "two"}])
    return path


def run(db: JournalDB, snapshots: Snapshots, steps: tuple[Step, ...]) -> list[str]:
    return migrate(db, snapshots.keep_before_migration, steps)


def test_missing_steps_are_done_in_order_after_a_copy_is_kept(tmp_path: Path) -> None:
    path = older(tmp_path / "notes.json")
    snapshots = Snapshots(path, 7)
    with open_journal(path) as db:
        assert run(db, snapshots, STEPS) == [step.words for step in STEPS]
        assert run(db, snapshots, STEPS) == []
        assert [row["text"] for row in db.table("notes")] == ["ONE", "TWO"]
        assert db.table("_meta").all() == [{"schema": 3, "instance": "abc"}]
        with open_journal(as_after_a_kill(path)) as later:
            assert later.tables() == {"_meta", "notes"}
    with TinyDB(tmp_path / "snapshots" / "notes-schema-1.json") as stock:
        assert [row["text"] for row in stock.table("note")] == ["one", "two"]


def test_a_migration_broken_off_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = older(tmp_path / "notes.json")
    snapshots = Snapshots(path, 7)

    def breaks(_tables: Tables) -> Tables:
        raise KeyboardInterrupt

    with open_journal(path) as db:
        with pytest.raises(KeyboardInterrupt):
            run(db, snapshots, (STEPS[0], Step(3, "Breaks.", breaks)))
        copy = as_after_a_kill(path)
    with open_journal(copy) as db:
        assert run(db, Snapshots(copy, 7), STEPS) == [STEPS[1].words]
        assert [row["text"] for row in db.table("notes")] == ["ONE", "TWO"]


def test_tables_of_a_later_schema_are_refused(tmp_path: Path) -> None:
    path = older(tmp_path / "notes.json")
    with open_journal(path) as db:
        run(db, Snapshots(path, 7), STEPS)
    with pytest.raises(NewerDataError, match="number 3, this version knows up to 2"):
        JournalDB(path, accept=lambda tables: refuse_newer(tables, STEPS[:1]))


def test_the_steps_of_this_version_are_numbered_without_a_gap() -> None:
    assert [step.number for step in migrations.STEPS] == list(range(2, 2 + len(migrations.STEPS)))
