"""Puts X's users and posts into timeline answers, with the envelope of each operation."""

from __future__ import annotations

from typing import Literal

from tests.x_json import Generation, Json

INSTRUCTION_PATHS: dict[str, tuple[str, ...]] = {
    "HomeTimeline": ("home", "home_timeline_urt"),
    "HomeLatestTimeline": ("home", "home_timeline_urt"),
    "TweetDetail": ("threaded_conversation_with_injections_v2",),
    "SearchTimeline": ("search_by_raw_query", "search_timeline", "timeline"),
    "Retweeters": ("retweeters_timeline", "timeline"),
    "Favoriters": ("favoriters_timeline", "timeline"),
    "ListMembers": ("list", "members_timeline", "timeline"),
    "ListLatestTweetsTimeline": ("list", "tweets_timeline", "timeline"),
    "Bookmarks": ("bookmark_timeline_v2", "timeline"),
    "NotificationsTimeline": ("viewer_v2", "user_results", "result", "notification_timeline", "timeline"),
}
"""Where an operation keeps its ``instructions``; every other one has them under the profile's user."""


def entry(entry_id: str, content: Json, sort_index: int = 0) -> Json:
    """Return a timeline entry that holds one item."""
    item = {"__typename": "TimelineTimelineItem", "entryType": "TimelineTimelineItem", "itemContent": content}
    return {"entryId": entry_id, "sortIndex": str(sort_index), "content": item}


def tweet_entry(tweet: Json, *, promoted: bool = False, sort_index: int = 0) -> Json:
    """Return the entry of one post, marked as paid for if ``promoted``."""
    content: Json = {"itemType": "TimelineTweet", "tweetDisplayType": "Tweet", "tweet_results": {"result": tweet}}
    if promoted:
        content["promotedMetadata"] = {"advertiser_results": {}, "impressionId": "1"}
    return entry(("promoted-tweet-" if promoted else "tweet-") + str(tweet["rest_id"]), content, sort_index)


def user_entry(user: Json, sort_index: int = 0) -> Json:
    """Return the entry of one person in a list of people."""
    content: Json = {"itemType": "TimelineUser", "userDisplayType": "User", "user_results": {"result": user}}
    return entry(f"user-{user['rest_id']}", content, sort_index)


def module_entry(entry_id: str, contents: list[Json], sort_index: int = 0) -> Json:
    """Return a module (a conversation, who-to-follow) of several items."""
    items = [
        {"entryId": f"{entry_id}-{number}", "item": {"itemContent": content}} for number, content in enumerate(contents)
    ]
    content: Json = {"entryType": "TimelineTimelineModule", "displayType": "VerticalConversation", "items": items}
    return {"entryId": entry_id, "sortIndex": str(sort_index), "content": content}


def item_of(one: Json) -> Json:
    """Return the item inside an entry, for putting it into a module."""
    content = one["content"]
    assert isinstance(content, dict)
    found = content["itemContent"]
    assert isinstance(found, dict)
    return found


def cursor_entry(kind: Literal["Top", "Bottom"], value: str, sort_index: int = 0) -> Json:
    """Return a cursor entry; its value is the ``cursor`` variable of the next request."""
    content: Json = {"entryType": "TimelineTimelineCursor", "cursorType": kind, "value": value}
    return {"entryId": f"cursor-{kind.lower()}-{value}", "sortIndex": str(sort_index), "content": content}


def notification_entry(
    notification_id: str, element: str, people: list[Json], tweet_id: str | None, *, at: int, text: str = ""
) -> Json:
    """Return an aggregated notification ("A and B liked your post"); ``element`` names its kind as X does."""
    targets = [{"__typename": "TimelineNotificationTweetRef", "tweet_results": {"result": {"rest_id": tweet_id}}}]
    actors = [{"__typename": "TimelineNotificationUserRef", "user_results": {"result": one}} for one in people]
    template: Json = {
        "__typename": "TimelineNotificationAggregateUserActions",
        "from_users": actors,
        "target_objects": targets if tweet_id else [],
    }
    content: Json = {
        "itemType": "TimelineNotification",
        "id": notification_id,
        "notification_icon": "person_icon" if "follow" in element else "heart_icon",
        "rich_message": {"text": text, "entities": []},
        "template": template,
        "timestamp_ms": str(at * 1000),
    }
    return with_element(entry(f"notification-{notification_id}", content, at), element)


def with_element(one: Json, element: str) -> Json:
    """Return the entry with the ``clientEventInfo`` that tells its kind."""
    content = one["content"]
    assert isinstance(content, dict)
    content["clientEventInfo"] = {"component": "urt", "element": element}
    return one


def timeline_json(op: str, entries: list[Json], generation: Generation = "C", pinned: Json | None = None) -> Json:
    """Return a whole timeline answer of an operation, with its envelope and instructions.

    People lists carry both ``TimelineTerminateTimeline`` instructions on every page, as X's do: they end nothing.
    """
    instructions: list[Json] = [{"type": "TimelineClearCache"}]
    if op in {"Followers", "Following", "BlueVerifiedFollowers", "FollowersYouKnow"}:
        instructions += [{"type": "TimelineTerminateTimeline", "direction": way} for way in ("Top", "Bottom")]
    if pinned:
        instructions.append({"type": "TimelinePinEntry", "entry": pinned})
    inner: Json = {"instructions": [*instructions, {"type": "TimelineAddEntries", "entries": entries}]}
    old = generation == "A" and op.startswith("User")
    path = INSTRUCTION_PATHS.get(op, ("user", "result", "timeline_v2" if old else "timeline", "timeline"))
    for name in reversed(path):
        inner = {name: inner}
    user = inner.get("user")
    if isinstance(user, dict):
        user["result"]["__typename"] = "User"
    return {"data": inner}


def profile_json(user: Json) -> Json:
    """Return the answer of UserByScreenName or UserByRestId."""
    return {"data": {"user": {"result": user}}}


def unavailable_json(reason: str = "Suspended") -> Json:
    """Return the profile answer for an account that cannot be seen."""
    return profile_json({"__typename": "UserUnavailable", "reason": reason, "message": "User is suspended"})
