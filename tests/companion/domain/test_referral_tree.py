"""Who sent whom: generations and totals are exact, circles are found before they close, and never loop anything."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from companion.domain.referral_tree import Branch, circle, generations, path, roots, sent_of, tree

TEN = sent_of([("ada", f"{n}") for n in range(10)] + [(f"{n}", f"{n}{m}") for n in range(10) for m in range(10)])
EDGES = st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")), max_size=20)


def test_a_hundred_tell_ten_who_tell_ten() -> None:
    assert [len(level) for level in generations(TEN, "ada")] == [10, 100]


def test_whom_two_people_sent_is_counted_once_and_as_near_as_possible() -> None:
    sent = sent_of([("ada", "bo"), ("bo", "cy"), ("ada", "cy"), ("cy", "di")])
    assert generations(sent, "ada") == [["bo", "cy"], ["di"]]
    assert tree(sent, "ada") == Branch("ada", (Branch("bo", (), 0), Branch("cy", (Branch("di", (), 0),), 0)), 0)


def test_what_is_deeper_than_drawn_is_counted() -> None:
    chain = sent_of([("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("d", "f")])
    third = tree(chain, "a", 3).sent[0].sent[0].sent[0]
    assert (third.pid, third.sent, third.deeper) == ("d", (), 2)


def test_the_circle_that_would_close_is_shown() -> None:
    sent = sent_of([("a", "b"), ("b", "c")])
    assert circle(sent, "c", "a") == ["a", "b", "c"]
    assert circle(sent, "a", "c") == []
    assert circle(sent, "a", "a") == ["a"]


@given(EDGES)
def test_everybody_below_is_counted_once_even_where_machines_made_a_circle(edges: list[tuple[str, str]]) -> None:
    sent = sent_of(edges)
    for root in "abcdefg":
        below = [pid for level in generations(sent, root) for pid in level]
        assert len(below) == len(set(below))
        assert set(below) == {pid for pid in "abcdefg" if pid != root and path(sent, root, pid)}
        assert count(tree(sent, root, 2)) == len(below)


@given(EDGES)
def test_every_person_who_was_sent_stands_under_some_root(edges: list[tuple[str, str]]) -> None:
    sent = sent_of(edges)
    tops = roots(sent)
    below = {pid for top in tops for level in generations(sent, top) for pid in level}
    assert below | set(tops) == {*sent, *(pid for listed in sent.values() for pid in listed)}


def count(branch: Branch) -> int:
    return branch.deeper + sum(1 + count(one) for one in branch.sent)


def test_a_chain_of_thousands_is_no_trouble() -> None:
    sent = sent_of([(f"{n}", f"{n + 1}") for n in range(3000)])
    assert len(generations(sent, "0")) == 3000
    assert tree(sent, "0").sent[0].sent[0].sent[0].deeper == 2997
