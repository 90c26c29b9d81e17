"""The filled button follows verdict and relation: it never pushes towards what the report speaks against."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.sightings import Relation
from companion.vetting.presentation.main_button import main_button
from companion.vetting.report import VERDICTS

FLAGS = st.sampled_from([None, True, False])
RELATIONS = st.none() | st.builds(
    Relation, follows_me=FLAGS, i_follow=FLAGS, blocking=FLAGS, blocked_by=FLAGS, requested=FLAGS
)


@pytest.mark.parametrize(
    ("verdict", "main"),
    [("welcome", "follow_back"), ("cant_tell", "wait"), ("better_not", "no"), ("look_closer", None)],
)
def test_the_verdict_chooses_the_button_for_a_new_follower(verdict: str, main: str | None) -> None:
    assert main_button(verdict, Relation(follows_me=True), own=False) == main
    assert main_button(verdict, None, own=False) == main


@given(st.sampled_from(VERDICTS), RELATIONS, st.booleans())
def test_follow_back_is_suggested_only_on_a_welcome_to_somebody_not_yet_followed(
    verdict: str, relation: Relation | None, own: bool
) -> None:
    main = main_button(verdict, relation, own=own)
    known = relation or Relation()
    if own or known.i_follow or known.blocking or known.requested:
        assert main is None
    if main == "follow_back":
        assert verdict == "welcome"
        assert not known.blocked_by
