"""Builds X's user and post objects out of invented facts, in the three generations of the user object and REST.

Shapes follow what was seen: generation A keeps all under ``legacy``, B spreads it over ``core``, ``avatar`` and others
beside a thinner ``legacy``, C has no user ``legacy`` at all. Posts are ``legacy`` in all three. Whole timelines are put
together by ``tests/x_timeline.py``.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Literal

Generation = Literal["A", "B", "C"]
Json = dict[str, object]


@dataclass
class UserFacts:
    """What is true of one account; times are epoch seconds UTC. ``None`` in a follow flag leaves its key out."""

    id: str
    handle: str
    name: str = ""
    bio: str = ""
    location: str = ""
    website: str = ""
    created_at: int = 1_400_000_000
    followers: int = 0
    following: int = 0
    posts: int = 0
    likes: int = 0
    media: int = 0
    listed: int = 0
    avatar: str = "https://pbs.twimg.com/profile_images/1/portrait_normal.jpg"
    banner: str = ""
    category: str = ""
    protected: bool = False
    blue: bool = False
    follows_me: bool | None = None
    i_follow: bool | None = None
    pinned: list[str] = field(default_factory=list)

    @property
    def default_avatar(self) -> bool:
        """Whether the picture is X's own placeholder."""
        return "/default_profile_images/" in self.avatar


def x_time(at: int) -> str:
    """Return an epoch second in the form X writes, such as ``Sat Dec 14 04:35:55 +0000 2013``."""
    return time.strftime("%a %b %d %H:%M:%S +0000 %Y", time.gmtime(at))


def link_entity(url: str) -> Json:
    """Return one entry of an ``urls`` list: X's short address beside the real one."""
    shown = url.split("://", 1)[-1].strip("/")
    return {"url": f"https://t.co/{hash_of(url):010d}", "expanded_url": url, "display_url": shown, "indices": [0, 23]}


def hash_of(text: str) -> int:
    """Return a small number that stays the same for the same text in every run."""
    number = 7
    for letter in text:
        number = (number * 31 + ord(letter)) % 10_000_000_000
    return number


def user_json(facts: UserFacts, generation: Generation = "C") -> Json:
    """Return the GraphQL user object (the ``result``) of one account in the given generation."""
    return {"A": _user_a, "B": _user_b, "C": _user_c}[generation](facts)


def rest_user_json(facts: UserFacts) -> Json:
    """Return the flat user object of the REST answers (friendships, version 2 feeds)."""
    return {"id": int(facts.id), "id_str": facts.id, **_legacy_a(facts)}


def _legacy_a(facts: UserFacts) -> Json:
    legacy: Json = {
        "screen_name": facts.handle,
        "name": facts.name,
        "created_at": x_time(facts.created_at),
        "profile_image_url_https": facts.avatar,
        "default_profile_image": facts.default_avatar,
        "location": facts.location,
        **_legacy_b(facts),
    }
    flags = {"followed_by": facts.follows_me, "following": facts.i_follow}
    legacy.update({key: flag for key, flag in flags.items() if flag is not None})
    if facts.protected:
        legacy["protected"] = True
    return legacy


def _legacy_b(facts: UserFacts) -> Json:
    entities: Json = {"description": {"urls": []}}
    legacy: Json = {
        "description": facts.bio,
        "entities": entities,
        "followers_count": facts.followers,
        "friends_count": facts.following,
        "statuses_count": facts.posts,
        "media_count": facts.media,
        "favourites_count": facts.likes,
        "listed_count": facts.listed,
        "default_profile_image": facts.default_avatar,
        "pinned_tweet_ids_str": facts.pinned,
    }
    if facts.website:
        legacy["url"] = link_entity(facts.website)["url"]
        entities["url"] = {"urls": [link_entity(facts.website)]}
    if facts.banner:
        legacy["profile_banner_url"] = facts.banner
    return legacy


def _shell(facts: UserFacts) -> Json:
    shell: Json = {
        "__typename": "User",
        "rest_id": facts.id,
        "is_blue_verified": facts.blue,
        "affiliates_highlighted_label": {},
    }
    if facts.category:
        shell["professional"] = {"professional_type": "Business", "category": [{"id": 1009, "name": facts.category}]}
    return shell


def _user_a(facts: UserFacts) -> Json:
    return {**_shell(facts), "legacy": _legacy_a(facts)}


def _spread(facts: UserFacts) -> Json:
    flags = {"followed_by": facts.follows_me, "following": facts.i_follow}
    perspectives: Json = {key: flag for key, flag in flags.items() if flag is not None}
    if perspectives:
        perspectives.update(blocking=False, blocked_by=False, muting=False)
    return {
        **_shell(facts),
        "core": {"screen_name": facts.handle, "name": facts.name, "created_at": x_time(facts.created_at)},
        "avatar": {"image_url": facts.avatar},
        "location": {"location": facts.location},
        "privacy": {"protected": facts.protected},
        "dm_permissions": {"can_dm": True},
        "verification": {"verified": False},
        "relationship_perspectives": perspectives,
    }


def _user_b(facts: UserFacts) -> Json:
    return {**_spread(facts), "legacy": _legacy_b(facts)}


def _user_c(facts: UserFacts) -> Json:
    entities: Json = {"description": {}}
    user: Json = {
        **_spread(facts),
        "profile_bio": {"description": facts.bio, "entities": entities},
        "relationship_counts": {"followers": facts.followers, "following": facts.following},
        "tweet_counts": {"tweets": facts.posts, "media_tweets": facts.media},
        "action_counts": {"favorites_count": facts.likes},
        "pinned_items": {"tweet_ids_str": facts.pinned} if facts.pinned else {},
        "banner": {"image_url": facts.banner},
    }
    if facts.website:
        entities["url"] = {"urls": [link_entity(facts.website)]}
        user["website"] = {"url": link_entity(facts.website)["url"]}
    return user


@dataclass
class PostFacts:
    """What is true of one post; ``author`` is a user object of :func:`user_json`, times are epoch seconds UTC."""

    id: str
    author: Json
    text: str
    at: int
    lang: str = "en"
    conversation: str = ""
    reply_to: tuple[str, str, str] | None = None
    """Post id, user id and handle that it answers."""
    mentions: list[tuple[str, str, str]] = field(default_factory=list)
    """Id, handle and name; all of them, also the one a reply starts with."""
    links: list[str] = field(default_factory=list)
    repost_of: Json | None = None
    quote_of: Json | None = None
    favorited: bool = False
    retweeted: bool = False
    likes: int = 0
    reposts: int = 0
    replies: int = 0
    views: int = 0
    picture: str = ""


def tweet_json(facts: PostFacts) -> Json:
    """Return the GraphQL post object (the ``result``). A reply's text starts with the handle it answers, as on X."""
    lead = f"@{facts.reply_to[2]} " if facts.reply_to else ""
    mentions = [
        {"id_str": who, "screen_name": handle, "name": name, "indices": [0, len(handle) + 1]}
        for who, handle, name in facts.mentions
    ]
    legacy: Json = {
        "id_str": facts.id,
        "user_id_str": facts.author.get("rest_id"),
        "created_at": x_time(facts.at),
        "full_text": lead + facts.text,
        "display_text_range": [len(lead), len(lead) + len(facts.text)],
        "conversation_id_str": facts.conversation or facts.id,
        "lang": facts.lang,
        "entities": {"user_mentions": mentions, "urls": [link_entity(link) for link in facts.links], "hashtags": []},
        "favorited": facts.favorited,
        "retweeted": facts.retweeted,
        "bookmarked": False,
        "favorite_count": facts.likes,
        "retweet_count": facts.reposts,
        "reply_count": facts.replies,
        "quote_count": 0,
        "is_quote_status": facts.quote_of is not None,
    }
    if facts.picture:
        media = {"type": "photo", "media_url_https": facts.picture, "url": "https://t.co/picture0001"}
        legacy["extended_entities"] = {"media": [media]}
    if facts.reply_to:
        names = ("in_reply_to_status_id_str", "in_reply_to_user_id_str", "in_reply_to_screen_name")
        legacy.update(zip(names, facts.reply_to, strict=True))
    return _with_others(facts, legacy)


def _with_others(facts: PostFacts, legacy: Json) -> Json:
    tweet: Json = {
        "__typename": "Tweet",
        "rest_id": facts.id,
        "core": {"user_results": {"result": facts.author}},
        "views": {"state": "EnabledWithCount", "count": str(facts.views)},
        "source": '<a href="https://mobile.twitter.com" rel="nofollow">Twitter Web App</a>',
        "edit_control": {"edit_tweet_ids": [facts.id], "is_edit_eligible": False},
        "legacy": legacy,
    }
    if facts.repost_of:
        legacy["retweeted_status_result"] = {"result": facts.repost_of}
    if facts.quote_of:
        inside = facts.quote_of.get("tweet")  # where X wrapped it
        legacy["quoted_status_id_str"] = (inside if isinstance(inside, dict) else facts.quote_of)["rest_id"]
        tweet["quoted_status_result"] = {"result": facts.quote_of}
    return tweet
