"""Which kind of page showed each post, and whose Replies tab was read."""

from __future__ import annotations

import json
from typing import cast

import pytest

from companion.domain.page_kinds import (
    BOTH_TABS,
    HOME,
    ORIGINALS_TAB,
    POSTS_TAB,
    REPLIES_TAB,
    SEARCH,
    STATUS,
    UNKNOWN,
    search_kind,
    shows_replies,
)
from companion.domain.sightings import Understanding
from companion.sources.json_tree import Json as Parsed
from companion.sources.page import understand_reading
from tests.companion.sources.builders import ADA, AT, INES, WREN, answering, post, post_id, see
from tests.x_json import Json
from tests.x_timeline import cursor_entry, item_of, module_entry, timeline_json, tweet_entry

BOTTOM = cursor_entry("Bottom", "x")


def shown(op: str, *entries: Json, **variables: str) -> Understanding:
    return see(
        timeline_json(op, list(entries)), op, request=json.dumps({"variables": {"userId": WREN.id, **variables}})
    )


def pages(understood: Understanding) -> dict[str, int]:
    return {one.id: one.pages for one in understood.posts}


@pytest.mark.parametrize(
    ("op", "kind"),
    [
        ("UserTweets", POSTS_TAB),
        ("UserOriginalsTimeline", ORIGINALS_TAB),
        ("UserRepliesTimeline", REPLIES_TAB),
        ("UserTweetsAndReplies", BOTH_TABS),
        ("TweetDetail", STATUS),
        ("HomeTimeline", HOME),
        ("SomethingNew", UNKNOWN),
    ],
)
def test_a_post_carries_the_kind_of_page_that_showed_it(op: str, kind: int) -> None:
    assert pages(shown(op, tweet_entry(post(1, WREN)))) == {post_id(1): kind}


def test_a_quoted_post_was_not_shown_as_a_post_of_its_authors_page() -> None:
    quoting = post(2, WREN, quote_of=post(1, INES))
    assert pages(shown("UserTweets", tweet_entry(quoting))) == {post_id(2): POSTS_TAB, post_id(1): UNKNOWN}


def test_on_a_replies_tab_only_the_owners_posts_tell_what_the_owner_does() -> None:
    pair = [item_of(tweet_entry(one)) for one in (post(1, INES), post(2, WREN, reply_to=answering(1, INES)))]
    understood = shown("UserRepliesTimeline", module_entry("profile-conversation-1", pair), BOTTOM)
    assert pages(understood) == {post_id(1): UNKNOWN, post_id(2): REPLIES_TAB}


@pytest.mark.parametrize("entries", [(), (tweet_entry(post(2, WREN)),)])
def test_a_replies_tab_that_was_read_is_known_even_with_nothing_on_it(entries: tuple[Json, ...]) -> None:
    understood = shown("UserRepliesTimeline", *entries, BOTTOM)
    assert [one.replies_at for one in understood.people if one.replies_at] == [AT]


def test_a_replies_tab_that_was_not_understood_whole_was_not_read() -> None:
    changed: Json = {"entryId": "tweet-1", "content": {"entryType": "TimelineTimelineItem", "inside": {}}}
    assert not [one for one in shown("UserRepliesTimeline", changed, BOTTOM).people if one.replies_at]
    assert not [one for one in shown("UserRepliesTimeline").people if one.replies_at]
    assert not [one for one in shown("UserTweets", tweet_entry(post(1, WREN)), BOTTOM).people if one.replies_at]


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("from:wrenwrites", SEARCH),
        ("FROM:wrenwrites rain", SEARCH),
        ("rain", UNKNOWN),
        ("from:wrenwrites -filter:replies", UNKNOWN),
        ("from:wrenwrites filter:links", UNKNOWN),
    ],
)
def test_only_a_search_for_all_posts_of_one_author_shows_their_replies(query: str, kind: int) -> None:
    assert search_kind(query) == kind
    assert pages(shown("SearchTimeline", tweet_entry(post(1, WREN)), rawQuery=query)) == {post_id(1): kind}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/WrenWrites", ORIGINALS_TAB),
        ("/wrenwrites/with_replies", REPLIES_TAB),
        ("/wrenwrites/status/1", STATUS),
        ("/home", HOME),
        ("/search?q=from%3Awrenwrites", SEARCH),
        ("/wrenwrites/highlights", UNKNOWN),
        ("/i/bookmarks", UNKNOWN),
    ],
)
def test_a_reading_of_the_dom_tells_the_kind_by_its_address(path: str, kind: int) -> None:
    posts = [{"id": post_id(1), "author_handle": "wrenwrites"}, {"id": post_id(2), "author_handle": "inesmakes"}]
    reading = {"kind": "dom", "url": f"https://x.com{path}", "people": [], "posts": posts}
    understood = understand_reading(cast("Parsed", reading), viewer_id=ADA.id, at=AT)
    assert understood.posts[0].pages == kind
    assert [one.handle for one in understood.people if one.replies_at] == ["wrenwrites"] * (kind == REPLIES_TAB)
    assert shows_replies(understood.posts[1].pages) == (kind in (STATUS, SEARCH))
