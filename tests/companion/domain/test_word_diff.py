"""What a version of a note changed, word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from companion.domain.word_diff import GONE, NEW, SAME, Piece, changes

TEXTS = st.lists(st.sampled_from(["Wren", "binds", "books", "by", "ear.", "Ibadan", "ring"]), max_size=30).map(" ".join)


def test_only_what_changed_is_shown_with_a_few_words_around_it() -> None:
    before = "Looking for essayists for the spring issue. Phone first."
    after = "Looking for essayists for the autumn issue. Phone first. Sister in Ibadan."
    assert changes(before, after) == [
        Piece(SAME, "… essayists for the"),
        Piece(GONE, "spring"),
        Piece(NEW, "autumn"),
        Piece(SAME, "issue. Phone first."),
        Piece(NEW, "Sister in Ibadan."),
    ]


def test_a_first_text_is_all_new_and_an_equal_one_changes_nothing() -> None:
    assert changes("", "Binds books") == [Piece(NEW, "Binds books")]
    assert changes("Binds  books", "Binds books") == []


def test_line_breaks_inside_a_run_are_kept() -> None:
    assert changes("", "one\n\ntwo") == [Piece(NEW, "one\n\ntwo")]


@given(TEXTS, TEXTS)
def test_every_new_and_every_gone_word_is_told(before: str, after: str) -> None:
    told = changes(before, after)
    added = sum(len(one.text.split()) for one in told if one.how == NEW)
    gone = sum(len(one.text.split()) for one in told if one.how == GONE)
    assert len(before.split()) - gone == len(after.split()) - added
    assert (told == []) == (before.split() == after.split())
