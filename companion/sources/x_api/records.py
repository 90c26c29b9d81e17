"""Turns the answers of X's API v2 (users, posts, includes, errors) into people, posts and interactions (pure)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from companion.domain.handles import is_handle, is_id, same
from companion.domain.page_kinds import UNKNOWN, WHOLE
from companion.domain.sightings import Person, Post, Relation, Understanding
from companion.errors import SourceError
from companion.sources.interactions import IsThanks, interactions_of, no_thanks
from companion.sources.times import from_iso, from_post_id

SOURCE = "x-api"
Record = Mapping[str, object]

_REPOST = re.compile(r"RT @(\w{1,20}):")
_LEADERS = re.compile(r"(?:@\w{1,20}\s+)+")
"""The handles that X itself puts before a reply; the author did not write them."""
_STATUS = re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(\w{1,20})/status/(\d{1,20})")
_COUNTS = {
    "followers": "followers_count",
    "following": "following_count",
    "posts": "tweet_count",
    "listed": "listed_count",
    "likes": "like_count",
    "media": "media_count",
}


@dataclass(frozen=True, slots=True)
class RequestContext:
    """The context of a request: for whom, when, and what its list of posts means.

    Attributes:
        viewer_id: the account whose relations these are.
        viewer_handle: its handle, where known.
        at: when the answer came, epoch seconds UTC.
        liked: the posts are those that the viewer likes.
        author: whose posts these are, for answers that do not repeat it with each.
        is_thanks: returns whether a post's text is an automated thanks.
    """

    viewer_id: str | None
    viewer_handle: str | None
    at: int
    liked: bool = False
    author: str | None = None
    is_thanks: IsThanks = no_thanks


@dataclass(slots=True)
class _Names:
    """Handles of the users and authors of the posts of one answer, by id, to resolve references."""

    handles: dict[str, str] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)


def understand(answer: object, op: str, context: RequestContext) -> Understanding:
    """Turn one answer of the API into people, posts, relations and interactions.

    Args:
        answer: the decoded JSON body: ``{"data", "includes", "errors", "meta"}``.
        op: name of the request, such as ``x-api.mentions``.
        context: for whom and when the request was made.

    Raises:
        SourceError: The answer is not in the documented format; nothing of it is used.
    """
    if not isinstance(answer, dict) or not {"data", "errors", "meta"} & answer.keys():
        raise SourceError("X's API answered with something that is not in its documents; nothing of it was stored.")
    data, included = rows(answer.get("data")), _record(answer.get("includes"))
    users = [row for row in (*data, *rows(included.get("users"))) if _text(row, "username")]
    tweets = [row for row in data if "text" in row]
    names = _names(users, [*tweets, *rows(included.get("tweets"))])
    posts = [post for row in tweets if (post := post_of(row, names, author=context.author, liked=context.liked))]
    posts += [post for row in rows(included.get("tweets")) if (post := post_of(row, names))]
    understanding = Understanding(op=op, posts=posts, viewer_id=context.viewer_id, viewer_handle=context.viewer_handle)
    understanding.people = [person for row in users if (person := person_of(row))]
    understanding.relations = [relation for row in users if (relation := relation_of(row))]
    _take_errors(understanding, rows(answer.get("errors")))
    between = _as_relations(users)
    understanding.interactions = interactions_of(
        posts, between, context.viewer_id, context.viewer_handle, SOURCE, at=context.at, is_thanks=context.is_thanks
    )
    return understanding


def rows(value: object) -> list[Record]:
    """Return the objects in a list, or the one object itself; an empty list for anything else."""
    values = value if isinstance(value, list) else [value]
    return [cast("Record", row) for row in values if isinstance(row, dict)]


def billed(answer: object) -> tuple[set[str], set[str]]:
    """Return the ids of the posts and of the users that an answer holds: what X charges for, includes too."""
    body = _record(answer)
    included = _record(body.get("includes"))
    data = rows(body.get("data"))
    posts = [row for row in data if "text" in row] + rows(included.get("tweets"))
    users = [row for row in data if "username" in row] + rows(included.get("users"))
    return _ids(posts), _ids(users)


def next_page(answer: object) -> str | None:
    """Return the token of the page after this one, None at the end."""
    return _text(_record(_record(answer).get("meta")), "next_token")


def person_of(row: Record) -> Person | None:
    """Return a user's profile fields; fields that were not asked for stay unknown."""
    number, handle = _id(row, "id"), _text(row, "username")
    if number is None or not is_handle(handle):
        return None
    links = _record(row.get("entities"))
    metrics = _record(row.get("public_metrics"))
    avatar = _text(row, "profile_image_url")
    person = Person(number, handle, _unescaped(row, "name"), _unescaped(row, "description"))
    person.location = _unescaped(row, "location")
    person.link = next(_expanded(links, "url"), None) or _text(row, "url")
    person.bio_links = list(_expanded(links, "description")) or None
    person.avatar, person.banner = avatar, _text(row, "profile_banner_url")
    person.default_avatar = None if avatar is None else "default_profile_images" in avatar
    person.created_at, person.pinned_post = moment(row.get("created_at")), _id(row, "pinned_tweet_id")
    person.protected, person.verified = _flag(row, "protected"), _flag(row, "verified")
    kind = _text(row, "verified_type")
    person.blue = None if kind is None else kind == "blue"
    for name, count in _COUNTS.items():
        setattr(person, name, _count(metrics, count))
    person.rich = bool(metrics)
    return person


def relation_of(row: Record) -> Relation | None:
    """Return how the viewer stands to a user, where the request was the viewer's own (``connection_status``)."""
    listed = row.get("connection_status")
    if not isinstance(listed, list):
        return None
    status = {item for item in listed if isinstance(item, str)}
    relation = Relation(_id(row, "id"), _text(row, "username"))
    relation.follows_me, relation.i_follow = "followed_by" in status, "following" in status
    relation.blocking, relation.muting = "blocking" in status, "muting" in status
    relation.requested = "follow_request_sent" in status
    return relation


def post_of(row: Record, names: _Names, *, author: str | None = None, liked: bool = False) -> Post | None:
    """Return one post; None where it has no id. ``author`` is whose posts were asked for, all of them."""
    number = _id(row, "id")
    if number is None:
        return None
    long = _record(row.get("note_tweet"))
    raw = _text(long, "text") or _text(row, "text") or ""
    entities = _record(long.get("entities")) or _record(row.get("entities"))
    listed = author is not None
    author, answered = _id(row, "author_id") or author, _id(row, "in_reply_to_user_id")
    post = Post(number, author, names.handles.get(author or ""), html.unescape(raw))
    post.at = moment(row.get("created_at")) or from_post_id(number)
    post.lang, post.source_app = _text(row, "lang"), _text(row, "source")
    post.conversation_id = _id(row, "conversation_id")
    mentions = _mentions(entities)
    _add_references(post, rows(row.get("referenced_tweets")), names, raw, entities)
    if answered is not None:
        post.reply_to_id = answered
        post.reply_to_handle = names.handles.get(answered) or _handle_of(answered, mentions)
    leaders = _LEADERS.match(raw) if answered is not None else None
    start = leaders.end() if leaders else 0
    post.mentions = [] if post.repost_of else [(n, h) for n, h, place in mentions if place >= start]
    post.links = [url for url in _urls(entities) if not _STATUS.match(url)]
    post.has_media = bool(_record(row.get("attachments")).get("media_keys"))
    post.favorited = True if liked else None
    post.pages = WHOLE if listed else UNKNOWN
    return post


def _add_references(post: Post, references: Sequence[Record], names: _Names, raw: str, entities: Record) -> None:
    """Set the post that this one answers, quotes or reposts, with its author where the answer names them."""
    for reference in references:
        kind, number = _text(reference, "type"), _id(reference, "id")
        author = names.authors.get(number or "")
        handle = names.handles.get(author or "")
        if kind == "replied_to":
            post.reply_to_post = number
        elif kind == "quoted":
            links = [match for url in _urls(entities) if (match := _STATUS.match(url))]
            post.quote_of, post.quote_of_id = number, author
            post.quote_of_handle = handle or next((link[1] for link in links if link[2] == number), None)
        elif kind == "retweeted":
            match = _REPOST.match(raw)
            named_id = next((n for n, h, _ in _mentions(entities) if match and same(h, match[1])), None)
            post.repost_of, post.repost_of_id = number, author or named_id
            post.repost_of_handle = handle or (match[1] if match else None)


def _take_errors(understanding: Understanding, errors: Sequence[Record]) -> None:
    """Add partial errors to the problems; an account that X calls suspended is marked gone."""
    for error in errors:
        words = _text(error, "detail") or _text(error, "title") or _text(error, "message") or "an error without words"
        understanding.problems.append(f"X's API could not give everything: {words}")
        understanding.partial = True
        value = _text(error, "value")
        if "suspended" in words.lower() and _text(error, "resource_type") == "user" and value:
            named = Person(value if is_id(value) else None, None if is_id(value) else value, rich=False)
            named.gone = "Suspended"
            understanding.people.append(named)


def moment(value: object) -> int | None:
    """Return the epoch seconds of a date as the API writes it (RFC 3339, UTC); None for anything else."""
    return from_iso(value) if isinstance(value, str) else None


def _names(users: Sequence[Record], tweets: Sequence[Record]) -> _Names:
    names = _Names()
    for user in users:
        number, handle = _id(user, "id"), _text(user, "username")
        if number and handle and is_handle(handle):
            names.handles[number] = handle
    for tweet in tweets:
        number, author = _id(tweet, "id"), _id(tweet, "author_id")
        if number and author:
            names.authors[number] = author
    return names


def _as_relations(users: Sequence[Record]) -> list[Relation]:
    return [Relation(_id(user, "id"), _text(user, "username")) for user in users]


def _mentions(entities: Record) -> list[tuple[str | None, str, int]]:
    """Return (id, handle, where it starts) of every mention."""
    mentions = []
    for row in rows(entities.get("mentions")):
        handle, start = _text(row, "username"), row.get("start")
        if handle is not None and is_handle(handle):
            mentions.append((_id(row, "id"), handle, start if isinstance(start, int) else 0))
    return mentions


def _handle_of(number: str, mentions: Sequence[tuple[str | None, str, int]]) -> str | None:
    return next((handle for mentioned, handle, _ in mentions if mentioned == number), None)


def _expanded(entities: Record, part: str) -> Iterator[str]:
    yield from _urls(_record(entities.get(part)))


def _urls(entities: Record) -> list[str]:
    urls = (_text(row, "unwound_url", "expanded_url", "url") for row in rows(entities.get("urls")))
    return [url for url in urls if url]


def _record(value: object) -> Record:
    return cast("Record", value) if isinstance(value, dict) else {}


def _text(row: Record, *names: str) -> str | None:
    return next((value for name in names if isinstance(value := row.get(name), str) and value), None)


def _unescaped(row: Record, name: str) -> str | None:
    value = row.get(name)
    return html.unescape(value) if isinstance(value, str) else None


def _id(row: Record, name: str) -> str | None:
    value = row.get(name)
    return value if isinstance(value, str) and is_id(value) else None


def _ids(resources: Sequence[Record]) -> set[str]:
    return {number for row in resources if (number := _id(row, "id"))}


def _flag(row: Record, name: str) -> bool | None:
    value = row.get(name)
    return value if isinstance(value, bool) else None


def _count(row: Record, name: str) -> int | None:
    value = row.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53 else None
