"""The viewer's own acts as they pass on the wire, and private messages, which are left alone."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from companion.domain.sightings import Understanding
from tests.companion.sources.builders import ADA, AT, INES, WREN, acts, answering, only, post, post_id, see, timeline
from tests.x_json import Json, rest_user_json


def asking(**variables: str) -> str:
    return json.dumps({"variables": variables, "queryId": "abc"})


@pytest.mark.parametrize(
    ("op", "answer", "asked", "kind", "removed"),
    [
        ("FavoriteTweet", {"favorite_tweet": "Done"}, "tweet_id", "like", False),
        ("UnfavoriteTweet", {"unfavorite_tweet": "Done"}, "tweet_id", "like", True),
        (
            "CreateRetweet",
            {"create_retweet": {"retweet_results": {"result": {"rest_id": "9"}}}},
            "tweet_id",
            "repost",
            False,
        ),
        (
            "DeleteRetweet",
            {"unretweet": {"source_tweet_results": {"result": {"rest_id": "1"}}}},
            "source_tweet_id",
            "repost",
            True,
        ),
    ],
)
def test_an_act_on_a_post_names_the_post(op: str, answer: Json, asked: str, kind: str, removed: bool) -> None:
    act = only(see({"data": answer}, op, request=asking(**{asked: post_id(1)})))
    assert (act.direction, act.kind, act.ref, act.post) == ("out", kind, f"{kind}:{post_id(1)}", post_id(1))
    assert (act.at, act.source, act.removed, act.id, act.handle) == (AT, "wire", removed, None, None)


def test_an_act_that_x_refused_did_not_happen() -> None:
    answer = {"errors": [{"message": "You have already favorited this Tweet."}], "data": {}}
    understood = see(answer, "FavoriteTweet", request=asking(tweet_id=post_id(1)))
    assert understood.interactions == []
    assert understood.problems == ["X answered FavoriteTweet with an error: You have already favorited this Tweet."]


def test_a_reply_one_writes_is_read_from_its_own_answer() -> None:
    answer = {"data": {"create_tweet": {"tweet_results": {"result": post(2, ADA, reply_to=answering(1, WREN))}}}}
    assert acts(see(answer, "CreateTweet")) == {("out", "reply", WREN.handle, post_id(2))}


URL = "https://x.com/i/api/1.1/friendships/{}.json"


def test_following_sets_the_relation_whatever_the_answer_still_says() -> None:
    answer = rest_user_json(replace(WREN, i_follow=False, follows_me=None))
    understood = see(answer, url=URL.format("create"), request=f"user_id={WREN.id}&skip_status=1")
    assert [(one.id, one.i_follow, one.follows_me) for one in understood.relations] == [(WREN.id, True, None)]
    act = only(understood)
    assert (act.kind, act.direction, act.ref, act.handle, act.removed) == (
        "follow",
        "out",
        "follow",
        WREN.handle,
        False,
    )


def test_unfollowing_takes_it_back() -> None:
    understood = see(rest_user_json(WREN), url=URL.format("destroy"), request=f"user_id={WREN.id}")
    assert understood.relations[0].i_follow is False
    assert only(understood).removed is True


def test_asking_to_follow_a_protected_account_is_not_yet_following() -> None:
    understood = see(
        rest_user_json(replace(WREN, protected=True)), url=URL.format("create"), request=f"user_id={WREN.id}"
    )
    assert [(one.requested, one.i_follow) for one in understood.relations] == [(True, None)]
    assert understood.interactions == []


def test_an_answer_about_somebody_else_than_asked_is_not_believed() -> None:
    understood = see(rest_user_json(INES), url=URL.format("create"), request=f"user_id={WREN.id}")
    assert (understood.relations, understood.interactions) == ([], [])


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("blocks/create", "blocking", True),
        ("blocks/destroy", "blocking", False),
        ("mutes/users/create", "muting", True),
    ],
)
def test_blocks_and_mutes_are_relations_without_interactions(name: str, field: str, value: bool) -> None:
    understood = see(rest_user_json(INES), url=f"https://x.com/i/api/1.1/{name}.json", request=f"user_id={INES.id}")
    assert getattr(understood.relations[0], field) is value
    assert understood.interactions == []


@pytest.mark.parametrize("name", ["friendships/create", "friendships/destroy", "friendships/cancel", "blocks/create"])
def test_after_these_acts_no_request_waits(name: str) -> None:
    understood = see(rest_user_json(WREN), url=f"https://x.com/i/api/1.1/{name}.json", request=f"user_id={WREN.id}")
    assert understood.relations[0].requested is False


def test_a_cancelled_request_says_nothing_of_a_follow() -> None:
    understood = see(rest_user_json(WREN), url=URL.format("cancel"), request=f"user_id={WREN.id}")
    assert (understood.relations[0].i_follow, understood.interactions) == (None, [])


def test_a_block_ends_both_follows() -> None:
    answer = rest_user_json(replace(WREN, i_follow=True, follows_me=True))
    told = see(answer, url="https://x.com/i/api/1.1/blocks/create.json", request=f"user_id={WREN.id}").relations[0]
    assert (told.blocking, told.i_follow, told.follows_me) == (True, False, False)


def test_a_follower_who_was_removed_follows_no_more_if_x_confirms_it() -> None:
    confirmed = {"data": {"remove_follower": {"unfollow_success_reason": "Unfollowed"}}}
    understood = see(confirmed, "RemoveFollower", request=asking(target_user_id=WREN.id))
    assert [(one.id, one.follows_me) for one in understood.relations] == [(WREN.id, False)]
    refused = {"errors": [{"message": "Not found"}], "data": {}}
    assert see(refused, "RemoveFollower", request=asking(target_user_id=WREN.id)).relations == []


@pytest.mark.parametrize(("name", "follows"), [("accept", True), ("deny", False)])
def test_answering_a_request_decides_whether_they_follow(name: str, follows: bool) -> None:
    understood = see(rest_user_json(INES), url=URL.format(name), request=f"user_id={INES.id}")
    assert understood.relations[0].follows_me is follows


def told(op: str, url: str = "") -> Understanding:
    """Return what is read of an answer that holds a post, under the name or address of an operation."""
    return see(timeline(post(1, WREN)), op, url=url)


@pytest.mark.parametrize(
    "op", ["dm/inbox_initial_state", "DmMutedTimeline", "GetInitialXChatPageQuery", "GetConversationPageQuery"]
)
def test_no_reader_opens_an_answer_about_private_messages(op: str) -> None:
    assert told(op) == Understanding(op=op)
    assert told("", "https://x.com/i/api/1.1/dm/user_updates.json").posts == []
    assert told("HomeTimeline").posts != []
