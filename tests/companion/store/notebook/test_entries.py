"""Rows read as operations: who wrote a part of a row under another key is told without reading the whole set."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from companion.store.documents import Document, Json
from companion.store.notebook.entries import members_of, told_under

KEYS = st.sampled_from(["1", "2", "@wren", "@ines", ""])
VALUE: st.SearchStrategy[Json] = st.one_of(
    st.tuples(st.just("friend"), st.integers(0, 9), st.integers(0, 9), KEYS).map(list),
    st.tuples(st.just("friend"), st.integers(0, 9), st.integers(0, 9)).map(list),
    st.tuples(st.just("friend"), st.text(max_size=2), st.none(), KEYS).map(list),
    st.lists(st.integers(0, 3), max_size=5),
    st.none(),
    KEYS,
)
ROW: st.SearchStrategy[Document] = st.fixed_dictionaries(
    {"pid": KEYS},
    optional={
        "told": KEYS,
        "additions": st.one_of(st.dictionaries(st.sampled_from("abc"), VALUE), st.none(), st.lists(KEYS)),
    },
)


@given(ROW, st.lists(KEYS.filter(bool), min_size=1, max_size=3, unique=True))
def test_who_told_a_part_is_what_the_whole_set_says(row: Document, keys: list[str]) -> None:
    whole = {row.get("told"), *(one.told for one in members_of(row).additions.values())}
    assert told_under(row, keys) == bool(whole & set(keys))
