"""Damaged files: a torn end is cut, an earlier generation takes over and says so, the unreadable is never touched."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.errors import NewerDataError, StoreError, TornDataError
from companion.store.journal import loader
from companion.store.journal.database import JournalDB, open_journal
from tests.companion.store.files_help import as_after_a_kill

Damage = Callable[[bytes], bytes]
DAMAGES: dict[str, Damage] = {
    "cut in half": lambda data: data[: len(data) // 2],
    "empty": lambda _data: b"",
    "an old end behind the new": lambda data: data + data[-20:],
    "zeros in the middle": lambda data: data[:30] + bytes(40) + data[70:],
    "another file": lambda _data: b"[1, 2, 3]",
    "a table that is none": lambda _data: b'{"note": 7}',
    "random bytes": lambda _data: bytes(range(256)),
}


def three_generations(folder: Path) -> Path:
    """Rows 0 to 5: two in the snapshot before, two more in the snapshot, two in the journal."""
    path = folder / "t.json"
    db = open_journal(path)
    for n in range(6):
        db.insert({"n": n, "text": "some words that take a little room"})
        if n in (1, 3):
            db.compact()
    copy = as_after_a_kill(path)
    db.close()
    return copy


def numbers(db: JournalDB) -> list[int]:
    return [row["n"] for row in db]


def damage(path: Path, how: Damage) -> None:
    path.write_bytes(how(path.read_bytes()))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=st.integers(0, 400))
def test_a_journal_cut_anywhere_opens_with_every_whole_line_and_goes_on(
    tmp_path_factory: pytest.TempPathFactory, kept: int
) -> None:
    path = three_generations(tmp_path_factory.mktemp("torn"))
    journal = path.with_name("t.json.journal")
    data = journal.read_bytes()[:kept]
    journal.write_bytes(data)
    path.with_name("t.json.journal.copy").write_bytes(data)
    with open_journal(path) as db:
        assert numbers(db) == list(range(4 + data.count(b"\n")))
        assert db.warnings == []
        db.insert({"n": 99})
        with open_journal(as_after_a_kill(path)) as later:
            assert numbers(later) == numbers(db)


@pytest.mark.parametrize("how", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_snapshot_is_rebuilt_from_the_previous_one_without_losing_a_change(
    tmp_path: Path, how: Damage
) -> None:
    path = three_generations(tmp_path)
    damage(path, how)
    damaged = path.read_bytes()
    with open_journal(path) as db:
        assert numbers(db) == list(range(6))
        assert "rebuilt from t.json.previous; no change is missing" in db.warnings[0]
    if damaged:
        assert path.with_name("t.json.damaged-1").read_bytes() == damaged
    with open_journal(path) as again:
        assert numbers(again) == list(range(6))
        assert again.warnings == []


def test_a_missing_snapshot_is_rebuilt_too(tmp_path: Path) -> None:
    path = three_generations(tmp_path)
    path.unlink()
    with open_journal(path) as db:
        assert numbers(db) == list(range(6))
        assert db.warnings


def test_the_first_snapshot_ever_is_rebuilt_from_its_journal(tmp_path: Path) -> None:
    with open_journal(tmp_path / "t.json") as db:
        db.insert({"n": 0})
        db.compact()
        db.insert({"n": 1})
        path = as_after_a_kill(tmp_path / "t.json")
    damage(path, DAMAGES["cut in half"])
    with open_journal(path) as db:
        assert numbers(db) == [0, 1]
        assert "rebuilt from its journal" in db.warnings[0]


def test_with_both_generations_damaged_an_older_copy_is_used_and_the_gap_is_told(tmp_path: Path) -> None:
    path = three_generations(tmp_path)
    older = tmp_path / "older.json"
    older.write_bytes(path.with_name("t.json.previous").read_bytes())
    for name in ("t.json", "t.json.previous", "t.json.journal.previous"):
        damage(path.with_name(name), DAMAGES["random bytes"])
    with JournalDB(path, fallbacks=[older]) as db:
        assert numbers(db) == [0, 1, 4, 5]
        assert "rebuilt from older.json; some changes since then may be missing" in db.warnings[0]


def test_with_nothing_left_to_read_it_is_refused_in_words_and_no_file_is_touched(tmp_path: Path) -> None:
    path = three_generations(tmp_path)
    for name in ("t.json", "t.json.previous", "t.json.journal.previous"):
        damage(path.with_name(name), DAMAGES["random bytes"])
    before = {file: file.read_bytes() for file in path.parent.iterdir() if not file.name.endswith(".lock")}
    with pytest.raises(TornDataError, match=r"damaged and no earlier generation.*backup"):
        open_journal(path)
    assert {file: file.read_bytes() for file in path.parent.iterdir() if not file.name.endswith(".lock")} == before


@pytest.mark.parametrize("line", [0, 1])
def test_a_line_that_went_bad_loses_only_itself_and_is_told(tmp_path: Path, line: int) -> None:
    path = three_generations(tmp_path)
    journal = path.with_name("t.json.journal")
    lines = journal.read_bytes().splitlines(keepends=True)
    lines[line] = lines[line].replace(b"some words", b"same words")
    journal.write_bytes(b"".join(lines))
    path.with_name("t.json.journal.copy").unlink()
    with open_journal(path) as db:
        assert numbers(db) == [n for n in range(6) if n != 4 + line]
        assert "a line of t.json.journal could not be read" in db.warnings[0]
    assert path.with_name("t.json.journal.damaged-1").read_bytes() == b"".join(lines)
    with open_journal(path) as again:
        assert again.warnings == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=st.integers(0, 400))
def test_a_journal_that_lost_its_end_is_mended_from_its_copy(
    tmp_path_factory: pytest.TempPathFactory, kept: int
) -> None:
    path = three_generations(tmp_path_factory.mktemp("mended"))
    journal = path.with_name("t.json.journal")
    whole = journal.read_bytes()
    journal.write_bytes(whole[:kept])
    with open_journal(path) as db:
        assert numbers(db) == list(range(6))
        assert bool(db.warnings) == (whole[:kept].count(b"\n") < 2)
    with open_journal(path) as again:
        assert (numbers(again), again.warnings) == (list(range(6)), [])


def test_a_letter_changed_in_a_snapshot_is_found_and_a_file_another_program_wrote_is_taken(tmp_path: Path) -> None:
    path = three_generations(tmp_path)
    damage(path, lambda data: data.replace(b"some words", b"same words", 1))
    with open_journal(path) as db:
        assert db.get(doc_id=1) == {"n": 0, "text": "some words that take a little room"}
        assert "rebuilt from t.json.previous; no change is missing" in db.warnings[0]
    for layout in ({}, {"indent": 4}, {"ensure_ascii": False}, {"separators": (",", ":")}):
        tables = json.loads(path.read_bytes())
        tables["_default"]["1"]["text"] = f"Ömür {layout}"
        path.write_text(json.dumps(tables, **layout))
        with open_journal(path) as db:
            assert db.get(doc_id=1) == {"n": 0, "text": f"Ömür {layout}"}
            assert db.warnings == []


def test_a_file_that_tells_nothing_of_itself_is_taken_with_a_word_where_there_is_no_other(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text('{"_default":\n {"1": {"n":   5}}}')
    with open_journal(tmp_path / "t.json") as db:
        assert numbers(db) == [5]
        assert "nothing to compare it with" in db.warnings[0]


@pytest.mark.parametrize("pair", [("t.json", "t.json.previous"), ("t.json.journal", "t.json.journal.previous")])
def test_files_that_were_exchanged_are_told_from_each_other(tmp_path: Path, pair: tuple[str, str]) -> None:
    path = three_generations(tmp_path)
    one, two = (path.with_name(name) for name in pair)
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    with open_journal(path) as db:
        assert numbers(db) == list(range(6))
        assert db.warnings


@pytest.mark.parametrize("name", ["t.json", "t.json.journal", "t.json.previous", "t.json.journal.previous"])
def test_a_file_that_changes_while_it_is_open_is_told_and_mended_and_never_shown(tmp_path: Path, name: str) -> None:
    path = three_generations(tmp_path)
    with open_journal(path) as db:
        db.inspect()
        assert db.warnings == []
        damage(path.with_name(name), lambda data: data.replace(b"some words", b"same words", 1))
        db.inspect()
        assert numbers(db) == list(range(6))
        assert name in db.warnings[0]
        db.inspect()
        assert len(db.warnings) == 1
    with open_journal(path) as again:
        assert (numbers(again), again.warnings) == (list(range(6)), [])


def test_json_nested_too_deep_is_damage_like_any_other(tmp_path: Path) -> None:
    path = three_generations(tmp_path)
    path.write_bytes(b'{"note": {"1": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_002)
    with open_journal(path) as db:
        assert numbers(db) == list(range(6))
        assert db.warnings
    (tmp_path / "alone.json").write_bytes(b"[" * 100_000)
    with pytest.raises(TornDataError):
        open_journal(tmp_path / "alone.json")


def test_a_journal_that_vanished_takes_no_more_changes(tmp_path: Path) -> None:
    with open_journal(tmp_path / "data" / "t.json") as db:
        db.insert({"n": 1})
        shutil.rmtree(tmp_path / "data")
        with pytest.raises(StoreError, match="gone from the disk"):
            db.insert({"n": 2})
        (tmp_path / "data").mkdir()


def test_half_written_files_of_a_kill_in_a_compaction_are_cleared_away(tmp_path: Path) -> None:
    path = three_generations(tmp_path)
    path.with_name("t.json.new").write_bytes(b'{"half":')
    path.with_name("t.json.journal.new").write_bytes(b"1 ")
    with open_journal(path) as db:
        assert numbers(db) == list(range(6))
        assert db.warnings == []
    assert not list(path.parent.glob("*.new"))


def test_a_kill_between_the_two_renames_of_a_compaction_is_harmless(tmp_path: Path) -> None:
    path = three_generations(tmp_path)
    journal = path.with_name("t.json.journal").read_bytes()
    with open_journal(path) as db:
        db.compact()
    path.with_name("t.json.journal").write_bytes(journal)  # the snapshot is new, its journal still the old one
    with open_journal(path) as db:
        assert numbers(db) == list(range(6))
        assert db.warnings == []
        db.insert({"n": 6})
    with open_journal(path) as db:
        assert numbers(db) == list(range(7))


@pytest.mark.parametrize("name", ["t.json", "t.json.journal"])
def test_files_of_a_newer_version_are_refused_and_not_touched(tmp_path: Path, name: str) -> None:
    path = three_generations(tmp_path)
    file = path.with_name(name)
    if name == "t.json":
        file.write_bytes(file.read_bytes().replace(b'"format":1', b'"format":2'))
    else:
        file.write_bytes(b"".join(b"2" + line[1:] for line in file.read_bytes().splitlines(keepends=True)))
    before = file.read_bytes()
    with pytest.raises(NewerDataError, match="newer Mutuals"):
        open_journal(path)
    assert file.read_bytes() == before


def test_files_that_may_not_be_read_are_no_damaged_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = three_generations(tmp_path)
    before = path.read_bytes()
    real = Path.read_bytes

    def forbidden(self: Path) -> bytes:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    with pytest.raises(StoreError, match=r"could not be opened \(Permission denied\)"):
        open_journal(path)
    monkeypatch.undo()
    assert path.read_bytes() == before
    with open_journal(path) as db:
        assert numbers(db) == list(range(6))


@pytest.mark.parametrize(
    ("data", "last"),
    [(b"", b""), (b"one\n", b"one"), (b"one\ntwo\n", b"two"), (b"one\ntwo", b"two"), (b"one\n" * 3, b"one")],
)
@pytest.mark.parametrize("piece", [1, 2, 5, 64 * 1024])
def test_the_last_line_is_found_from_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, last: bytes, piece: int
) -> None:
    monkeypatch.setattr(loader, "PIECE", piece)
    path = tmp_path / "journal"
    path.write_bytes(data)
    assert loader.last_line(path) == last


def test_a_journal_that_is_not_there_has_no_last_line(tmp_path: Path) -> None:
    assert loader.last_line(tmp_path / "journal") == b""
