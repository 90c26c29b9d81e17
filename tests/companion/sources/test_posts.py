"""Posts: wrappers, long texts, replies, reposts, quotes, mentions and links."""

from __future__ import annotations

from typing import cast

import pytest

from companion.domain.sightings import Post
from companion.sources.posts import post_from
from tests.companion.sources.builders import (
    ADA,
    GENERATIONS,
    INES,
    WREN,
    answering,
    legacy,
    mention,
    post,
    post_id,
    post_time,
    see,
    timeline,
)
from tests.x_json import Generation, Json
from tests.x_timeline import item_of, module_entry, timeline_json, tweet_entry


def one(answer: object) -> Post:
    posts = see(answer).posts
    assert len(posts) == 1
    return posts[0]


def by_id(answer: object) -> dict[str, Post]:
    return {found.id: found for found in see(answer).posts}


@pytest.mark.parametrize("generation", GENERATIONS)
def test_a_post_tells_its_author_text_and_time(generation: Generation) -> None:
    found = one(timeline(post(1, WREN, "Tea &amp; &lt;ink&gt;", generation)))
    assert (found.id, found.author_id, found.author_handle) == (post_id(1), WREN.id, WREN.handle)
    assert (found.text, found.at, found.lang) == ("Tea & <ink>", post_time(1), "en")
    assert found.source_app == "Twitter Web App"
    assert (found.favorited, found.retweeted, found.promoted) == (False, False, False)


def wrapped(tweet: Json) -> Json:
    inner = {key: value for key, value in tweet.items() if key != "__typename"}
    return {"__typename": "TweetWithVisibilityResults", "tweet": inner, "limitedActionResults": {}, "rest_id": ""}


def test_a_visibility_wrapper_hides_no_post_at_any_level() -> None:
    quoted = post(1, INES, "Quoted.")
    outer = post(2, WREN, "Look.", quote_of=quoted)
    outer["quoted_status_result"] = {"result": wrapped(quoted)}
    repost = post(3, ADA, "RT @wrenwrites: Look.")
    legacy(repost)["retweeted_status_result"] = {"result": wrapped(outer)}
    entry = tweet_entry(repost)
    cast("Json", item_of(entry)["tweet_results"])["result"] = wrapped(repost)
    found = by_id(timeline_json("HomeTimeline", [entry]))
    assert set(found) == {post_id(1), post_id(2), post_id(3)}
    assert (found[post_id(3)].repost_of, found[post_id(3)].repost_of_handle) == (post_id(2), WREN.handle)
    assert (found[post_id(2)].quote_of, found[post_id(2)].quote_of_id) == (post_id(1), INES.id)


@pytest.mark.parametrize(
    "result",
    [
        {"__typename": "TweetTombstone", "tombstone": {"text": {"text": "This Post is from a suspended account."}}},
        {"__typename": "TweetUnavailable", "reason": "Suspended"},
        {},
    ],
)
def test_a_post_that_x_does_not_show_is_no_post_and_no_problem(result: Json) -> None:
    entry = tweet_entry(post(1, WREN))
    cast("Json", item_of(entry)["tweet_results"])["result"] = result
    understood = see(timeline_json("TweetDetail", [entry]), "TweetDetail")
    assert (understood.posts, understood.problems) == ([], [])


def test_an_unavailable_quote_keeps_the_post_and_names_what_it_quoted() -> None:
    tweet = post(1, WREN, "As said:")
    legacy(tweet)["quoted_status_id_str"] = post_id(9)
    legacy(tweet)["quoted_status_permalink"] = {"expanded": f"https://x.com/inesmakes/status/{post_id(9)}"}
    tweet["quoted_status_result"] = {"result": {"__typename": "TweetUnavailable", "reason": "Suspended"}}
    found = one(timeline(tweet))
    assert (found.quote_of, found.quote_of_id, found.quote_of_handle) == (post_id(9), None, "inesmakes")


def test_a_long_post_has_its_whole_text_links_and_mentions() -> None:
    tweet = post(1, WREN, "The beginning…")
    far = mention(INES, 300)
    entity_set = {"urls": [{"url": "https://t.co/a", "expanded_url": "https://tea.example"}], "user_mentions": [far]}
    tweet["note_tweet"] = {
        "note_tweet_results": {"result": {"text": "The beginning and all the rest", "entity_set": entity_set}}
    }
    found = one(timeline(tweet))
    assert found.text == "The beginning and all the rest"
    assert found.links == ["https://tea.example"]
    assert found.mentions == [(INES.id, INES.handle)]


def test_the_names_that_x_puts_before_a_reply_are_no_mentions() -> None:
    reply = post(2, INES, "I asked @adaquill too", reply_to=answering(1, WREN))
    lead = len("@wrenwrites ")
    entities = cast("Json", legacy(reply)["entities"])
    entities["user_mentions"] = [mention(WREN, 0), mention(ADA, lead + len("I asked "))]
    found = one(timeline(reply))
    assert (found.reply_to_post, found.reply_to_id, found.reply_to_handle) == (post_id(1), WREN.id, WREN.handle)
    assert found.mentions == [(ADA.id, ADA.handle)]


def test_a_mention_at_the_very_start_of_a_post_of_its_own_counts() -> None:
    tweet = post(1, INES, "@adaquill hello")
    cast("Json", legacy(tweet)["entities"])["user_mentions"] = [mention(ADA, 0)]
    assert one(timeline(tweet)).mentions == [(ADA.id, ADA.handle)]


def test_a_repost_honours_the_author_and_mentions_nobody_itself() -> None:
    original = post(1, WREN, "Thanks @adaquill")
    repost = post(2, INES, "RT @wrenwrites: Thanks @adaq…", repost_of=original)
    cast("Json", legacy(repost)["entities"])["user_mentions"] = [mention(WREN, 3), mention(ADA, 22)]
    found = by_id(timeline(repost))
    assert found[post_id(2)].repost_of_id == WREN.id
    assert found[post_id(2)].mentions == []
    assert found[post_id(1)].text == "Thanks @adaquill"


def test_the_link_that_stands_for_a_quote_is_not_a_link_of_the_author() -> None:
    quoted = post(1, INES)
    links = ("https://tea.example", f"https://x.com/inesmakes/status/{post_id(1)}")
    found = by_id(timeline(post(2, WREN, quote_of=quoted, links=links)))
    assert found[post_id(2)].links == ["https://tea.example"]


def test_an_advertisement_is_seen_but_marked() -> None:
    entries = [tweet_entry(post(1, WREN), promoted=True), tweet_entry(post(2, INES))]
    found = by_id(timeline_json("HomeTimeline", entries))
    assert (found[post_id(1)].promoted, found[post_id(2)].promoted) == (True, False)


def test_an_advertisement_inside_a_module_is_marked_by_its_entry_alone() -> None:
    content = item_of(tweet_entry(post(1, WREN)))
    module = module_entry("promoted-tweet-1-module", [content])
    assert one(timeline_json("TweetDetail", [module])).promoted is True


def test_a_post_of_somebody_withheld_keeps_the_author_s_id() -> None:
    tweet = post(1, WREN)
    tweet["core"] = {"user_results": {"result": {"__typename": "UserUnavailable"}}}
    legacy(tweet)["user_id_str"] = WREN.id
    found = one(timeline(tweet))
    assert (found.author_id, found.author_handle) == (WREN.id, None)


def test_a_post_without_a_date_is_dated_by_its_id() -> None:
    tweet: Json = {"rest_id": "2083305234688803178", "legacy": {"full_text": "A post."}}
    found = post_from(tweet)  # type: ignore[arg-type]
    assert found is not None
    assert found.at == 1_785_533_648


def test_posts_of_the_old_rest_answers_are_posts() -> None:
    tweet = {"id_str": "5", "user_id_str": WREN.id, "full_text": "Old.", "created_at": "Sun Apr 30 21:40:28 +0000 2023"}
    answer = {"globalObjects": {"tweets": {"5": tweet}, "users": {}}, "timeline": {"instructions": []}}
    found = one(answer)
    assert (found.id, found.author_id, found.text, found.at) == ("5", WREN.id, "Old.", 1_682_890_828)
