"""Questions left open: whose turn it is, and what closes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.dates import DAY
from companion.domain.sightings import Interaction
from companion.practice.questions import ANSWERED, MINE, THEIRS, open_question

NOW = 1_760_000_000
TEXTS = {"q": "Is the Tuesday table still meeting?", "s": "Index first, then the poems.", "j": "陶芸は好きですか？"}


def act(way: str, days: float, post: str = "s", kind: str = "reply") -> Interaction:
    return Interaction(way, kind, int(NOW - days * DAY), f"{way}{days}", post=post)


def kind_of(*acts: Interaction, visible: bool = True) -> str | None:
    latest_first = sorted(acts, key=lambda one: -one.at)
    found = open_question(latest_first, TEXTS, NOW, visible=visible)
    return found.kind if found else None


def test_questions_of_either_side_stay_open_until_something_happens() -> None:
    assert kind_of(act("in", 2, "q")) == THEIRS
    assert kind_of(act("in", 2, "q"), act("out", 1)) is None
    assert kind_of(act("in", 2, "q"), act("out", 1, kind="like")) is None, "a like is a reaction"
    assert kind_of(act("out", 5, "q")) == MINE
    assert kind_of(act("out", 5, "q"), act("in", 1, kind="like")) is None
    assert kind_of(act("out", 5, "q"), act("in", 4, "s")) == ANSWERED
    assert kind_of(act("out", 5, "q"), act("in", 4, "s"), act("out", 3, kind="like")) is None


@pytest.mark.parametrize(("days", "kind"), [(1, None), (2.9, None), (3, MINE), (59, MINE), (61, None)])
def test_an_own_question_is_open_after_three_days_and_not_for_ever(days: float, kind: str | None) -> None:
    assert kind_of(act("out", days, "q")) == kind


def test_silence_that_could_not_be_seen_is_no_silence() -> None:
    assert kind_of(act("out", 5, "q"), visible=False) is None


def test_a_remark_is_no_question_and_a_question_mark_of_another_script_is_one() -> None:
    assert kind_of(act("in", 2, "s")) is None
    assert kind_of(act("in", 2, "unknown")) is None
    assert kind_of(act("in", 2, "j")) == THEIRS


@given(st.lists(st.tuples(st.sampled_from(("in", "out")), st.integers(0, 80), st.sampled_from("qsx"))), st.booleans())
def test_what_is_open_waits_for_the_side_that_did_not_act_last(told: list[tuple[str, int, str]], visible: bool) -> None:
    acts = sorted((act(*one) for one in told), key=lambda one: -one.at)
    found = open_question(acts, TEXTS, NOW, visible=visible)
    if found:
        later = {one.direction for one in acts if one.at > found.at}
        assert ("in" if found.kind == MINE else "out") not in later
