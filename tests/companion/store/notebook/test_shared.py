"""Notebooks that tell each other their lines show the same in the end, whatever the order, and lose no text."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.practice.circles import FIRST, Circles
from companion.settings import Settings
from companion.store.documents import Document
from companion.store.notebook.results import LATEST
from tests.companion.store.notebook.sharing import ADA, INES, STUB, WREN, Machine

Make = Callable[..., Machine]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    with ExitStack() as stack:

        def one(name: str, **options: Any) -> Machine:
            machine = Machine(tmp_path, name, **options)
            stack.callback(machine.notebook.close)
            return machine

        yield one


def settle(*machines: Machine) -> None:
    for _ in range(3):
        for one in machines:
            for other in machines:
                if one is not other:
                    one.hear(other)


def text(machine: Machine, pid: str = WREN) -> str | None:
    note = machine.notebook.about(pid).note
    return note.text if note else None


WRITES: st.SearchStrategy[tuple[str, dict[str, object]]] = st.one_of(
    st.tuples(st.just("note"), st.builds(dict, text=st.sampled_from(["", "Met", "Met at the fair", "Owes a lamp"]))),
    st.tuples(st.just("tags"), st.builds(dict, tags=st.lists(st.sampled_from(["a", "B", "c"]), max_size=2))),
    st.tuples(st.just("circle"), st.builds(dict, circles=st.lists(st.sampled_from(["x", "y"]), max_size=2))),
    st.tuples(st.just("alias"), st.builds(dict, alias=st.sampled_from(["", "Ann", "Annie"]))),
    st.tuples(st.just("touch"), st.just({"what": "call", "when": 60, "words": "one"})),
)
MACHINE, WHOM = st.integers(0, 2), st.sampled_from([WREN, STUB, INES])
STEPS = st.one_of(
    st.tuples(st.just("write"), MACHINE, WHOM, WRITES, st.integers(1, 90)),
    st.tuples(st.just("write"), MACHINE, st.just(WREN), WRITES, st.integers(1, 90)),
    st.tuples(st.just("hear"), MACHINE, MACHINE, st.integers(1, 12)),
    st.tuples(st.just("merge"), MACHINE, st.just(WREN)),
    st.tuples(st.just("forget"), MACHINE, st.sampled_from([WREN, INES])),
)


def carry_out(machines: list[Machine], step: Any, number: int) -> None:
    machine = machines[step[1]]
    if step[0] == "write":
        machine.write(step[3][0], step[2], step[3][1], step[4])
    elif step[0] == "hear" and step[1] != step[2]:
        machine.hear(machines[step[2]], step[3])
    elif step[0] == "merge":
        machine.notebook.merge(STUB, step[2])
    elif step[0] == "forget":
        machine.forget(step[2], f"act{number}")


def test_after_everyone_heard_everyone_all_show_the_same_and_counting_anew_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> None:
    examples = 500 if request.config.getoption("--long") else 25

    @settings(max_examples=examples, deadline=None)
    @given(steps=st.lists(STEPS, min_size=6, max_size=26), order=st.permutations([0, 1, 2]))
    def holds(steps: list[Any], order: list[int]) -> None:
        with ExitStack() as stack:
            run(steps, order, tmp_path_factory.mktemp("share"), stack)

    holds()


def run(steps: list[Any], order: list[int], home: Path, stack: ExitStack) -> None:
    """Carry out a schedule on three machines, let them hear each other in some order, and look at the end."""
    machines = [Machine(home, name) for name in ("desk", "lap", "shed")]
    for machine in machines:
        stack.callback(machine.notebook.close)
    for number, step in enumerate(steps):
        carry_out(machines, step, number)
        assert machines[step[1]].notebook.shared.recount() == 0
    settle(*(machines[place] for place in order))
    first, *others = (machine.view() for machine in machines)
    assert all(other == first for other in others)
    assert [machine.notebook.shared.recount() for machine in machines] == [0, 0, 0]
    late = Machine(home, "late")
    stack.callback(late.notebook.close)
    settle(late, *machines)
    assert late.view() == first


def test_two_first_notes_are_both_kept_and_shown(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    desk.write("note", WREN, {"text": "Met at the fair"}, 1)
    lap.write("note", WREN, {"text": "Owes me a lamp"}, 2)
    settle(desk, lap)
    assert text(desk) == text(lap) == "Owes me a lamp\n\nMet at the fair"
    lap.write("note", WREN, {"text": "Gave me the lamp"}, 3)
    settle(desk, lap)
    assert text(desk) == text(lap) == "Gave me the lamp"
    assert {version.text for version in desk.notebook.versions(WREN)} >= {"Met at the fair", "Owes me a lamp"}


def test_a_text_written_over_the_writers_own_unseen_by_others_never_hides_theirs(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    desk.write("note", WREN, {"text": "first"}, 1)
    settle(desk, lap)
    desk.write("note", WREN, {"text": "A"}, 2)
    lap.write("note", WREN, {"text": "B"}, 3)
    lap.write("note", WREN, {"text": "B, more"}, 4)
    settle(desk, lap)
    assert text(desk) == text(lap) == "B, more\n\nA"


def test_a_note_cleared_here_and_edited_there_stays(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    desk.write("note", WREN, {"text": "first"}, 1)
    settle(desk, lap)
    desk.write("note", WREN, {"text": ""}, 90)
    lap.write("note", WREN, {"text": "edited"}, 3)
    settle(desk, lap)
    assert text(desk) == text(lap) == "edited"


def test_a_call_taken_back_here_and_edited_there_stays_on_both(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    call = {"what": "call", "when": 60, "words": "one"}
    desk.write("touch", WREN, call, 1, op="the-call")
    settle(desk, lap)
    desk.write("touch", WREN, {"item": "the-call", "gone": True}, 5)
    lap.write("touch", WREN, {**call, "item": "the-call", "words": "two"}, 4)
    settle(desk, lap)
    assert desk.view() == lap.view()
    assert [one["words"] for one in desk.notebook.about(WREN).others["touch"]] == ["two"]


def test_one_write_that_two_companions_received_is_there_once(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    for machine in (desk, lap):
        machine.write("note", WREN, {"text": "Met"}, 1, op="copied-profile")
    settle(desk, lap)
    assert [version.text for version in desk.notebook.versions(WREN)] == ["Met"]


def test_two_stubs_texts_joined_on_either_side_read_the_same(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    desk.write("note", STUB, {"text": "stub one"}, 1)
    lap.write("note", STUB, {"text": "stub two"}, 2)
    desk.notebook.merge(STUB, WREN)
    settle(desk, lap)
    assert text(desk) == text(lap) == "stub two\n\nstub one"
    assert not lap.notebook.knows(STUB)


def test_what_was_written_before_a_machine_heard_of_forgetting_goes_everywhere(make: Make, tmp_path: Path) -> None:
    desk, lap = make("desk"), make("lap")
    desk.write("note", WREN, {"text": "a secret"}, 1)
    settle(desk, lap)
    desk.forget(WREN, "act")
    lap.write("note", WREN, {"text": "a secret, later"}, 2)
    settle(desk, lap)
    assert text(desk) is text(lap) is None
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or b"a secret" not in file.read_bytes(), file
    lap.write("note", WREN, {"text": "met anew"}, 3)
    settle(desk, lap)
    assert text(desk) == text(lap) == "met anew"


def test_what_is_kept_apart_for_an_account_is_told_to_nobody(make: Make) -> None:
    desk = make("desk")
    desk.notebook.asides.keep_apart(ADA, on=True)
    desk.write("note", WREN, {"text": "for me alone"}, 1)
    desk.publish()
    assert [line["kind"] for line in desk.told] == ["!device"]


def test_nothing_is_kept_for_others_while_nothing_is_shared(make: Make) -> None:
    desk = make("desk", share=False)
    desk.write("note", WREN, {"text": "mine"}, 1)
    assert desk.notebook.shared.lines.outgoing() == []
    desk.notebook.shared.begin("desk", "desk")
    lap = make("lap")
    settle(desk, lap)
    assert text(lap) == "mine", "what was there before is told when sharing begins"


def test_a_kind_that_only_a_newer_version_knows_is_kept_until_this_one_knows_it(make: Make) -> None:
    lap = make("lap")
    line: Document = {"n": 1, "op": "x", "kind": "reminder", "pid": WREN, "at": 1, "body": {"due": 9}}
    received = lap.notebook.shared.receive("newer", [line], lap.forget_hash)
    assert (received.applied, received.unread) == (0, 1)
    assert [row["kind"] for row in lap.notebook.table("_unknown")] == ["reminder"]
    lap.notebook.shared.begin("lap-anew", "lap")
    lap.publish()
    handed_on: Document = {"op": "x", "kind": "reminder", "pid": WREN, "at": 1, "body": {"due": 9}, "by": "newer"}
    assert [{**told, "n": 0} for told in lap.told if told["kind"] == "reminder"] == [{**handed_on, "n": 0}]
    lap.notebook.shared.receive("shed-anew", [{**handed_on, "n": 7}], lap.forget_hash)
    assert len(lap.notebook.table("_unknown")) == 1
    assert lap.notebook.forget(WREN)
    assert len(lap.notebook.table("_unknown")) == 0


@pytest.mark.parametrize(
    "line",
    [
        {"kind": "note", "pid": WREN, "op": "x", "at": 1, "body": {"text": 7}},
        {"kind": "note", "pid": "", "op": "x", "at": 1, "body": {"text": "a"}},
        {"kind": "note", "pid": WREN, "at": 1, "body": {"text": "a"}},
        {"kind": "touch", "pid": WREN, "op": "x", "at": 1, "body": {"what": "call", "when": 1}},
        {"kind": "note", "pid": WREN, "op": "x", "at": 1, "body": "text"},
        {"kind": "!same", "op": "x", "pid": WREN, "upto": 5},
    ],
)
def test_a_line_that_no_version_could_have_written_is_left_out_and_counted(make: Make, line: dict[str, Any]) -> None:
    lap = make("lap")
    fine: Document = {"n": 2, "kind": "note", "pid": INES, "op": "y", "at": 1, "body": {"text": "fine"}}
    received = lap.notebook.shared.receive("odd", [{"n": 1, **line}, fine], lap.forget_hash)
    assert (received.applied, received.unread) == (1, 1)
    assert text(lap, INES) == "fine"


def test_a_revision_that_stands_for_another_text_than_the_writer_saw_is_a_conflict(make: Make) -> None:
    desk = make("desk", share=False)
    desk.write("note", WREN, {"text": "first"}, 1)
    desk.write("note", WREN, {"text": "second"}, 2)
    with pytest.raises(Exception, match="changed elsewhere"):
        desk.notebook.write("a", "note", WREN, {"text": "mine"}, 2, 3, ADA, saw="lost with a restored backup")
    assert text(desk) == "second"
    assert desk.notebook.write("b", "note", WREN, {"text": "mine"}, 3, 3, ADA, saw="second").rev == 4
    assert desk.notebook.write("c", "note", WREN, {"text": "on purpose"}, LATEST, 3, ADA).rev == 5


def older(notebook: Path) -> None:
    """Make a closed notebook one that was written before operations existed."""
    tables = json.loads(notebook.read_bytes())
    for rows in tables.values():
        for row in rows.values():
            for field in ("op", "gen", "parents", "past", "additions", "removed", "arrangement"):
                if "body" in row:
                    row.pop(field, None)
    notebook.write_text(json.dumps(tables))


def test_two_copies_of_a_notebook_from_before_operations_existed_agree_on_them(tmp_path: Path) -> None:
    first = Machine(tmp_path, "desk", share=False)
    for number, written in enumerate(("first", "second", "", "third")):
        first.write("note", WREN, {"text": written}, number)
    first.write("tags", WREN, {"tags": ["a", "b"]}, 5)
    first.write("tags", WREN, {"tags": ["b", "c"]}, 6)
    before = first.view()
    first.notebook.close()
    older(Settings(data=tmp_path / "desk").notebook_path)
    shutil.copytree(tmp_path / "desk", tmp_path / "lap")
    desk, lap = Machine(tmp_path, "desk"), Machine(tmp_path, "lap")
    assert desk.view() == before
    assert desk.notebook.shared.recount() == 0
    lap.write("note", WREN, {"text": "fourth"}, 9)
    desk.write("tags", WREN, {"tags": ["b", "c", "d"]}, 9, op="after the copy")
    settle(desk, lap)
    assert desk.view() == lap.view()
    assert (text(desk), lap.notebook.about(WREN).tags) == ("fourth", ["b", "c", "d"])
    assert [version.text for version in desk.notebook.versions(WREN)] == ["fourth", "third", "second", "first"]
    desk.notebook.close()
    lap.notebook.close()


def test_a_row_that_shows_something_else_than_was_written_is_found_and_mended(make: Make) -> None:
    desk = make("desk", share=False)
    desk.write("tags", WREN, {"tags": ["a"]}, 1)
    table = desk.notebook._db.table("tags")  # a damage that no interface can make
    table.put({**table.all()[0], "body": {"tags": ["z"]}}, 1)
    assert desk.notebook.shared.recount() == 1
    assert desk.notebook.about(WREN).tags == ["a"]


def test_circles_and_chosen_colours_are_the_same_everywhere_and_the_later_change_holds(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    circles = [Circles(machine.notebook) for machine in (desk, lap)]
    made = circles[0].define(None, "Small press", 20)
    desk.write("tags", WREN, {"tags": ["printer"]}, 1)
    desk.notebook.set_tag_colour("printer", "#112233")
    settle(desk, lap)
    assert circles[1].get(made.id) == made
    assert lap.notebook.tags()[0]["colour"] == "#112233"
    circles[1].define(made.id, "Small presses", 30)
    settle(desk, lap)
    assert [(one.get(made.id).name, one.get(made.id).cap) for one in circles] == [("Small presses", 30)] * 2
    circles[0].drop(made.id)
    settle(desk, lap)
    late = make("late")
    settle(late, desk)
    for machine in (desk, lap, late):
        assert made.id not in {circle.id for circle in Circles(machine.notebook).all()}


def test_more_tags_than_fit_in_one_write_are_never_refused_at_a_merge(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    desk.write("tags", WREN, {"tags": [f"a{number}" for number in range(40)]}, 1)
    lap.write("tags", WREN, {"tags": [f"b{number}" for number in range(40)]}, 2)
    settle(desk, lap)
    desk.name, desk.told = "desk-anew", []
    desk.notebook.shared.begin(desk.name, desk.name)
    late = make("late")
    settle(late, desk)
    assert len(late.notebook.about(WREN).tags) == 80


@pytest.mark.parametrize(
    "row", [{"id": "X Y", "name": "a"}, {"id": "x", "name": ""}, {"id": "x", "name": "a", "cap": "b"}, 7]
)
def test_a_circle_that_no_version_could_have_made_is_left_out(make: Make, row: Any) -> None:
    lap = make("lap")
    told = {**row, "gen": 1, "op": "x"} if isinstance(row, dict) else row
    line: Document = {"n": 1, "op": "x", "kind": "!row", "table": "circles", "row": told}
    assert lap.notebook.shared.receive("odd", [line], lap.forget_hash).unread == 1
    assert len(Circles(lap.notebook).all()) == len(FIRST)
