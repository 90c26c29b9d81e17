"""A line about a handle belongs to whom it was then; one about the forgotten is dead until its device knew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from companion.operations.people import Same, belongs, is_dead


def test_what_was_written_before_a_handle_was_known_to_be_a_person_is_about_that_person() -> None:
    known = [Same("@wren", "200", 50), Same("@wren", "900", 90), Same("@ines", "300", 10)]
    assert [belongs("@wren", at, known) for at in (1, 50, 51, 90, 91)] == ["200", "200", "900", "900", "@wren"]
    assert belongs("@ines", 11, known) == "@ines"


@given(st.permutations([Same("@wren", "200", 50), Same("@wren", "100", 50), Same("@wren", "300", 60)]))
def test_statements_that_disagree_are_settled_alike_in_any_order(known: list[Same]) -> None:
    assert belongs("@wren", 50, known) == "100"


def test_a_line_is_dead_until_its_device_has_heard_of_every_act() -> None:
    assert is_dead(4, ["one"], {})
    assert is_dead(4, ["one"], {"one": 5})
    assert not is_dead(6, ["one"], {"one": 5})
    assert is_dead(6, ["one", "two"], {"one": 5})
    assert not is_dead(6, [], {})
