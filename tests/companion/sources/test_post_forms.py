"""Posts under the names of X's apps and next client, subscribers' previews, articles and community posts."""

from __future__ import annotations

from typing import cast

import pytest

from tests.companion.sources.builders import (
    ADA,
    INES,
    WREN,
    acts,
    answering,
    legacy,
    mention,
    post,
    post_id,
    see,
    timeline,
)
from tests.x_json import Json

NAMES = ("retweeted_status_result", "retweeted_status_results", "repost_result")
QUOTES = ("quoted_status_result", "quoted_status_results", "quoted_tweet_results")


def repost() -> Json:
    """Return a repost of Ada's post by Wren, whose text names Ada as X's own reposts do."""
    tweet = post(2, WREN, f"RT @{ADA.handle}: A post.")
    legacy(tweet)["entities"] = {"user_mentions": [mention(ADA, 3)], "urls": []}
    return tweet


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("inside", [True, False], ids=["under legacy", "beside it"])
def test_a_repost_is_one_under_every_name(name: str, inside: bool) -> None:
    tweet = repost()
    (legacy(tweet) if inside else tweet)[name] = {"rest_id": post_id(1), "result": post(1, ADA)}
    understood = see(timeline(tweet))
    assert acts(understood) == {("in", "repost", WREN.handle, f"repost:{post_id(1)}")}
    assert understood.problems == []


@pytest.mark.parametrize("name", QUOTES)
def test_a_quote_is_one_under_every_name(name: str) -> None:
    tweet = post(2, WREN, "So true")
    tweet[name] = {"rest_id": post_id(1), "result": post(1, ADA)}
    assert acts(see(timeline(tweet))) == {("in", "quote", WREN.handle, post_id(2))}


def test_a_repost_under_a_name_nobody_knows_is_no_mention() -> None:
    assert acts(see(timeline(repost()))) == set()


def test_a_reply_and_a_like_are_told_by_the_newer_names_beside_legacy() -> None:
    tweet = post(2, WREN, f"@{ADA.handle} yes")
    tweet["reply_to_results"] = {"rest_id": post_id(1)}
    tweet["reply_to_user_results"] = {"rest_id": ADA.id, "result": {"core": {"screen_name": ADA.handle}}}
    del legacy(tweet)["favorited"]
    tweet["perspective"] = {"favorited": True, "retweeted": False}
    assert acts(see(timeline(tweet))) == {
        ("in", "reply", WREN.handle, post_id(2)), ("out", "like", WREN.handle, f"like:{post_id(2)}"),
    }  # fmt: skip


def preview() -> Json:
    whole = post(1, WREN)
    inner: Json = {
        "rest_id": post_id(1), "core": whole["core"], "text": "For subscribers: the first words",
        "created_at": "Tue Mar 11 10:00:00 +0000 2025", "entities": {}, "reply_count": 2,
    }  # fmt: skip
    return {"__typename": "TweetPreviewDisplay", "rest_id": post_id(1), "tweet": inner, "cta": {"title": "Subscribe"}}


def test_a_subscribers_preview_is_a_post_and_no_alarm() -> None:
    understood = see(timeline(preview(), op="UserTweets"), "UserTweets")
    assert [(one.id, one.author_id, one.at, one.text) for one in understood.posts] == [
        (post_id(1), WREN.id, 1_741_687_200, "For subscribers: the first words")
    ]
    assert understood.problems == []


def test_an_article_is_told_by_its_title_and_first_words() -> None:
    tweet = post(1, WREN, "https://t.co/a")
    found = {"title": "On binding", "preview_text": "Thread first."}
    tweet["article"] = {"article_results": {"result": {"rest_id": "9", **found}}}
    assert see(timeline(tweet)).posts[0].text == "On binding\nThread first."


def test_community_and_edited_posts_are_posts() -> None:
    tweet = post(2, WREN)
    tweet["community_results"] = {"result": {"__typename": "Community", "id_str": "77", "name": "Binders"}}
    tweet["edit_control"] = {"edit_tweet_ids": [post_id(1), post_id(2)], "is_edit_eligible": True}
    assert [one.id for one in see(timeline(tweet)).posts] == [post_id(2)]


@pytest.mark.parametrize("initial", [False, True])
def test_two_versions_of_one_answer_are_one_act(initial: bool) -> None:
    answers = [post(number, WREN, reply_to=answering(1, ADA)) for number in (2, 3)]
    control: Json = {"edit_tweet_ids": [post_id(2), post_id(3)]}
    for tweet in answers:
        tweet["edit_control"] = {"edit_control_initial": control} if initial else control
    understood = see(timeline(*answers))
    assert acts(understood) == {("in", "reply", WREN.handle, post_id(2))}
    assert [(one.id, one.first_version) for one in understood.posts] == [(post_id(2), None), (post_id(3), post_id(2))]


def next_client(tweet: Json, **more: object) -> Json:
    """Return a post as X's next client writes it."""
    old = legacy(tweet)
    details = {"full_text": old["full_text"], "created_at_ms": 1_741_687_200_000, "display_text_range": [0, 4]}
    seen = {"favorited": old["favorited"], "retweeted": False}
    return {
        "__typename": "Tweet", "rest_id": tweet["rest_id"], "core": tweet["core"], "details": details,
        "perspective": seen, "mention_entities": [], "url_entities": [], "legacy": {"lang": "en"}, **more,
    }  # fmt: skip


def test_the_next_clients_posts_tell_the_same() -> None:
    mine = next_client(post(1, ADA))
    holder = {"rest_id": ADA.id, "result": cast("Json", cast("Json", mine["core"])["user_results"])["result"]}
    answers = next_client(post(2, WREN, "Yes"), reply_to_results={"rest_id": post_id(1)}, reply_to_user_results=holder)
    quotes = next_client(post(3, INES, "Look", favorited=True), quoted_tweet_results={"result": mine})
    reposts = next_client(post(4, INES, "RT"), legacy={"retweeted_status_results": {"result": mine}})
    understood = see(timeline(answers, quotes, reposts))
    assert acts(understood) == {
        ("in", "reply", WREN.handle, post_id(2)),
        ("in", "quote", INES.handle, post_id(3)),
        ("out", "like", INES.handle, f"like:{post_id(3)}"),
        ("in", "repost", INES.handle, f"repost:{post_id(1)}"),
    }
    assert {one.at for one in understood.posts} == {1_741_687_200}
    assert answering(1, ADA)[0] == understood.posts[0].reply_to_post
