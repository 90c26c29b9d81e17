"""`mutuals import notes` and `undo`, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from companion.cli.exit_codes import IN_USE, NOT_UNDERSTOOD, PROBLEM
from companion.cli.import_notes import SHOWN
from companion.settings import Settings
from companion.store.lock import acquire_lock
from companion.store.notebook.notebook import Notebook
from tests.companion.cli.runs import run


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "notes.csv"
    path.write_text("handle,note,tags\nwrenwrites,Paper,friend\ninesmakes,Lamps,\n")
    return path


def notes(data: Path) -> dict[str, str | None]:
    with Notebook.open(Settings(data=data)) as notebook:
        return {pid: note.text if (note := notebook.about(pid).note) else None for pid in notebook.people()}


def test_a_dry_run_shows_and_stores_nothing(tmp_path: Path, export: Path) -> None:
    done = run(tmp_path / "data", "import", "notes", "--dry-run", "--json", str(export))
    told = json.loads(done.out)
    assert (told["new"], told["same"], told["conflict"], told["stored"]) == (2, 0, 0, False)
    assert [person["handle"] for person in told["people"]] == ["wrenwrites", "inesmakes"]
    assert notes(tmp_path / "data") == {}


def test_an_import_an_import_again_and_an_undo(tmp_path: Path, export: Path) -> None:
    data = tmp_path / "data"
    assert "New: 2" in run(data, "import", "notes", str(export)).out
    assert notes(data) == {"@wrenwrites": "Paper", "@inesmakes": "Lamps"}
    assert "already there: 2" in run(data, "import", "notes", str(export)).out
    assert "Took back notes.csv" in run(data, "import", "undo").out
    assert notes(data) == {}
    again = run(data, "import", "undo")
    assert (again.code, "No import" in again.err) == (PROBLEM, True)


def test_a_foreign_file_is_a_sentence_and_makes_no_data_folder(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"a": 1}')
    done = run(tmp_path / "data", "import", "notes", str(path))
    assert (done.code, "not an export that Mutuals knows" in done.err) == (NOT_UNDERSTOOD, True)
    assert not (tmp_path / "data").exists()


def test_it_refuses_while_a_companion_has_the_folder(tmp_path: Path, export: Path) -> None:
    data = tmp_path / "data"
    with acquire_lock(Settings(data=data).lock_path, 17653):
        done = run(data, "import", "notes", str(export))
    assert (done.code, "Stop that one first" in done.err) == (IN_USE, True)


def test_names_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "n.csv"
    path.write_text("handle,note\nwren,\x1b]0;title\x07 hello\n")
    done = run(tmp_path / "data", "import", "notes", "--dry-run", str(path))
    assert "\x1b" not in done.out + done.err
    assert "hello" in done.out


def test_a_dry_run_lists_the_first_people_and_counts_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("handle,note\n" + "".join(f"person{number:02},Note {number}\n" for number in range(SHOWN + 3)))
    lines = run(tmp_path / "data", "import", "notes", "--dry-run", str(path)).out.splitlines()
    assert lines[1].split() == ["new", "@person00", "Note", "0"]
    assert lines[SHOWN + 1] == "  and 3 more (--json lists all)."
    assert f"Would be new: {SHOWN + 3}," in lines[-1]


def test_a_dry_run_of_a_short_list_counts_no_rest(tmp_path: Path, export: Path) -> None:
    assert "more (--json" not in run(tmp_path / "data", "import", "notes", "--dry-run", str(export)).out
