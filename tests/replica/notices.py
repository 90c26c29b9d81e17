"""The viewer's notifications: replies, mentions, likes and follows, as X lists them."""

from __future__ import annotations

from tests.replica import people
from tests.replica.objects import tweet, user
from tests.replica.posts import Post
from tests.replica.world import World
from tests.x_json import Json
from tests.x_timeline import notification_entry, tweet_entry, with_element


def notifications(world: World, kind: str) -> list[Json]:
    """Return the entries of one notifications tab (All, Verified or Mentions), newest first."""
    told = [_told(world, post) for post in _addressed(world)][:60]
    return told if kind == "Mentions" else [*_follows(world), *_likes(world), *told]


def _addressed(world: World) -> list[Post]:
    me = world.viewer_id
    found = [
        post
        for post in world.posts
        if post.author.id != me
        and ((post.reply_to and post.reply_to.author.id == me) or any(one.id == me for one in post.mentions))
    ]
    return sorted(found, key=lambda post: int(post.id), reverse=True)


def _told(world: World, post: Post) -> Json:
    element = "user_replied_to_your_tweet" if post.reply_to else "user_mentioned_you"
    one = with_element(tweet_entry(tweet(world, post)), element)
    one["entryId"] = f"notification-{post.id}"
    return one


def _follows(world: World) -> list[Json]:
    newcomer = world.accounts[people.BOLA.id]
    if not world.bond(newcomer.id).followed_by:
        return []
    text = f"{newcomer.name} followed you"
    at = world.now - 7200
    return [notification_entry("follow1", "users_followed_you", [user(world, newcomer)], None, at=at, text=text)]


def _likes(world: World) -> list[Json]:
    mine = [post for post in world.posts if post.author.id == world.viewer_id]
    if not mine:
        return []
    fans = [world.accounts[people.INES.id], world.accounts[people.TOMO.id]]
    text = f"{fans[0].name} and {fans[1].name} liked your post"
    actors = [user(world, one) for one in fans]
    at = world.now - 9000
    return [notification_entry("like1", "users_liked_your_tweet", actors, mine[-1].id, at=at, text=text)]
