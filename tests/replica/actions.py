"""What the page does to the world when the viewer presses a button: follow, mute, block, like, repost, post."""

from __future__ import annotations

import time
from urllib.parse import parse_qs

from tests.replica.objects import tweet, user_facts
from tests.replica.world import World
from tests.x_json import Json, rest_user_json

REST = ("/friendships/", "/mutes/users/", "/blocks/")
"""Paths of the acts that X's page does by REST."""


def rest(world: World, path: str, body: bytes) -> Json:
    """Apply a follow, unfollow, mute or block and return the flat REST user, as X does."""
    person = parse_qs(body.decode())["user_id"][0]
    bond = world.bond(person)
    if "/friendships/" in path:
        bond.following = path.endswith("/create.json")
    elif "/blocks/" in path:
        bond.following = bond.followed_by = False
    return rest_user_json(user_facts(world, world.accounts[person]))


def act(world: World, op: str, variables: dict[str, object]) -> Json | None:
    """Apply one writing GraphQL operation, or return None if it is none."""
    post = world.post(str(variables.get("tweet_id")))
    if op in {"FavoriteTweet", "UnfavoriteTweet"} and post:
        (post.liked_by.add if op == "FavoriteTweet" else post.liked_by.discard)(world.viewer_id)
        return {"data": {"favorite_tweet" if op == "FavoriteTweet" else "unfavorite_tweet": "Done"}}
    if op == "CreateRetweet" and post:
        post.reposted_by.add(world.viewer_id)
        return {"data": {"create_retweet": {"retweet_results": {"result": {"rest_id": f"9{post.id}"}}}}}
    return _write(world, variables) if op == "CreateTweet" else None


def _write(world: World, variables: dict[str, object]) -> Json:
    reply = variables.get("reply")
    target = str(reply.get("in_reply_to_tweet_id")) if isinstance(reply, dict) else ""
    now = world.clock or int(time.time())
    post = world.writer.post(world.viewer, str(variables["tweet_text"]), now, reply_to=world.post(target))
    world.posts.append(post)
    return {"data": {"create_tweet": {"tweet_results": {"result": tweet(world, post)}}}}
