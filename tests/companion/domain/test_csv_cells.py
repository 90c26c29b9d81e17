"""A cell is guarded against being taken for a formula, and nothing of it is lost by that."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.csv_cells import harmless, original

TELLING = st.text(alphabet="=+-@|%;\t\r\n '\"a＝\u2028", max_size=12)


@given(TELLING | st.text(max_size=20))
def test_no_cell_begins_like_a_formula_at_its_start_or_after_what_may_split_it(cell: str) -> None:
    guarded = harmless(cell)
    assert guarded.lstrip(" ")[:1] not in (*"=+-@|%", "\t", "\r", "\n")
    for part in re.split(r"[;\t\r\n\u2028]", guarded):
        assert not re.match(r"[\s\"]*[=+\-@|%＝]", part)


@given(TELLING | st.text(max_size=20))
def test_it_comes_back_as_it_was(cell: str) -> None:
    assert original(harmless(cell)) == cell


@pytest.mark.parametrize("cell", ["Ink and rain.", "well-known; not a formula", "a = b", "3, -4", "it's; 'so'"])
def test_plain_words_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell
