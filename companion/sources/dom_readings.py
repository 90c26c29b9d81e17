"""Turns DOM readings, which the extension sends while the tap is off, into people, posts and interactions.

A reading comes from content/x/reader.js, which runs in X's page, so every field is checked
here, and a reading with one wrong field is refused as a whole.
"""

from __future__ import annotations

from companion.domain.handles import is_handle, is_id, same
from companion.domain.sightings import Person, Post, Relation, Understanding
from companion.errors import SourceError
from companion.sources.interactions import IsThanks, interactions_of, no_thanks
from companion.sources.json_tree import Json, Node, count_at, flag_at, text_at
from companion.sources.merging import joined_by_handle
from companion.sources.shown_on import mark_reading
from companion.sources.times import believable, from_iso, from_post_id
from companion.sources.users import DEFAULT_AVATAR_MARK

SOURCE = "dom"
MAX_PEOPLE = 500
MAX_POSTS = 500
MAX_MENTIONS = 100


def understand_reading(
    reading: Json,
    *,
    viewer_id: str | None,
    viewer_handle: str | None = None,
    at: int,
    is_thanks: IsThanks = no_thanks,
) -> Understanding:
    """Turn one DOM reading into people, posts, relations and interactions.

    Args:
        reading: ``{kind: "dom", url, page, people: [{id?, handle, name?, …}], posts: [{id, author_handle, …}]}``.
        viewer_id: numeric id of the account that is logged in; None if not known.
        viewer_handle: its handle; None if not known.
        at: when the page was read, epoch seconds UTC.
        is_thanks: returns whether a post's text is an automated thanks.

    Raises:
        SourceError: The reading has another shape. Nothing of it may be stored.
    """
    if not isinstance(reading, dict) or reading.get("kind") != "dom":
        raise SourceError(
            "This is not a reading of a page. Update the extension and the companion to the same version."
        )
    people = _objects(reading, "people", MAX_PEOPLE)
    understood = Understanding(op="dom:" + (text_at(reading, "page") or "other")[:20])
    persons = [_person(node) for node in people]
    understood.people = joined_by_handle(persons)
    pairs = zip(people, persons, strict=True)
    relations = [_relation(node, person) for node, person in pairs if not _is(person, viewer_id, viewer_handle)]
    understood.relations = [relation for relation in relations if relation is not None]
    nodes = _objects(reading, "posts", MAX_POSTS)
    understood.posts = [_post(node) for node in nodes]
    reposters = [_handle(node, "repost_by") for node in nodes]
    shown = [_repost(post, by) for post, by in zip(understood.posts, reposters, strict=True) if by is not None]
    understood.interactions = interactions_of(
        [*understood.posts, *shown], understood.relations, viewer_id, viewer_handle, SOURCE, at=at, is_thanks=is_thanks
    )
    mark_reading(understood, text_at(reading, "url") or "", at)
    return understood


def _repost(post: Post, reposter: str) -> Post:
    """Return the repost that the page shows as a line above the original; it shows no id of its own for it."""
    return Post(
        id=post.id,
        author_handle=reposter,
        at=post.at,
        repost_of=post.id,
        repost_of_id=post.author_id,
        repost_of_handle=post.author_handle,
        promoted=post.promoted,
    )


def _objects(reading: Node, name: str, most: int) -> list[Node]:
    values = reading.get(name, [])
    if not isinstance(values, list) or len(values) > most:
        raise SourceError(f"A reading's {name} are a list of at most {most}. Nothing of it was stored.")
    objects = [item for item in values if isinstance(item, dict)]
    if len(objects) != len(values):
        raise SourceError(f"A reading's {name} are objects. Nothing of it was stored.")
    return objects


def _handle(node: Node, name: str, *, needed: bool = False) -> str | None:
    value = node.get(name)
    if value is None and not needed:
        return None
    if not isinstance(value, str) or not is_handle(value):
        raise SourceError(f"A reading's {name} is not a handle. Nothing of it was stored.")
    return value


def _id(node: Node, name: str, *, needed: bool = False) -> str | None:
    value = node.get(name)
    if value is None and not needed:
        return None
    if not isinstance(value, str) or not is_id(value):
        raise SourceError(f"A reading's {name} is not a numeric id. Nothing of it was stored.")
    return value


def _person(node: Node) -> Person:
    """Turn one entry of the reading's people into a `Person`; ``rich`` if it is the header of a profile."""
    avatar = text_at(node, "avatar")
    return Person(
        id=_id(node, "id"),
        handle=_handle(node, "handle", needed=True),
        name=text_at(node, "name"),
        bio=text_at(node, "bio"),
        location=text_at(node, "location"),
        link=text_at(node, "link"),
        avatar=avatar,
        default_avatar=None if avatar is None else DEFAULT_AVATAR_MARK in avatar,
        followers=count_at(node, "followers"),
        following=count_at(node, "following"),
        protected=flag_at(node, "protected"),
        rich=flag_at(node, "header") is True,
    )


def _relation(node: Node, person: Person) -> Relation | None:
    """Return the relation that the page's own signs tell; a missing "Follows you" is unknown, never no."""
    follows_me, i_follow, requested = flag_at(node, "follows_me"), flag_at(node, "i_follow"), flag_at(node, "requested")
    follows_me = follows_me or None
    if follows_me is None and i_follow is None and requested is None:
        return None
    return Relation(id=person.id, handle=person.handle, follows_me=follows_me, i_follow=i_follow, requested=requested)


def _is(person: Person, viewer_id: str | None, viewer_handle: str | None) -> bool:
    if person.id is not None and viewer_id is not None:
        return person.id == viewer_id
    return same(person.handle, viewer_handle)


def _post(node: Node) -> Post:
    """Turn one entry of the reading's posts into a `Post`; for a repost it is the original post."""
    number = _id(node, "id", needed=True) or ""
    return Post(
        id=number,
        author_id=_id(node, "author_id"),
        author_handle=_handle(node, "author_handle", needed=True),
        text=text_at(node, "text"),
        at=_time(node) or from_post_id(number),
        lang=text_at(node, "lang"),
        reply_to_handle=_handle(node, "reply_to_handle"),
        quote_of=_id(node, "quote_of"),
        quote_of_handle=_handle(node, "quote_handle"),
        mentions=[(None, handle) for handle in _texts(node, "mentions") if is_handle(handle)],
        links=_texts(node, "links"),
        favorited=flag_at(node, "favorited"),
        retweeted=flag_at(node, "retweeted"),
        promoted=flag_at(node, "promoted") is True,
    )


def _time(node: Node) -> int | None:
    value = node.get("at")
    if isinstance(value, str):
        return from_iso(value)
    return believable(int(value)) if isinstance(value, (int, float)) and abs(value) < 1e12 else None


def _texts(node: Node, name: str) -> list[str]:
    value = node.get(name)
    texts = [item for item in value[:MAX_MENTIONS] if isinstance(item, str)] if isinstance(value, list) else []
    return [text[:2000].replace("\0", "") for text in texts]
