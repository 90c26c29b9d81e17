"""Name your followers: the same ten for a day, names matched kindly, hints that do not give them away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.practice.quiz import choose, hint, names_them

PEOPLE = st.lists(st.text("abcdefgh", min_size=3, max_size=3), max_size=30)


@given(PEOPLE, PEOPLE, st.text(max_size=5))
def test_the_same_seed_asks_about_the_same_people_in_the_same_order(
    known: list[str], others: list[str], seed: str
) -> None:
    first = choose(known, others, seed)
    assert first == choose(reversed(known), others * 2, seed)
    assert len(first) == len(set(first)) == min(10, len({*known, *others}))
    assert set(first) <= {*known, *others}


def test_half_are_known_if_there_are_enough_of_both() -> None:
    chosen = choose([f"k{n}" for n in range(40)], [f"o{n}" for n in range(40)], "2026-11-29")
    assert sum(pid.startswith("k") for pid in chosen) == 5
    assert chosen != choose([f"k{n}" for n in range(40)], [f"o{n}" for n in range(40)], "2026-11-30")
    assert len(choose([f"k{n}" for n in range(40)], ["o1"], "x")) == 10


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("wren", ["Wren Okafor", "wrenwrites"]), ("OKAFOR", ["Wren Okafor"]), ("ines", ["Inês Duarte"]),
        ("Inês", ["Ines Duarte"]), ("writes", ["wrenwrites"]),
        ("李娜", ["李娜"]), ("李", ["李娜"]), ("김민", ["김민준"]),
        ("しみず", ["しみず さん"]), ("Al", ["Al"]), ("d'arcy", ["D’Arcy Bell"]),
    ],
)  # fmt: skip
def test_a_name_or_enough_of_it_is_a_match(typed: str, names: list[str]) -> None:
    assert names_them(typed, names)


@pytest.mark.parametrize(
    ("typed", "names"), [("wr", ["Wren"]), ("", ["Wren"]), ("?!", ["Wren"]), ("王", ["李娜"]), ("bob", ["Wren"])]
)
def test_two_letters_of_an_alphabet_or_another_name_are_none(typed: str, names: list[str]) -> None:
    assert not names_them(typed, names)


def test_a_hint_has_neither_name_nor_handle() -> None:
    told = hint("Wren Okafor (@wrenwrites) edits. Ask wren!", ["Wren Okafor", "wrenwrites"])
    assert "wren" not in told.casefold()
    assert "okafor" not in told.casefold()
    assert "edits" in told
    assert "木村" not in hint("木村の陶芸", ["木村"])
    assert len(hint("word " * 100, [])) <= 160
