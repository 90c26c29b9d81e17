"""Templates: fields that are not known leave no nonsense behind, and misspelt ones are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.templates import FIELDS, Filled, check, fill
from companion.errors import BodyError


def test_somebody_without_a_name_is_greeted_without_one_and_the_rest_is_a_gap() -> None:
    filled = fill("Hi {first_name}, I liked {last_post}", {})
    assert filled == Filled("Hi, I liked [last post]", ("last post",))
    assert fill("Hi {first_name}, I liked {last_post}", {"first_name": "Wren", "last_post": "that"}).text == (
        "Hi Wren, I liked that"
    )


def test_a_misspelt_field_is_told_with_the_nearest_one() -> None:
    with pytest.raises(BodyError, match=r"no field {frist_name}. Did you mean {first_name}\?"):
        check("Hi {frist_name}")
    with pytest.raises(BodyError, match="There are handle"):
        check("{zzz}")


@pytest.mark.parametrize("text", ["a { b", "a } b", "{handle", "{{handle}"])
def test_a_brace_that_stands_alone_is_told(text: str) -> None:
    with pytest.raises(BodyError, match="stands alone"):
        check(text)


def test_what_is_filled_in_is_never_read_as_a_field() -> None:
    assert fill("{last_post}", {"last_post": "{handle}"}) == Filled("{handle}")


def test_a_gap_that_the_template_leaves_has_to_be_filled_in_too() -> None:
    assert fill("{handle} Look: [link]", {"handle": "@a"}).gaps == ("link",)


@given(st.lists(st.sampled_from([*FIELDS, "x"])), st.dictionaries(st.sampled_from([*FIELDS]), st.just("fact")))
def test_no_field_is_ever_left_in_braces_and_every_gap_is_in_the_text(names: list[str], facts: dict[str, str]) -> None:
    filled = fill(" ".join(f"a {{{name}}}" for name in names), facts)
    assert "{" not in filled.text
    assert "None" not in filled.text
    assert all(f"[{gap}]" in filled.text for gap in filled.gaps)
