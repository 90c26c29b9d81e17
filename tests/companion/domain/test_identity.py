"""Who is who: nobody's notes get lost or inherited, whatever the order in which names are seen."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from companion.domain.handles import fold, is_stub, stub
from companion.domain.identity import MERGE, RECYCLED, RENAME, Names, in_time

IDS = st.sampled_from(["1", "2", "3"])
HANDLES = st.sampled_from(["wren", "Wren", "Ines", "tomo", "bola"])
DATED = st.lists(st.tuples(IDS, HANDLES), max_size=12).map(
    lambda told: [(pid, handle, 100 + 10 * turn) for turn, (pid, handle) in enumerate(told)]
)


def seen(evidence: list[tuple[str | None, str | None, int]]) -> Names:
    """Return the names after all evidence."""
    names = Names()
    for one in evidence:
        names.see(*one)
    return names


def standing(names: Names) -> dict[str, tuple[str, int, int, bool]]:
    """Return what everybody is called, without the stubs."""
    return {n.pid: (n.key, n.since, n.at, n.held) for n in names.names.values() if not is_stub(n.pid)}


def former(names: Names) -> dict[tuple[str, str], tuple[int, int]]:
    """Return who had which handle, and when."""
    return {key: (f.since, f.until) for key, f in names.formers.items()}


def spellings(names: Names) -> dict[tuple[str, str], str]:
    """Return how present and former handles are spelt."""
    present = {(n.key, n.pid): n.handle for n in names.names.values() if not is_stub(n.pid)}
    return present | {key: f.handle for key, f in names.formers.items()}


def test_a_handle_is_compared_without_at_and_case() -> None:
    assert fold(" @WrenWrites ") == "wrenwrites"
    assert stub("WrenWrites") == "@wrenwrites"


def test_a_bare_handle_is_a_stub_until_its_id_is_seen() -> None:
    names = Names()
    assert names.see(None, "Wren", 10) == "@wren"
    assert names.see("1", "Wren", 20) == "1"
    assert [(e.kind, e.pid, e.other) for e in names.events] == [(MERGE, "1", "@wren")]
    assert names.see(None, "wren", 30) == "1"
    assert names.current("@wren") == "1"


def test_a_rename_keeps_the_person_and_records_the_former_handle() -> None:
    names = seen([("1", "wren", 10), ("1", "wrenwrites", 20)])
    assert [(e.kind, e.pid, e.handle) for e in names.events] == [(RENAME, "1", "wren")]
    assert former(names) == {("wren", "1"): (10, 10)}
    assert names.see(None, "wrenwrites", 30) == "1"


def test_a_handle_left_behind_is_a_stranger_when_seen_alone_again() -> None:
    names = seen([("1", "wren", 10), ("1", "wrenwrites", 20)])
    assert names.see(None, "wren", 30) == "@wren"


def test_a_stranger_under_a_handle_that_was_left_behind_is_not_whom_it_meant_before() -> None:
    names = seen([(None, "wren", 10), ("1", "wren", 20), ("1", "wrenwrites", 30)])
    assert names.current("@wren") == "1"
    assert names.see(None, "wren", 40) == "@wren"
    assert names.current("@wren") == "@wren"


def test_a_recycled_handle_means_the_new_person_and_says_whose_it_was() -> None:
    names = seen([("1", "wren", 10), ("2", "wren", 20)])
    assert names.see(None, "wren", 30) == "2"
    assert [(e.kind, e.pid, e.other) for e in names.events] == [(RECYCLED, "2", "1")]
    assert not names.names["1"].held


def test_a_handle_recycled_after_a_rename_says_whose_it_was_too() -> None:
    names = seen([("1", "wren", 10), ("1", "wrenwrites", 20), ("2", "wren", 30)])
    assert (RECYCLED, "2", "1") in [(e.kind, e.pid, e.other) for e in names.events]


def test_two_people_can_swap_their_handles() -> None:
    names = seen([("1", "wren", 10), ("2", "ines", 10), ("1", "ines", 20), ("2", "wren", 20)])
    assert (names.holders["ines"], names.holders["wren"]) == ("1", "2")


def test_an_old_archive_told_late_does_not_take_a_handle_back() -> None:
    names = seen([("2", "wren", 50), ("1", "wren", 10)])
    assert names.holders["wren"] == "2"
    assert former(names) == {("wren", "1"): (10, 10)}


def test_a_handle_that_comes_back_is_no_former_handle_any_more() -> None:
    names = seen([("1", "wren", 10), ("1", "ines", 20), ("1", "wren", 30)])
    assert names.holders["wren"] == "1"
    assert names.names["1"].since == 10
    assert ("wren", "1") not in names.formers


@given(DATED, st.randoms(use_true_random=False))
def test_names_do_not_depend_on_the_order_of_arrival(evidence: list[tuple[str, str, int]], chance: Random) -> None:
    shuffled = list(evidence)
    chance.shuffle(shuffled)
    first, second = seen(list(evidence)), seen(list(shuffled))
    assert standing(first) == standing(second)
    assert former(first) == former(second)
    assert spellings(first) == spellings(second)
    assert first.holders == second.holders


@given(st.permutations([("2", "wren", 10), ("1", "wren", 10), (None, "wren", 10), ("1", None, 10), ("1", "Wren", 9)]))
def test_evidence_of_one_text_is_sorted_by_time_and_then_the_same_way_always(
    told: list[tuple[str | None, str | None, int]],
) -> None:
    assert sorted(told, key=in_time) == [
        ("1", "Wren", 9), ("1", None, 10), (None, "wren", 10), ("1", "wren", 10), ("2", "wren", 10),
    ]  # fmt: skip


def test_a_former_handle_is_spelt_as_it_was_seen_last() -> None:
    told = [("1", "wren", 10), ("1", "Wren", 20), ("1", "quill", 30)]
    for evidence in (told, told[::-1], [told[2], told[0], told[1]]):
        assert spellings(seen(list(evidence)))["wren", "1"] == "Wren"


@given(DATED)
def test_the_same_evidence_again_changes_nothing_and_tells_nothing(evidence: list[tuple[str, str, int]]) -> None:
    names = seen(list(evidence))
    before, told = (standing(names), former(names)), len(names.events)
    for one in evidence:
        names.see(*one)
    assert (standing(names), former(names)) == before
    assert len(names.events) == told


@given(DATED)
def test_a_handle_is_held_by_one_person_only_and_by_whom_it_was_seen_on_last(
    evidence: list[tuple[str, str, int]],
) -> None:
    names = seen(list(evidence))
    for key, pid in names.holders.items():
        assert [p for p, h, _ in evidence if fold(h) == key][-1] == pid
        assert [fold(h) for p, h, _ in evidence if p == pid][-1] == key
    assert sorted(n.key for n in names.names.values() if n.held) == sorted(names.holders)


@given(st.lists(st.tuples(st.none() | IDS, HANDLES), max_size=14))
def test_a_note_is_never_lost_and_never_inherited(told: list[tuple[str | None, str]]) -> None:
    """Whoever is noted under a pid is found under it, or under the one id that its stub became."""
    names, notes, owners = Names(), dict[str, set[str]](), dict[str, str]()
    for turn, (pid, handle) in enumerate(told):
        count = len(names.events)
        filed = names.see(pid, handle, 100 + turn)
        assert filed is not None
        for event in names.events[count:]:
            if event.kind == MERGE and event.other:
                notes.setdefault(event.pid, set()).update(notes.pop(event.other, set()))
        note = f"note {turn}"
        notes.setdefault(filed, set()).add(note)
        owners[note] = filed
    assert sorted(note for kept in notes.values() for note in kept) == sorted(owners)
    for pid, kept in notes.items():
        for note in kept:
            assert owners[note] == pid or (is_stub(owners[note]) and not is_stub(pid))


@given(DATED)
def test_times_of_former_handles_lie_before_the_present_one(evidence: list[tuple[str, str, int]]) -> None:
    names = seen(list(evidence))
    for name in names.names.values():
        times = sorted(f.until for f in names.formers.values() if f.pid == name.pid)
        assert all(one <= other for one, other in pairwise([*times, name.at]))
