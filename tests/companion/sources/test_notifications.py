"""Notifications, GraphQL and REST; no real answer of the GraphQL one was found, so its shape follows descriptions."""

from __future__ import annotations

from typing import cast

import pytest

from tests.companion.sources.builders import ADA, AT, GENERATIONS, INES, WREN, acts, answering, only, post, post_id, see
from tests.x_json import Generation, Json, rest_user_json, user_json
from tests.x_timeline import item_of, notification_entry, timeline_json, tweet_entry, with_element

OP = "NotificationsTimeline"
EARLIER = AT - 7_200


def notices(*entries: Json) -> Json:
    return timeline_json(OP, list(entries))


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize(
    ("element", "kind"),
    [
        ("users_liked_your_tweet", "like"),
        ("users_liked_your_retweet", "like"),
        ("users_retweeted_your_tweet", "repost"),
    ],
)
def test_what_was_done_to_ones_post_is_between_the_two(element: str, kind: str, generation: Generation) -> None:
    entry = notification_entry("n1", element, [user_json(WREN, generation)], post_id(1), at=EARLIER)
    act = only(see(notices(entry), OP))
    assert (act.direction, act.kind, act.id, act.handle) == ("in", kind, WREN.id, WREN.handle)
    assert (act.ref, act.post, act.at, act.source) == (f"{kind}:{post_id(1)}", post_id(1), EARLIER, "notifications")
    assert act.partial is False


def test_a_new_follower_is_seen() -> None:
    act = only(see(notices(notification_entry("n1", "users_followed_you", [user_json(WREN)], None, at=EARLIER)), OP))
    assert (act.kind, act.handle, act.ref, act.at) == ("follow", WREN.handle, "follow", EARLIER)


def test_an_aggregate_counts_only_the_people_it_names_and_says_so() -> None:
    both = [user_json(WREN), user_json(INES)]
    entry = notification_entry("n1", "users_liked_your_tweet", both, post_id(1), at=EARLIER, text="Wren and 12 others")
    understood = see(notices(entry), OP)
    assert {act.handle for act in understood.interactions} == {WREN.handle, INES.handle}
    assert all(act.partial for act in understood.interactions)


def test_one_person_may_like_several_posts_at_once() -> None:
    entry = notification_entry("n1", "user_liked_multiple_tweets", [user_json(WREN)], post_id(1), at=EARLIER)
    template = cast("Json", item_of(entry)["template"])
    targets = cast("list[Json]", template["target_objects"])
    targets.append({"tweet_results": {"result": post(2, ADA)}})
    assert {act.post for act in see(notices(entry), OP).interactions} == {post_id(1), post_id(2)}


@pytest.mark.parametrize(
    "element", ["device_follow_tweet_notification_entry", "generic_login_notification", "brand_new"]
)
def test_news_about_nobody_is_nothing(element: str) -> None:
    entry = notification_entry("n1", element, [user_json(WREN)], post_id(1), at=EARLIER)
    assert see(notices(entry), OP).interactions == []


@pytest.mark.parametrize("written", ["2026-09-08T12:00:00.000Z", "1788868800000", 1_788_868_800_000])
def test_both_ways_of_writing_the_time_are_read(written: object) -> None:
    entry = notification_entry("n1", "users_liked_your_tweet", [user_json(WREN)], post_id(1), at=EARLIER)
    item_of(entry)["timestamp_ms"] = written
    assert only(see(notices(entry), OP)).at == 1_788_868_800


def test_a_notice_without_a_time_is_dated_when_it_was_seen_and_marked() -> None:
    entry = notification_entry("n1", "users_liked_your_tweet", [user_json(WREN)], post_id(1), at=EARLIER)
    del item_of(entry)["timestamp_ms"]
    act = only(see(notices(entry), OP))
    assert (act.at, act.partial) == (AT, True)


def test_replies_in_the_notifications_are_read_as_posts() -> None:
    entry = with_element(tweet_entry(post(2, WREN, reply_to=answering(1, ADA))), "user_replied_to_your_tweet")
    understood = see(notices(entry), OP)
    assert acts(understood) == {("in", "reply", WREN.handle, post_id(2))}
    assert only(understood).source == "notifications"


def rest_notices(icon: str, element: str = "") -> Json:
    template = {
        "aggregateUserActionsV1": {
            "fromUsers": [{"user": {"id": WREN.id}}],
            "targetObjects": [{"tweet": {"id": post_id(1)}}],
        }
    }
    notice = {"id": "n1", "timestampMs": str(EARLIER * 1000), "icon": {"id": icon}, "template": template}
    item = {"content": {"notification": {"id": "n1"}}, "clientEventInfo": {"element": element}}
    entries = [{"entryId": "notification-n1", "sortIndex": "1", "content": {"item": item}}]
    return {
        "globalObjects": {"users": {WREN.id: rest_user_json(WREN)}, "tweets": {}, "notifications": {"n1": notice}},
        "timeline": {"id": "t", "instructions": [{"addEntries": {"entries": entries}}]},
    }


@pytest.mark.parametrize(
    ("icon", "element", "kind"),
    [
        ("heart_icon", "", "like"),
        ("retweet_icon", "", "repost"),
        ("person_icon", "users_followed_you", "follow"),
        ("bell_icon", "users_liked_your_tweet", "like"),
    ],
)
def test_the_old_rest_notifications_tell_the_same(icon: str, element: str, kind: str) -> None:
    act = only(see(rest_notices(icon, element), "notifications/all"))
    assert (act.direction, act.kind, act.id, act.handle, act.at) == ("in", kind, WREN.id, WREN.handle, EARLIER)
    assert act.ref == ("follow" if kind == "follow" else f"{kind}:{post_id(1)}")


def test_a_name_that_says_otherwise_beats_the_icon() -> None:
    assert see(rest_notices("heart_icon", "generic_birdwatch"), "notifications/all").interactions == []


def test_the_operation_is_known_by_its_old_address_too() -> None:
    understood = see(rest_notices("heart_icon"), url="https://x.com/i/api/2/notifications/all.json?count=20")
    assert (understood.op, only(understood).source) == ("notifications/all", "notifications")
