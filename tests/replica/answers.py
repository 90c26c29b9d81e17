"""Answers the page's GraphQL operations out of the world: profiles, timelines, conversations, lists, search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from tests.replica.notices import notifications
from tests.replica.objects import tweet, user
from tests.replica.people import VIEWERS, Account
from tests.replica.posts import Post
from tests.replica.world import World
from tests.x_json import Json
from tests.x_timeline import (
    cursor_entry,
    item_of,
    module_entry,
    profile_json,
    timeline_json,
    tweet_entry,
    unavailable_json,
    user_entry,
)

Variables = dict[str, object]
Item = TypeVar("Item")
PEOPLE_LISTS = {"Followers", "Following", "BlueVerifiedFollowers", "FollowersYouKnow"}


def answer(world: World, op: str, variables: Variables) -> Json | None:
    """Return the JSON of one reading operation, or None for an operation that the replica does not know."""
    for ops, handler in _TABLE:
        if op in ops:
            return handler(world, op, variables)
    return None


def _profile(world: World, op: str, variables: Variables) -> Json:
    account = _account(world, variables)
    if account is None:
        return {"data": {}}
    return unavailable_json() if account.suspended else profile_json(user(world, account))


def _account(world: World, variables: Variables) -> Account | None:
    if "screen_name" in variables:
        return world.by_handle(str(variables["screen_name"]))
    return world.accounts.get(str(variables.get("userId")))


def _profile_posts(world: World, op: str, variables: Variables) -> Json:
    account = _account(world, variables)
    if account is None:
        return {"data": {}}
    posts = [post for post in world.posts_by(account) if not post.promoted]
    originals = [post for post in posts if not post.reply_to]
    if op in {"UserRepliesTimeline", "UserTweetsAndReplies"}:
        chosen = [post for post in posts if post.reply_to] if op == "UserRepliesTimeline" else posts
        return _timeline(world, op, [_with_parent(world, post) for post in chosen], variables)
    if op == "UserRepostsTimeline":
        originals = [post for post in originals if post.repost_of]
    elif op == "UserOriginalsTimeline":
        originals = [post for post in originals if not post.repost_of]
    elif op in {"UserMedia", "UserPhotoTimeline"}:
        originals = [post for post in originals if post.picture]
    first = op in {"UserTweets", "UserOriginalsTimeline"} and originals
    pinned = tweet_entry(tweet(world, originals[-1])) if first else None
    return _timeline(world, op, [tweet_entry(tweet(world, post)) for post in originals], variables, pinned=pinned)


def _with_parent(world: World, post: Post) -> Json:
    own = tweet_entry(tweet(world, post))
    if not post.reply_to:
        return own
    parent = tweet_entry(tweet(world, post.reply_to))
    return module_entry(f"profile-conversation-{post.id}", [item_of(parent), item_of(own)])


def _home(world: World, op: str, variables: Variables) -> Json:
    entries = [_home_entry(world, post) for post in _page(world, world.home, variables)]
    return _envelope(world, op, entries, variables, len(world.home))


def _home_entry(world: World, post: Post) -> Json:
    if post.reply_to and not post.promoted:
        pair = [item_of(tweet_entry(tweet(world, one))) for one in (post.reply_to, post)]
        return module_entry(f"home-conversation-{post.id}", pair)
    return tweet_entry(tweet(world, post), promoted=post.promoted)


def _detail(world: World, op: str, variables: Variables) -> Json:
    focal = world.post(str(variables.get("focalTweetId")))
    if focal is None:
        return {"errors": [{"message": "_Missing: No status found with that ID.", "code": 144}], "data": {}}
    above: list[Post] = []
    parent = focal.reply_to
    while parent:
        above.insert(0, parent)
        parent = parent.reply_to
    entries = [tweet_entry(tweet(world, post)) for post in [*above, focal]]
    for reply in (post for post in (*world.posts, *world.home) if post.reply_to and post.reply_to.id == focal.id):
        item = item_of(tweet_entry(tweet(world, reply)))
        entries.append(module_entry(f"conversationthread-{reply.id}", [item]))
    return timeline_json(op, entries, world.look.generation)


def _people_list(world: World, op: str, variables: Variables) -> Json:
    account = _account(world, variables)
    if account is None:
        return {"data": {}}
    listed = world.followed_by(account) if op == "Following" else world.followers_of(account)
    if op == "BlueVerifiedFollowers":
        listed = [one for one in listed if one.blue]
    elif op == "FollowersYouKnow":
        listed = [one for one in listed if world.bond(one.id).following]
    entries = [user_entry(user(world, one)) for one in _page(world, listed, variables)]
    return _envelope(world, op, entries, variables, len(listed))


def _search(world: World, op: str, variables: Variables) -> Json:
    wanted = str(variables.get("rawQuery", "")).lower().lstrip("@")
    if variables.get("product") == "People":
        found = [one for one in world.accounts.values() if wanted in f"{one.handle} {one.name}".lower()]
        return _timeline(world, op, [user_entry(user(world, one)) for one in found], variables)
    texts = [post for post in (*world.posts, *world.home) if wanted in f"{post.text} {post.author.handle}".lower()]
    newest = sorted(texts, key=lambda post: int(post.id), reverse=True)
    return _timeline(world, op, [tweet_entry(tweet(world, post)) for post in newest], variables)


def _recommend(world: World, op: str, variables: Variables) -> Json:
    own = {viewer.id for viewer in VIEWERS}
    strangers = [one for one in world.accounts.values() if one.id not in own and not world.bond(one.id).following]
    chosen = [{"user_results": {"result": user(world, one)}} for one in strangers[:3]]
    return {"data": {"sidebar_user_recommendations": chosen}}


def _viewer(world: World, op: str, variables: Variables) -> Json:
    return {"data": {"viewer": {"user_results": {"result": user(world, world.viewer)}}}}


def _notifications(world: World, op: str, variables: Variables) -> Json:
    return _timeline(world, op, notifications(world, str(variables.get("timeline_type", "All"))), variables)


def _timeline(
    world: World, op: str, entries: Sequence[Json], variables: Variables, *, pinned: Json | None = None
) -> Json:
    return _envelope(world, op, _page(world, entries, variables), variables, len(entries), pinned=pinned)


def _page(world: World, things: Sequence[Item], variables: Variables) -> list[Item]:
    start = _offset(variables)
    return list(things[start : start + world.look.page_size])


def _offset(variables: Variables) -> int:
    cursor = str(variables.get("cursor") or "0")
    return int(cursor.rsplit("|", maxsplit=1)[-1])


def _envelope(
    world: World, op: str, entries: list[Json], variables: Variables, total: int, *, pinned: Json | None = None
) -> Json:
    start = _offset(variables)
    after = start + len(entries)
    for number, one in enumerate(entries):
        one["sortIndex"] = str(10**18 - start - number)
    more = after < total
    form = "{0}|{0}" if op in PEOPLE_LISTS and more else "0|{0}" if op in PEOPLE_LISTS else "{0}"
    cursors = [cursor_entry("Top", f"-1|{start}")]
    if more or op in PEOPLE_LISTS:
        cursors.append(cursor_entry("Bottom", form.format(after)))
    return timeline_json(op, [*entries, *cursors], world.look.generation, None if start else pinned)


_TABLE: list[tuple[set[str], Callable[[World, str, Variables], Json]]] = [
    ({"UserByScreenName", "UserByRestId"}, _profile),
    (
        {
            "UserTweets",
            "UserTweetsAndReplies",
            "UserMedia",
            "UserOriginalsTimeline",
            "UserRepliesTimeline",
            "UserRepostsTimeline",
            "UserPhotoTimeline",
        },
        _profile_posts,
    ),
    ({"HomeTimeline", "HomeLatestTimeline"}, _home),
    ({"TweetDetail"}, _detail),
    (PEOPLE_LISTS, _people_list),
    ({"SearchTimeline"}, _search),
    ({"NotificationsTimeline"}, _notifications),
    ({"SidebarUserRecommendations"}, _recommend),
    ({"Viewer"}, _viewer),
]
