"""Typed fields of an archive's records: only what is needed, so that the decoder skips the rest.

Whatever does not fit (a number where a list belongs) is read field by field instead: see `RecordType.lenient`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

Record = Mapping[str, object]
Text = str | int | None
"""Ids are text or numbers, depending on the year."""
T = TypeVar("T")
_NOTHING: Record = {}
_NO_EDIT = msgspec.Raw()


class Mentioned(msgspec.Struct, gc=False):
    """A mention in a post's entities; ``indices`` are its start and end in the text."""

    id_str: str | None = None
    id: Text = None
    screen_name: str | None = None
    indices: list[str | int] | None = None


class Linked(msgspec.Struct, gc=False):
    """A link in a post's entities."""

    expanded_url: str | None = None
    url: str | None = None


class Entities(msgspec.Struct, gc=False):
    """Mentions and links that X found in a post's text."""

    user_mentions: list[Mentioned] | None = None
    urls: list[Linked] | None = None


class Author(msgspec.Struct, gc=False):
    """The author of a reposted post."""

    id_str: str | None = None
    id: Text = None
    screen_name: str | None = None


class Original(msgspec.Struct, gc=False):
    """The reposted post, which only the 2012 format has."""

    id_str: str | None = None
    id: Text = None
    user: Author | None = None


class Tweet(msgspec.Struct, gc=False):
    """One post of the owner's, of any year."""

    id_str: str | None = None
    id: Text = None
    tweet_id: Text = None
    created_at: str | None = None
    full_text: str | None = None
    text: str | None = None
    in_reply_to_user_id_str: str | None = None
    in_reply_to_user_id: Text = None
    in_reply_to_status_id_str: str | None = None
    in_reply_to_status_id: Text = None
    in_reply_to_screen_name: str | None = None
    lang: str | None = None
    source: str | None = None
    entities: Entities | None = None
    retweeted_status: Original | None = None
    edit_info: msgspec.Raw = _NO_EDIT
    """Every post has it since 2022; decoded only where it names another version."""


class TweetEntry(Tweet, gc=False):
    """An element of tweets.js: a post, or since 2019 a post inside ``tweet``."""

    tweet: Tweet | None = None


class Like(msgspec.Struct, gc=False):
    """A like: the post, and a link to it that names the author in some years only."""

    tweetId: Text = None  # noqa: N815 - X's names
    fullText: str | None = None  # noqa: N815
    expandedUrl: str | None = None  # noqa: N815


class LikeEntry(msgspec.Struct, gc=False):
    """An element of like.js."""

    like: Like | None = None


@dataclass(frozen=True, slots=True)
class RecordType(Generic[T]):
    """How to read the elements of one kind of file.

    Attributes:
        decoder: reads an array of them from JSON at once, refusing what does not fit.
        lenient: makes one of any JSON value; a field that does not fit counts as missing.
    """

    decoder: msgspec.json.Decoder[list[T]]
    lenient: Callable[[object], T]


def record(value: object) -> Record:
    """Return ``value`` if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else _NOTHING


def text_of(values: Record, *names: str) -> str | None:
    """Return the first of the named fields that holds text or a number, as text."""
    for name in names:
        value = values.get(name)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and value != "":
            return str(value)
    return None


def _tweet(value: object) -> TweetEntry:
    outer = record(value)
    values = record(outer["tweet"]) if "tweet" in outer else outer
    entry = TweetEntry()
    for name in _TEXTS:
        setattr(entry, name, text_of(values, name))
    entities, original = record(values.get("entities")), values.get("retweeted_status")
    entry.entities = Entities(_mentions(entities.get("user_mentions")), _links(entities.get("urls")))
    entry.retweeted_status = _original(original) if isinstance(original, dict) else None
    entry.edit_info = msgspec.Raw(msgspec.json.encode(values.get("edit_info")))
    return entry


def first_version(tweet: Tweet) -> str | None:
    """Return the id of an edited post's first version; None for that version itself. The raw bytes are let go."""
    raw, tweet.edit_info = bytes(tweet.edit_info), _NO_EDIT
    if b'"initialTweetId"' not in raw:
        return None
    first = text_of(record(record(msgspec.json.decode(raw)).get("edit")), "initialTweetId")
    return first if first and first.isdigit() else None


_TEXTS = tuple(name for name in Tweet.__struct_fields__ if name not in {"entities", "retweeted_status", "edit_info"})


def _mentions(value: object) -> list[Mentioned]:
    listed = [record(entry) for entry in value] if isinstance(value, list) else []
    return [
        Mentioned(
            text_of(mention, "id_str"), text_of(mention, "id"), text_of(mention, "screen_name"), _indices(mention)
        )
        for mention in listed
    ]


def _indices(mention: Record) -> list[str | int]:
    indices = mention.get("indices")
    return [index if isinstance(index, (str, int)) else 0 for index in indices] if isinstance(indices, list) else []


def _links(value: object) -> list[Linked]:
    listed = [record(link) for link in value] if isinstance(value, list) else []
    return [Linked(text_of(link, "expanded_url"), text_of(link, "url")) for link in listed]


def _original(values: Record) -> Original:
    user = record(values.get("user"))
    author = Author(text_of(user, "id_str"), text_of(user, "id"), text_of(user, "screen_name"))
    return Original(text_of(values, "id_str"), text_of(values, "id"), author)


def _like(value: object) -> LikeEntry:
    values = record(record(value).get("like"))
    return LikeEntry(Like(*(text_of(values, name) for name in Like.__struct_fields__)))


TWEETS = RecordType(msgspec.json.Decoder(list[TweetEntry]), _tweet)
LIKES = RecordType(msgspec.json.Decoder(list[LikeEntry]), _like)
