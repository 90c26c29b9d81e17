"""What other programs that share were seen to get wrong, and rules that did not converge, one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from companion.practice.circles import FIRST, Circles
from tests.companion.share.rules_taken_away import settle, text
from tests.companion.store.notebook.sharing import WREN, Machine

Make = Callable[[str], Machine]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    with ExitStack() as stack:

        def one(name: str) -> Machine:
            machine = Machine(tmp_path, name)
            stack.callback(machine.notebook.close)
            return machine

        yield one


def test_a_clock_that_is_years_ahead_wins_nothing_later_and_is_shown_as_now(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    ahead = 10**9
    desk.write("note", WREN, {"text": "on a clock that is ahead"}, ahead)
    settle(desk, lap)
    lap.write("note", WREN, {"text": "after it"}, 40)
    settle(desk, lap)
    assert text(desk) == text(lap) == "after it"
    for machine in (desk, lap):
        note = machine.notebook.about(WREN).note
        assert note is not None
        times = [note.at, *(version.at for version in machine.notebook.versions(WREN))]
        assert max(times) <= 50, "it is 50 here"


def test_two_who_settle_a_conflict_at_once_need_one_more_save_and_equal_texts_are_no_conflict(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    desk.write("note", WREN, {"text": "A"}, 1)
    lap.write("note", WREN, {"text": "B"}, 2)
    settle(desk, lap)
    for machine in (desk, lap):
        machine.write("note", WREN, {"text": "A and B"}, 3)
    settle(desk, lap)
    assert text(desk) == text(lap) == "A and B"
    lap.write("note", WREN, {"text": "A, then B"}, 4)
    settle(desk, lap)
    assert text(desk) == text(lap) == "A, then B"


def test_five_edits_of_each_of_three_who_were_away_are_one_conflict_of_three_texts(make: Make) -> None:
    machines = [make(name) for name in ("desk", "lap", "shed")]
    for place, machine in enumerate(machines):
        for edit in range(5):
            machine.write("note", WREN, {"text": f"{machine.name} {edit}"}, 10 * edit + place)
            machine.write("tags", WREN, {"tags": [machine.name]}, 10 * edit + place)
    settle(*machines)
    assert text(machines[0]) == "shed 4\n\nlap 4\n\ndesk 4"
    assert sorted(machines[0].notebook.about(WREN).tags) == ["desk", "lap", "shed"]
    assert len(machines[0].notebook.versions(WREN)) == 16, "each text, and the three that are shown"


def test_of_two_names_for_one_person_one_is_shown_everywhere_and_the_other_is_in_the_note(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    desk.write("alias", WREN, {"alias": "Ann"}, 1)
    lap.write("alias", WREN, {"alias": "Annie"}, 2)
    settle(desk, lap)
    assert desk.view() == lap.view()
    assert (desk.notebook.about(WREN).alias, text(desk)) == ("Annie", "Also called “Ann”.")


def test_what_each_adds_to_the_same_tags_is_there_and_what_both_had_stays_once(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    desk.write("tags", WREN, {"tags": ["x"]}, 1)
    settle(desk, lap)
    desk.write("tags", WREN, {"tags": ["x", "vip"]}, 2)
    lap.write("tags", WREN, {"tags": ["x", "press"]}, 2)
    settle(desk, lap)
    assert desk.notebook.about(WREN).tags == lap.notebook.about(WREN).tags
    assert sorted(desk.notebook.about(WREN).tags) == ["press", "vip", "x"]


def test_two_circles_whose_names_give_no_latin_letters_are_two(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    ids = [Circles(desk.notebook).define(None, "日本の友達", 5).id, Circles(lap.notebook).define(None, "Друзья", 5).id]
    settle(desk, lap)
    assert len(set(ids)) == 2
    for machine in (desk, lap):
        assert len(Circles(machine.notebook).all()) == len(FIRST) + 2


def test_a_line_of_a_forgotten_note_that_comes_late_and_again_writes_nothing(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    desk.write("note", WREN, {"text": "a secret"}, 1)
    settle(desk, lap)
    late = [dict(line) for line in desk.told]
    desk.forget(WREN, "act")
    settle(desk, lap)
    for number in range(30):
        lap.write("note", f"30000{number:02}", {"text": "another"}, 2)
    assert lap.notebook.shared.receive("desk", late, lap.forget_hash).applied == 0
    assert lap.notebook.shared.receive("desk-under-a-new-id", late, lap.forget_hash).dead == 1
    assert text(lap) is None


def test_a_write_that_came_through_another_machine_already_changes_nothing_when_it_comes_again(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    desk.write("note", WREN, {"text": "first"}, 1, op="copied-profile")
    settle(desk, lap)
    lap.write("note", WREN, {"text": "second"}, 2)
    lap.write("note", WREN, {"text": "first"}, 1, op="copied-profile")  # the same browser's outbox, here
    desk.write("tags", WREN, {"tags": ["a"]}, 1, op="copied-tags")
    settle(desk, lap)
    lap.write("tags", WREN, {"tags": ["b"]}, 2)
    lap.write("tags", WREN, {"tags": ["a"]}, 1, op="copied-tags")
    settle(desk, lap)
    assert desk.notebook.about(WREN).tags == ["b"]
    assert text(desk) == text(lap) == "second"
    assert desk.view() == lap.view()


def test_a_write_of_somebody_forgotten_that_a_second_browser_hands_over_later_stays_forgotten(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    desk.write("note", WREN, {"text": "a secret"}, 1, op="copied-profile")
    settle(desk, lap)
    desk.forget(WREN, "act")
    settle(desk, lap)
    lap.write("note", WREN, {"text": "a secret"}, 1, op="copied-profile")
    settle(desk, lap)
    assert text(desk) is text(lap) is None
    lap.write("note", WREN, {"text": "met anew"}, 2)
    settle(desk, lap)
    assert text(desk) == text(lap) == "met anew"
