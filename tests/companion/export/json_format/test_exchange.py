"""Machines that exchange exports come to hold the same, in whatever order and however often; the forgotten stay so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.settings import Settings
from companion.store.documents import encode
from tests.companion.cli.runs import run
from tests.companion.export.folders import ADA, NOW, contents, export, stores, traces

WREN, INES = "2000001", "2000002"
MACHINES = ("desk", "lap", "shed")


def bring(one: Path, two: Path) -> str:
    """Export one folder and import it into the other."""
    file = one.with_suffix(".json")
    export(one, file, "--force")
    done = run(two, "import", "mutuals", str(file))
    assert done.code == 0, done.err
    return done.out


def begin(folder: Path) -> None:
    with stores(folder) as (_, ledger):
        ledger.owner_for(ADA, "adaquill", NOW - 9_000)


def write(folder: Path, kind: str, pid: str, body: dict[str, Any], at: int) -> None:
    with stores(folder) as (notebook, _):
        notebook.write(f"op-{folder.name}-{at}-{kind}", kind, pid, body, -1, NOW - 5_000 + at, ADA)


def shown(folder: Path) -> dict[str, Any]:
    """Return what a user sees of everybody, and every earlier text, without the numbers that are a machine's own."""
    view: dict[str, Any] = {}
    with stores(folder) as (notebook, _):
        for pid in sorted(notebook.forgotten.holds()):
            about = notebook.about(pid)
            texts = {(version.text, version.at) for version in notebook.versions(pid) if version.text}
            calls = sorted(
                encode({key: one[key] for key in ("words", "item")}) for one in about.others.get("touch", [])
            )
            note = (about.note.text, about.note.at) if about.note else None
            view[pid] = (note, about.tags, about.alias, texts, calls)
        view["forgotten"] = notebook.forgotten.acts()
    return view


def text_of(folder: Path, pid: str = WREN) -> str | None:
    with stores(folder) as (notebook, _):
        note = notebook.about(pid).note
        return note.text if note else None


MACHINE = st.integers(0, 2)
WRITES: st.SearchStrategy[tuple[str, dict[str, Any]]] = st.one_of(
    st.tuples(st.just("note"), st.builds(dict, text=st.sampled_from(["", "Met", "Met at the fair", "Owes a lamp"]))),
    st.tuples(st.just("tags"), st.builds(dict, tags=st.lists(st.sampled_from(["a", "B", "c"]), max_size=2))),
    st.tuples(st.just("alias"), st.builds(dict, alias=st.sampled_from(["", "Ann", "Annie"]))),
    st.tuples(
        st.just("touch"),
        st.sampled_from([{"what": "call", "when": NOW - 60, "words": words} for words in ("one", "two")]),
    ),
)
STEPS = st.one_of(
    st.tuples(st.just("write"), MACHINE, st.sampled_from([WREN, INES]), WRITES),
    st.tuples(st.just("write"), MACHINE, st.just(WREN), WRITES),
    st.tuples(st.just("bring"), MACHINE, MACHINE),
    st.tuples(st.just("forget"), MACHINE),
)


def carry_out(folders: list[Path], step: tuple[Any, ...], at: int) -> None:
    if step[0] == "write":
        write(folders[step[1]], step[3][0], step[2], step[3][1], at)
    elif step[0] == "forget":
        run(folders[step[1]], "forget", "--yes", WREN)
    elif step[1] != step[2]:
        bring(folders[step[1]], folders[step[2]])


@settings(max_examples=8, deadline=None)
@given(
    steps=st.lists(STEPS, min_size=3, max_size=9),
    order=st.permutations([(a, b) for a in range(3) for b in range(3) if a != b]),
)
def test_after_everyone_heard_of_everyone_all_machines_show_the_same_and_once_more_adds_nothing(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Any, ...]], order: list[tuple[int, int]]
) -> None:
    home = tmp_path_factory.mktemp("exchange")
    folders = [home / name for name in MACHINES]
    for folder in folders:
        begin(folder)
    for at, step in enumerate(steps):
        carry_out(folders, step, at)
    for _ in range(2):
        for one, two in order:
            bring(folders[one], folders[two])
    first, *others = (shown(folder) for folder in folders)
    assert all(other == first for other in others)
    settled = [contents(Settings(data=folder)) for folder in folders]
    for one, two in order:
        bring(folders[one], folders[two])
    assert [contents(Settings(data=folder)) for folder in folders] == settled


@pytest.fixture
def both(tmp_path: Path) -> tuple[Path, Path]:
    desk, lap = tmp_path / "desk", tmp_path / "lap"
    begin(desk)
    begin(lap)
    return desk, lap


def test_two_texts_stand_below_each_other_once_after_many_rounds(both: tuple[Path, Path]) -> None:
    desk, lap = both
    write(desk, "note", WREN, {"text": "Met at the fair"}, 1)
    write(lap, "note", WREN, {"text": "Owes me a lamp"}, 2)
    for _ in range(3):
        bring(desk, lap)
        bring(lap, desk)
    assert text_of(desk) == text_of(lap) == "Owes me a lamp\n\nMet at the fair"
    write(desk, "note", WREN, {"text": "Gave me the lamp"}, 3)
    bring(desk, lap)
    bring(lap, desk)
    assert text_of(desk) == text_of(lap) == "Gave me the lamp", "a later text takes the place of both"


def test_a_note_taken_away_on_one_machine_does_not_come_back_from_the_other(both: tuple[Path, Path]) -> None:
    desk, lap = both
    write(desk, "note", WREN, {"text": "Met"}, 1)
    bring(desk, lap)
    write(desk, "note", WREN, {"text": ""}, 2)
    bring(lap, desk)
    bring(desk, lap)
    assert text_of(desk) is text_of(lap) is None


def test_a_person_forgotten_on_one_machine_is_forgotten_on_the_other_and_in_its_files(both: tuple[Path, Path]) -> None:
    desk, lap = both
    write(desk, "note", WREN, {"text": "A secret of theirs"}, 1)
    write(desk, "note", INES, {"text": "Kept"}, 2)
    bring(desk, lap)
    assert run(desk, "forget", "--yes", WREN).code == 0
    said = bring(lap, desk)
    assert "1 written about were taken in.\n1 people whom you forgot here stay forgotten." in said
    assert text_of(desk) is None, "what the other machine still has is not taken in again"
    assert "1 people whom you forgot there are forgotten here too." in bring(desk, lap)
    assert text_of(lap) is None
    assert traces(lap, "A secret") == traces(desk, "A secret") == []
    assert text_of(lap, INES) == "Kept"


def test_the_mark_of_a_forgotten_person_says_nothing_about_whom(both: tuple[Path, Path]) -> None:
    desk, _ = both
    write(desk, "note", WREN, {"text": "A secret"}, 1)
    run(desk, "forget", "--yes", WREN)
    export(desk, desk.with_suffix(".json"), "--force")
    text = desk.with_suffix(".json").read_text("utf-8")
    assert WREN not in text
    assert '"forgotten"' in text


def test_what_is_written_by_hand_after_forgetting_stays_and_arrives(both: tuple[Path, Path]) -> None:
    desk, lap = both
    write(desk, "note", WREN, {"text": "Old"}, 1)
    bring(desk, lap)
    run(desk, "forget", "--yes", WREN)
    write(desk, "note", WREN, {"text": "Met anew"}, 2)
    for one, two in ((lap, desk), (desk, lap), (lap, desk)):
        bring(one, two)
    assert text_of(desk) == text_of(lap) == "Met anew"


def test_one_persons_export_brings_what_was_written_after_forgetting(both: tuple[Path, Path]) -> None:
    desk, lap = both
    write(desk, "note", WREN, {"text": "Old"}, 1)
    run(desk, "forget", "--yes", WREN)
    bring(desk, lap)
    write(desk, "note", WREN, {"text": "Met anew"}, 2)
    export(desk, desk.with_suffix(".json"), "--force", "--person", WREN)
    assert run(lap, "import", "mutuals", str(desk.with_suffix(".json"))).code == 0
    assert text_of(lap) == "Met anew"


def test_another_tools_notes_do_not_bring_a_forgotten_person_back(both: tuple[Path, Path], tmp_path: Path) -> None:
    desk, _ = both
    table = tmp_path / "notes.csv"
    table.write_text(f"id,note\n{WREN},Old\n", "utf-8")
    run(desk, "import", "notes", str(table))
    run(desk, "forget", "--yes", WREN)
    done = run(desk, "import", "notes", str(table))
    assert "you forgot them" in done.err
    assert text_of(desk) is None


def test_two_imports_are_taken_back_by_undoing_twice(both: tuple[Path, Path], tmp_path: Path) -> None:
    desk, lap = both
    write(desk, "note", WREN, {"text": "Mine"}, 1)
    table = tmp_path / "notes.csv"
    table.write_text(f"id,note,tags\n{WREN},From a table,x\n", "utf-8")
    run(desk, "import", "notes", str(table))
    write(lap, "note", WREN, {"text": "From the lap"}, 2)
    bring(lap, desk)
    assert "From the lap" in str(text_of(desk))
    assert run(desk, "import", "undo").code == 0
    assert "From the lap" not in str(text_of(desk))
    assert "From a table" in str(text_of(desk))
    undone = run(desk, "import", "undo")
    assert (undone.code, text_of(desk)) == (0, "Mine")
    with stores(desk) as (notebook, _):
        assert not notebook.about(WREN).tags


def test_two_names_stay_one_as_the_alias_and_one_in_the_note(both: tuple[Path, Path]) -> None:
    desk, lap = both
    write(desk, "alias", WREN, {"alias": "Ann"}, 1)
    write(lap, "alias", WREN, {"alias": "Annie"}, 2)
    for _ in range(2):
        bring(desk, lap)
        bring(lap, desk)
    assert shown(desk) == shown(lap)
    with stores(desk) as (notebook, _):
        assert notebook.about(WREN).alias == "Annie"
    assert text_of(desk) == "Also called “Ann”."
