"""Filters in plain words: what is understood, and what is said about the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import BodyError
from companion.practice.filters import FLAGS, NUMBERS, Condition, parse, write


def test_the_filter_of_the_handbook_is_understood() -> None:
    assert parse("score > 60 and not met") == [Condition("score", ">", 60), Condition("met", negated=True)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", []),
        ("Score>=15, I FOLLOW", [Condition("score", ">=", 15), Condition("i follow")]),
        ("tag: small press and circle: The Watchlist", [
            Condition("tag", name="small press"), Condition("circle", name="The Watchlist"),
        ]),
        ("not tag: riso; quiet > 90", [Condition("tag", name="riso", negated=True), Condition("quiet", ">", 90)]),
        ("met and met", [Condition("met")]),
    ],
)  # fmt: skip
def test_words_signs_and_joins_may_vary(text: str, meant: list[Condition]) -> None:
    assert parse(text) == meant


@pytest.mark.parametrize("text", ["score", "score > lots", "followers > 1000", "not", "met > 3", "tag:", "x" * 300])
def test_what_is_not_understood_is_named_with_what_can_be_said(text: str) -> None:
    with pytest.raises(BodyError, match="score > 60"):
        parse(text)


CONDITIONS = st.one_of(
    st.builds(
        Condition, st.sampled_from(list(NUMBERS)), st.sampled_from(["<", ">", "<=", ">=", "="]),
        st.integers(0, 999_999), st.just(""), st.booleans(),
    ),
    st.builds(Condition, st.sampled_from(list(FLAGS)), negated=st.booleans()),
    st.builds(
        Condition, st.sampled_from(["tag", "circle"]),
        name=st.from_regex(r"[A-Z#é]{1,5}( and)?( [a-z]{4,9})?", fullmatch=True), negated=st.booleans(),
    ),
)  # fmt: skip


@given(st.lists(CONDITIONS, max_size=6, unique=True))
def test_a_written_filter_reads_as_what_was_meant(conditions: list[Condition]) -> None:
    assert parse(write(conditions)) == conditions
