"""Turns the world's accounts and posts into X's JSON objects as the viewer of the moment gets them."""

from __future__ import annotations

from tests.replica.people import Account
from tests.replica.posts import Post
from tests.replica.world import World
from tests.x_json import Json, PostFacts, UserFacts, tweet_json, user_json


def user_facts(world: World, account: Account) -> UserFacts:
    """Return what the viewer gets to know of an account; of oneself both follow flags are no."""
    bond = world.bond(account.id)
    return UserFacts(
        id=account.id,
        handle=account.handle,
        name=account.name,
        bio=account.bio,
        location=account.location,
        website=account.website,
        created_at=account.created_at,
        followers=account.followers,
        following=account.following,
        posts=account.posts,
        likes=account.likes,
        media=account.media,
        avatar=account.avatar,
        banner=account.banner,
        category=account.category,
        protected=account.protected,
        blue=account.blue,
        follows_me=_flag(world, bond.followed_by),
        i_follow=_flag(world, bond.following),
    )


def _flag(world: World, value: bool) -> bool | None:
    """Generation A leaves the key out when the answer is no."""
    return value if value or world.look.generation != "A" else None


def user(world: World, account: Account) -> Json:
    """Return the user object in the generation that the world answers in."""
    return user_json(user_facts(world, account), world.look.generation)


def tweet(world: World, post: Post, depth: int = 0) -> Json:
    """Return the post object; posts inside it are cut off below two levels, as on X."""
    reply = post.reply_to
    mentioned = [*([reply.author] if reply else []), *post.mentions]
    inner = post.repost_of if depth < 2 else None
    quoted = post.quote_of if depth < 2 else None
    return tweet_json(
        PostFacts(
            id=post.id,
            author=user(world, post.author),
            text=post.text,
            at=post.at,
            lang=post.lang,
            conversation=post.conversation,
            reply_to=(reply.id, reply.author.id, reply.author.handle) if reply else None,
            mentions=[(one.id, one.handle, one.name) for one in mentioned],
            links=post.links,
            repost_of=tweet(world, inner, depth + 1) if inner else None,
            quote_of=tweet(world, quoted, depth + 1) if quoted else None,
            favorited=world.viewer_id in post.liked_by,
            retweeted=world.viewer_id in post.reposted_by,
            likes=post.likes,
            reposts=post.reposts,
            replies=post.replies,
            views=post.views,
            picture=f"https://pbs.twimg.com/media/{post.id}?format=jpg" if post.picture else "",
        )
    )
