"""The relation and what is shared are told as facts; unknown is never "no"."""

from __future__ import annotations

from companion.domain.sightings import Interaction, Relation
from companion.vetting.checks.relation import check_relation
from companion.vetting.checks.relevance import check_relevance
from companion.vetting.facts import EarlierDecision
from companion.vetting.report import vet
from tests.companion.vetting.people import by_code, facts, posts, somebody


def test_what_is_not_known_about_following_is_not_said() -> None:
    assert check_relation(facts(relation=Relation())) == []
    assert by_code(check_relation(facts(relation=Relation(follows_me=False)))).keys() == {
        "relation_does_not_follow_you"
    }


def test_connections_in_common_are_shown_and_weigh_nothing() -> None:
    none, fifty = (vet(facts(relation=Relation(mutuals_shown=count))) for count in (0, 50))
    assert by_code(fifty.findings)["relation_in_common"].count == 50
    assert none.score == fifty.score


def test_an_earlier_decision_is_shown_with_its_reason() -> None:
    found = by_code(check_relation(facts(decided=[EarlierDecision("no", "sells followers", 1_700_000_000)])))
    assert found["relation_decided"].params["reason"] == "sells followers"


def test_renames_and_automatic_messages_are_told() -> None:
    found = by_code(check_relation(facts(former_handles=["oldwren"], auto_dm=True)))
    assert found["relation_renamed"].params == {"handles": "@oldwren"}
    assert "relation_auto_message" in found


def test_one_automatic_mention_among_five_real_ones_is_no_fault() -> None:
    acts = [Interaction("in", "mention", 1_700_000_000 + n, str(n), automatic=n == 0) for n in range(6)]
    assert "relation_only_automatic" not in by_code(check_relation(facts(interactions=acts)))
    assert "relation_only_automatic" in by_code(check_relation(facts(interactions=acts[:1])))


def test_no_topics_set_is_unknown_and_never_none() -> None:
    assert by_code(check_relevance(facts())).keys() == {"relevance_unknown"}


def test_shared_topics_are_named_with_the_posts_that_have_them() -> None:
    found = by_code(
        check_relevance(facts(topics=["bread", "looms", "tide"], posts=posts(["My loom", "Two looms", "Rain"])))
    )
    assert found["relevance_shared"].params == {"words": "bread, looms", "posts": 1}
    assert (found["relevance_shared"].count, found["relevance_shared"].of) == (2, 3)


def test_no_shared_topic_is_a_fact_and_an_unseen_profile_is_not() -> None:
    assert by_code(check_relevance(facts(topics=["chess"]))).keys() == {"relevance_none"}
    assert by_code(check_relevance(facts(somebody(bio=None), topics=["chess"]))).keys() == {"relevance_unseen"}
