"""Tags that two machines change meanwhile: nothing added is lost, and what was taken away by one who saw it is gone."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from companion.operations.members import Members

NAMES = st.lists(st.sampled_from(["vip", "Vip", "press", "mill"]), max_size=3, unique_by=str.casefold)
STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.one_of(NAMES, st.integers(0, 2))),
    max_size=25,
)


def history(steps: list[Any]) -> tuple[list[Members], list[Members]]:
    machines, changes = [Members(), Members(), Members()], []
    for number, (machine, step) in enumerate(steps):
        if isinstance(step, int):
            machines[machine] = machines[machine].joined(machines[step])
        else:
            changes.append(machines[machine].written(f"op{number}", number, "", step))
            machines[machine] = machines[machine].joined(changes[-1])
            assert machines[machine].names() == list(step), "the writer sees what was written, in that order"
    return machines, changes


@given(STEPS, st.randoms(use_true_random=False))
def test_any_order_and_any_repeats_give_the_same_names(steps: list[Any], random: Any) -> None:
    machines, changes = history(steps)
    whole = Members()
    for change in changes:
        whole = whole.joined(change)
    order = changes + random.choices(changes, k=len(changes)) if changes else []
    random.shuffle(order)
    other = Members()
    for change in order:
        other = other.joined(change)
    assert other == whole
    assert machines[0].joined(machines[1]).joined(machines[2]) == whole


def test_two_tags_added_at_the_same_time_both_stay() -> None:
    start = Members().written("a", 1, "", ["x"])
    vip, press = start.written("b", 2, "", ["x", "vip"]), start.written("c", 2, "", ["x", "press"])
    assert start.joined(press).joined(vip).names() == ["x", "press", "vip"]


def test_a_tag_added_again_elsewhere_survives_the_removal_of_the_first() -> None:
    start = Members().written("a", 1, "", ["x"])
    removed, respelled = start.written("b", 2, "", []), start.written("c", 3, "", ["X"])
    assert start.joined(removed).joined(respelled).names() == ["X"]


def test_a_removal_that_arrives_first_still_removes() -> None:
    start = Members().written("a", 1, "", ["x"])
    removed = start.written("b", 2, "", [])
    assert removed.joined(start).names() == []
