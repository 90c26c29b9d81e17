"""Tests the pictures' numbers: what a ring shows of a score, and that one colour keeps one meaning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.web import svg


@given(st.integers(0, 100), st.floats(0, 1))
def test_a_ring_is_in_the_other_sides_colour_whatever_the_score(score: int, confidence: float) -> None:
    ring = svg.ring(score, confidence)
    assert ring.tone == "they"
    assert 0 < ring.part <= ring.whole
    assert 0.4 <= ring.solid <= 1


def test_an_unknown_score_has_a_dashed_ring_and_no_arc() -> None:
    assert (svg.ring(None, 0.0).tone, svg.ring(None, 0.0).part) == ("none", 0.0)


@pytest.mark.parametrize(("score", "share"), [(25, 0.25), (50, 0.5), (100, 1.0)])
def test_the_arc_is_the_scores_share_of_the_round(score: int, share: float) -> None:
    ring = svg.ring(score, 1.0)
    assert ring.part / ring.whole == pytest.approx(share, abs=0.001)
