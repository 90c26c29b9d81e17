"""Whatever the order, number and repeats of operations, everybody shows the same text and loses none."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from companion.operations.register import Operation, Register

LIMIT = 3


def write(register: Register[str], op: str, text: str, at: int, *, blind: bool = False) -> Operation[str]:
    """An operation of somebody who had this register on screen."""
    heads = [] if blind else register.heads()
    gen = 1 if blind else register.next_gen()
    return Operation(op, at, "", text, frozenset(one.id for one in heads), gen, blank=not text)


STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.one_of(
            st.tuples(st.just("write"), st.sampled_from(["", "a", "b", "c"]), st.integers(-5, 5), st.booleans()),
            st.tuples(st.just("hear"), st.integers(0, 2)),
        ),
    ),
    max_size=30,
)


def history(steps: list[Any], limit: int) -> tuple[list[Register[str]], list[Operation[str]]]:
    """Three machines write and hear of each other, in operations that each applies as they come."""
    machines: list[Register[str]] = [Register(), Register(), Register()]
    everything: list[Operation[str]] = []
    for number, (machine, step) in enumerate(steps):
        if step[0] == "write":
            one = write(machines[machine], f"op{number}", step[1], step[2], blind=step[3])
            everything.append(one)
            machines[machine] = machines[machine].joined(Register.of([one])).kept(limit)
        else:
            machines[machine] = machines[machine].joined(machines[step[1]]).kept(limit)
    return machines, everything


@given(STEPS, st.randoms(use_true_random=False))
def test_any_order_and_any_repeats_give_the_same_as_all_at_once(steps: list[Any], random: Any) -> None:
    _, everything = history(steps, LIMIT)
    whole = Register.of(everything).kept(LIMIT)
    order = everything + random.choices(everything, k=len(everything)) if everything else []
    random.shuffle(order)
    one_by_one: Register[str] = Register()
    for one in order:
        one_by_one = one_by_one.joined(Register.of([one])).kept(LIMIT)
    assert one_by_one == whole


@given(STEPS, st.permutations([0, 1, 2]))
def test_machines_that_heard_of_each_other_hold_what_one_that_heard_everything_holds(
    steps: list[Any], order: list[int]
) -> None:
    machines, everything = history(steps, LIMIT)
    united: Register[str] = Register()
    for machine in order:
        united = united.joined(machines[machine]).kept(LIMIT)
    assert united == Register.of(everything).kept(LIMIT)


@given(STEPS)
def test_no_text_is_lost_while_there_is_room_and_what_nobody_replaced_is_shown(steps: list[Any]) -> None:
    _, everything = history(steps, 100)
    whole = Register.of(everything).kept(100)
    assert {one.body for one in everything if one.body} == {one.body for one in whole.operations.values() if one.body}
    replaced = frozenset[str]().union(*(one.parents for one in everything))
    unseen = {one.id for one in everything if one.id not in replaced}
    assert {one.id for one in whole.heads()} == unseen


def test_what_says_something_goes_before_what_says_nothing_whatever_the_clocks_say() -> None:
    first = write(Register(), "first", "Met", 10)
    start = Register.of([first])
    cleared, edited = write(start, "cleared", "", 900), write(start, "edited", "Met at the fair", 20)
    both = Register.of([first, cleared, edited])
    assert [one.body for one in both.shown()] == ["Met at the fair"]


def test_a_text_written_over_both_ends_the_conflict() -> None:
    ann, annie = Operation("a", 1, "", "Ann"), Operation("b", 2, "", "Annie")
    both = Register.of([ann, annie])
    assert [one.body for one in both.shown()] == ["Annie", "Ann"]
    assert [one.body for one in both.joined(Register.of([write(both, "c", "Anna", 0)])).shown()] == ["Anna"]


def test_a_clock_years_ahead_does_not_outweigh_a_later_edit() -> None:
    ahead = Operation("a", 10**10, "", "from a wrong clock")
    edit = write(Register.of([ahead]), "b", "later", 5)
    assert [one.body for one in Register.of([edit, ahead]).shown()] == ["later"]


def test_one_write_that_two_machines_received_is_one_text() -> None:
    once = Operation("a", 1, "", "Met")
    assert len(Register.of([once]).joined(Register.of([once])).operations) == 1


def test_a_refused_text_is_kept_and_never_shown() -> None:
    stored, refused = Operation("a", 1, "", "kept"), Operation("b", 9, "", "refused", gen=9, refused=True)
    register = Register.of([refused, stored]).kept(LIMIT)
    assert [one.body for one in register.shown()] == ["kept"]
    assert "b" in register.operations


@given(STEPS, st.lists(st.tuples(st.integers(0, 29), st.sampled_from("xyz"), st.integers(-9, 9)), max_size=5),
       st.randoms(use_true_random=False))  # fmt: skip
def test_texts_that_somebody_put_under_ids_of_others_are_all_kept_in_any_order(
    steps: list[Any], forged: list[tuple[int, str, int]], random: Any
) -> None:
    _, everything = history(steps, 100)
    everything += [
        replace(everything[at % len(everything)], body=text, at=when) for at, text, when in forged if everything
    ]
    whole = Register.of(everything)
    one_by_one: Register[str] = Register()
    for one in random.sample(everything, len(everything)) + everything[:3]:
        one_by_one = one_by_one.joined(Register.of([one]))
    assert one_by_one == whole
    assert {one.body for one in everything} == {one.body for one in whole.operations.values()}


def test_a_text_under_the_id_of_anothers_goes_over_it_for_nobody() -> None:
    hers = Operation("x", 1, "", "hers", by="desk")
    forged = replace(hers, body="made up", at=9, gen=9, by="odd")
    for order in ([hers, forged], [forged, hers], [forged, hers, forged]):
        assert sorted(one.body for one in Register.of(order).shown()) == ["hers", "made up"]
