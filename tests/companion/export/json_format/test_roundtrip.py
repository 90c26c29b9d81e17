"""An export comes back: exactly into an empty folder, merged into another, and not at all if it was touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.cli.exit_codes import DATA, IN_USE, NOT_UNDERSTOOD, PROBLEM
from companion.domain.sightings import Person, Understanding
from companion.settings import Settings
from companion.store.ingest import take
from companion.store.lock import acquire_lock
from tests.companion.cli.runs import run
from tests.companion.export.folders import ADA, NOW, contents, export, fill, stores
from tests.companion.export.json_format.forged import BROKEN, resealed
from tests.companion.export.json_format.made_up import Written, seen, written


def test_everything_comes_back_equal_into_an_empty_folder(tmp_path: Path) -> None:
    settings = fill(tmp_path / "one")
    export(tmp_path / "one", tmp_path / "all.json")
    done = run(tmp_path / "two", "import", "mutuals", str(tmp_path / "all.json"))
    assert (done.code, "now equal" in done.out) == (0, True)
    assert contents(Settings(data=tmp_path / "two")) == contents(settings)
    export(tmp_path / "two", tmp_path / "again.json")
    first, again = ((tmp_path / name).read_bytes().splitlines() for name in ("all.json", "again.json"))
    assert first[1:-1] == again[1:-1]


@given(seen=seen, written=written, viewers=st.lists(st.sampled_from([ADA, "@second"]), min_size=1, max_size=2))
@settings(max_examples=25, deadline=None)
def test_whatever_is_kept_comes_back_equal(
    tmp_path_factory: pytest.TempPathFactory,
    seen: list[Understanding],
    written: list[Written],
    viewers: list[str],
) -> None:
    folder = tmp_path_factory.mktemp("round")
    with stores(folder / "one") as (notebook, ledger):
        for number, understanding in enumerate(seen):
            take(ledger, notebook, viewers[number % len(viewers)], understanding, NOW)
        for number, (pid, (kind, body)) in enumerate(written):
            notebook.write(f"op-{number:06}", kind, pid, body, -1, NOW + number, ADA)
    export(folder / "one", folder / "all.json")
    json.loads((folder / "all.json").read_bytes())
    done = run(folder / "two", "import", "mutuals", str(folder / "all.json"))
    assert done.code == 0, done.err
    assert contents(Settings(data=folder / "two")) == contents(Settings(data=folder / "one"))


def test_into_a_folder_with_notes_it_is_merged_and_nothing_is_lost(tmp_path: Path) -> None:
    fill(tmp_path / "one")
    export(tmp_path / "one", tmp_path / "all.json")
    with stores(tmp_path / "two") as (notebook, ledger):
        ledger.owner_for(ADA, "adaquill", NOW)
        ledger.record(ADA, Understanding(people=[Person("2000001", "wrenwrites")]), NOW - 10)
        notebook.write("op-mine-01", "note", "2000001", {"text": "Mine"}, None, NOW, ADA)
    done = run(tmp_path / "two", "import", "mutuals", str(tmp_path / "all.json"))
    assert done.code == 0, done.err
    assert done.out == (
        "all.json: 3 people seen and 2 written about were taken in.\nNew notes: 1, already there: 0, beside yours: 1.\n"
    )
    with stores(tmp_path / "two") as (notebook, ledger):
        about = notebook.about("2000001")
        assert about.note is not None
        assert about.note.text.startswith("Mine\n\n")
        assert about.note.text.endswith("=HYPERLINK, Ömür\nsecond; line")
        assert about.tags == ["friend", "a,b"]
        assert notebook.about("@inesmakes").alias == "Ines"
        kinds = sorted((row.direction, row.kind) for row in ledger.interactions(ADA, "2000001"))
        assert kinds == [("in", "mention"), ("out", "like"), ("out", "reply")]
        assert ledger.recount() == []
    again = run(tmp_path / "two", "import", "mutuals", str(tmp_path / "all.json"))
    assert "New notes: 0, already there: 2, beside yours: 0." in again.out


def test_one_person_alone_is_exported_by_handle_or_id(tmp_path: Path) -> None:
    fill(tmp_path / "one")
    for number, name in enumerate(("@WrenWrites", "2000001")):
        file = tmp_path / f"{number}.json"
        export(tmp_path / "one", file, "--person", name)
        told = json.loads(file.read_bytes())
        assert [entry["pid"] for entry in (*told["seen"], *told["written"])] == ["2000001", "2000001"]
        assert (told["shared"], told["only"]) == ({}, ["2000001"])
        assert "inesmakes" not in file.read_text()
    assert run(tmp_path / "one", "export", str(tmp_path / "x.json"), "--person", "@nobodyyouknow").code == PROBLEM
    assert not (tmp_path / "x.json").exists()


def test_an_export_works_while_a_companion_has_the_folder_and_an_import_does_not(tmp_path: Path) -> None:
    settings = fill(tmp_path / "one")
    with acquire_lock(settings.lock_path, 17653), stores(tmp_path / "one") as (notebook, _):
        notebook.write("op-late-01", "note", "@late", {"text": "not yet compacted"}, None, NOW, ADA)
        export(tmp_path / "one", tmp_path / "all.json")
        assert run(tmp_path / "one", "import", "mutuals", str(tmp_path / "all.json")).code == IN_USE
    assert "not yet compacted" in (tmp_path / "all.json").read_text()


def test_a_file_that_is_there_is_not_replaced_unasked_and_is_private(tmp_path: Path) -> None:
    fill(tmp_path / "one")
    file = tmp_path / "all.json"
    file.write_text("mine")
    assert "--force" in run(tmp_path / "one", "export", str(file)).err
    assert file.read_text() == "mine"
    export(tmp_path / "one", file, "--force")
    assert file.stat().st_mode & 0o077 == 0
    assert "Name it" in run(tmp_path / "one", "export", str(tmp_path / "all.xlsx")).err


def test_a_changed_or_cut_export_is_refused_whole(tmp_path: Path) -> None:
    fill(tmp_path / "one")
    file = tmp_path / "all.json"
    export(tmp_path / "one", file)
    whole = file.read_bytes()
    for broken in (whole[:-10], whole[: len(whole) // 2], whole.replace(b"First", b"Worst"), b"{}", b"", whole + b"x"):
        file.write_bytes(broken)
        done = run(tmp_path / "two", "import", "mutuals", str(file))
        assert done.code == NOT_UNDERSTOOD, done
    assert not (tmp_path / "two").exists()


@pytest.mark.parametrize(("part", "other"), BROKEN, ids=lambda part: part.decode())
def test_a_forged_export_with_a_right_checksum_stores_nothing(tmp_path: Path, part: bytes, other: bytes) -> None:
    fill(tmp_path / "one")
    file = tmp_path / "all.json"
    export(tmp_path / "one", file)
    lines = [line.replace(part, other, 1) for line in file.read_bytes().splitlines(keepends=True)]
    assert b"".join(lines) != file.read_bytes(), "the part must occur"
    file.write_bytes(resealed(lines))
    done = run(tmp_path / "two", "import", "mutuals", str(file))
    assert done.code == NOT_UNDERSTOOD, done
    assert contents(Settings(data=tmp_path / "two")) == ({}, {})


def test_a_newer_export_asks_for_a_newer_mutuals(tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    file.write_text('{"format":"mutuals-export","version":99,\n"seen":[\n')
    done = run(tmp_path / "two", "import", "mutuals", str(file))
    assert (done.code, "newer Mutuals" in done.err) == (DATA, True)
