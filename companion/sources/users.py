"""Turns one user object of X into a `Person` and a `Relation`: generations A, B, C, REST and the page's own store.

X moved the same facts twice: generation A (to about May 2025) keeps all under ``legacy``; B has ``core``, ``avatar``
and ``relationship_perspectives`` beside a thinner ``legacy``; C (since about August 2026) has no ``legacy`` at all;
REST and the page's store are flat. Each field has its places in order, newest first; the first with a value of the
right type wins.
"""

from __future__ import annotations

from companion.domain.handles import is_handle
from companion.domain.sightings import Person, Relation
from companion.sources.about_account import add_about
from companion.sources.json_tree import EMPTY, MAX_COUNT, Json, Node, branch, clean, id_at, items, nodes, text_at
from companion.sources.times import from_milliseconds, from_x_date

Path = tuple[str, ...]
Places = tuple[Path, ...]

HANDLE: Places = (("core", "screen_name"), ("legacy", "screen_name"), ("screen_name",))
NAME: Places = (("core", "name"), ("legacy", "name"), ("name",))
CREATED: Places = (("core", "created_at"), ("legacy", "created_at"), ("created_at",))
BIO: Places = (("profile_bio", "description"), ("legacy", "description"), ("description",))
AVATAR: Places = (("avatar", "image_url"), ("legacy", "profile_image_url_https"), ("profile_image_url_https",))
BANNER: Places = (("banner", "image_url"), ("legacy", "profile_banner_url"), ("profile_banner_url",))
PLACE: Places = (("location", "location"), ("legacy", "location"), ("location",))
WEBSITE: Places = (("website", "url"), ("legacy", "url"), ("url",))
FOLLOWERS: Places = (("relationship_counts", "followers"), ("legacy", "followers_count"), ("followers_count",))
FOLLOWING: Places = (("relationship_counts", "following"), ("legacy", "friends_count"), ("friends_count",))
POSTS: Places = (("tweet_counts", "tweets"), ("legacy", "statuses_count"), ("statuses_count",))
MEDIA: Places = (("tweet_counts", "media_tweets"), ("legacy", "media_count"), ("media_count",))
LIKES: Places = (("action_counts", "favorites_count"), ("legacy", "favourites_count"), ("favourites_count",))
LISTED: Places = (("legacy", "listed_count"), ("listed_count",))
PROTECTED: Places = (("privacy", "protected"), ("legacy", "protected"), ("protected",))
VERIFIED: Places = (("verification", "verified"), ("legacy", "verified"), ("verified",))
BLUE: Places = (("is_blue_verified",), ("ext_is_blue_verified",), ("verification", "is_blue_verified"))
DEFAULT_AVATAR: Places = (("legacy", "default_profile_image"), ("default_profile_image",))
FOLLOWS_ME: Places = (("relationship_perspectives", "followed_by"), ("legacy", "followed_by"), ("followed_by",))
I_FOLLOW: Places = (("relationship_perspectives", "following"), ("legacy", "following"), ("following",))
BLOCKING: Places = (("relationship_perspectives", "blocking"), ("legacy", "blocking"), ("blocking",))
BLOCKED_BY: Places = (("relationship_perspectives", "blocked_by"), ("legacy", "blocked_by"), ("blocked_by",))
MUTING: Places = (("relationship_perspectives", "muting"), ("legacy", "muting"), ("muting",))
REQUESTED: Places = (
    ("relationship_perspectives", "follow_request_sent"),
    ("follow_request_sent",),
    ("legacy", "follow_request_sent"),
)

BIO_LINKS: Places = (
    ("profile_bio", "entities", "description", "urls"),
    ("legacy", "entities", "description", "urls"),
    ("entities", "description", "urls"),
)
WEBSITE_LINKS: Places = (
    ("profile_bio", "entities", "url", "urls"),
    ("legacy", "entities", "url", "urls"),
    ("entities", "url", "urls"),
)
PINNED: Places = (("pinned_items", "tweet_ids_str"), ("legacy", "pinned_tweet_ids_str"), ("pinned_tweet_ids_str",))

DEFAULT_AVATAR_MARK = "/default_profile_images/"
"""Part of the address of the picture X gives to accounts without one; generation C has no other sign of it."""


def user_id(node: Node) -> str | None:
    """Return the numeric id of a user object, if it has one (X's ``id`` of the newer generations is not it)."""
    return id_at(node, "rest_id") or id_at(node, "id_str") or (id_at(node, "id") if "screen_name" in node else None)


def user_handle(node: Node) -> str | None:
    """Return the handle of a user object, if it has one."""
    handle = _text(node, HANDLE)
    return handle if is_handle(handle) else None


def person_from(node: Node) -> Person | None:
    """Turn a user object into a `Person`; None if it has no id or no handle (a wrapper, or something else)."""
    number, handle = user_id(node), user_handle(node)
    if number is None or handle is None:
        return None
    avatar = _text(node, AVATAR)
    person = Person(id=number, handle=handle, name=_text(node, NAME), bio=_text(node, BIO), avatar=avatar)
    made = branch(node, "core").get("created_at_ms")
    person.created_at = from_x_date(_text(node, CREATED) or "") or from_milliseconds(made)
    person.banner = _text(node, BANNER)
    person.location = _text(node, PLACE)
    person.default_avatar = _default_avatar(node, avatar)
    person.category = _category(node)
    person.automated = _automated(node)
    _add_links(person, node)
    _add_counts(person, node)
    _add_flags(person, node)
    add_about(person, node)
    person.rich = person.bio is not None or person.followers is not None
    return person


def relation_from(node: Node) -> Relation | None:
    """Turn a user object's flags about the viewer into a `Relation`; None if it has none.

    A flag that is absent stays unknown: X leaves them out for logged-out views and thin copies alike.
    """
    relation = Relation(
        id=user_id(node),
        handle=user_handle(node),
        follows_me=_flag(node, FOLLOWS_ME),
        i_follow=_flag(node, I_FOLLOW),
        blocking=_flag(node, BLOCKING),
        blocked_by=_flag(node, BLOCKED_BY),
        muting=_flag(node, MUTING),
        requested=_flag(node, REQUESTED),
    )
    flags = (relation.follows_me, relation.i_follow, relation.blocking, relation.blocked_by, relation.muting)
    return relation if any(flag is not None for flag in (*flags, relation.requested)) else None


def gone_from(node: Node, holder: Node) -> Person | None:
    """Turn ``UserUnavailable`` into a `Person` that is gone; None if no id is given.

    Args:
        node: the object whose ``__typename`` is ``UserUnavailable``.
        holder: the object around it, which sometimes has the id.
    """
    number = id_at(node, "rest_id") or id_at(holder, "rest_id")
    if number is None:
        return None
    reason = text_at(node, "reason") or text_at(node, "unavailable_reason") or "Unavailable"
    return Person(id=number, gone=reason, rich=False)


def _first_value(node: Node, places: Places, kind: type) -> Json:
    """Return the value at the first place that holds one of this very type (a bool is no int here)."""
    for path in places:
        value: Json = node
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if type(value) is kind:
            return value
    return None


def _text(node: Node, places: Places) -> str | None:
    value = _first_value(node, places, str)
    return clean(value) if isinstance(value, str) else None


def _flag(node: Node, places: Places) -> bool | None:
    value = _first_value(node, places, bool)
    return value if isinstance(value, bool) else None


def _count(node: Node, places: Places) -> int | None:
    value = _first_value(node, places, int)
    return value if isinstance(value, int) and 0 <= value <= MAX_COUNT else None


def _list(node: Node, places: Places) -> list[Json]:
    return next((items(node, *path) for path in places if path[-1] in branch(node, *path[:-1])), [])


def _add_counts(person: Person, node: Node) -> None:
    person.followers = _count(node, FOLLOWERS)
    person.following = _count(node, FOLLOWING)
    person.posts = _count(node, POSTS)
    person.media = _count(node, MEDIA)
    person.likes = _count(node, LIKES)
    person.listed = _count(node, LISTED)


def _add_flags(person: Person, node: Node) -> None:
    person.protected = _flag(node, PROTECTED)
    person.verified = _flag(node, VERIFIED)
    person.blue = _flag(node, BLUE)


def _add_links(person: Person, node: Node) -> None:
    expanded = _addresses(_list(node, WEBSITE_LINKS))
    person.link = expanded[0] if expanded else (_text(node, WEBSITE) or None)
    if person.bio is not None:
        person.bio_links = _addresses(_list(node, BIO_LINKS))
    pinned = _list(node, PINNED)
    person.pinned_post = next((number for number in pinned if isinstance(number, str) and number.isdigit()), None)


def _addresses(urls: list[Json]) -> list[str]:
    addresses = (text_at(url, "expanded_url") or text_at(url, "url") for url in urls if isinstance(url, dict))
    return [address for address in addresses if address]


def _default_avatar(node: Node, avatar: str | None) -> bool | None:
    if avatar is not None and DEFAULT_AVATAR_MARK in avatar:
        return True
    flag = _flag(node, DEFAULT_AVATAR)
    return flag if flag is not None or avatar is None else False


def _category(node: Node) -> str | None:
    names = (text_at(entry, "name") for entry in nodes(node, "professional", "category"))
    return next((name for name in names if name), None)


def _automated(node: Node) -> bool | None:
    """Return True for accounts that X labels as automated; X says nothing about the others."""
    label = branch(node, "affiliates_highlighted_label", "label") or EMPTY
    kind = text_at(label, "userLabelType") or text_at(label, "user_label_type")
    return True if kind == "AutomatedLabel" else None
