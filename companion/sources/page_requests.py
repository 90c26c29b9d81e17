"""Reads the viewer's own likes, reposts, follows, blocks and mutes from the requests that X's page sends."""

from __future__ import annotations

from dataclasses import dataclass

from companion.domain.sightings import OUTBOUND, Interaction, Relation, Understanding
from companion.sources.interactions import RELATION_REF
from companion.sources.json_tree import Json, Node, branch, flag_at, id_at, text_at
from companion.sources.users import person_from

SOURCE = "wire"


@dataclass(frozen=True, slots=True)
class _OnPost:
    """An act on a post; ``answer`` is where X confirms it, ``variable`` the variable that names the post."""

    kind: str
    answer: tuple[str, ...]
    variable: str = "tweet_id"
    removed: bool = False


ON_POSTS = {
    "FavoriteTweet": _OnPost("like", ("favorite_tweet",)),
    "UnfavoriteTweet": _OnPost("like", ("unfavorite_tweet",), removed=True),
    "CreateRetweet": _OnPost("repost", ("create_retweet",)),
    "DeleteRetweet": _OnPost("repost", ("unretweet",), variable="source_tweet_id", removed=True),
}

ON_PEOPLE: dict[str, tuple[str, bool]] = {
    "friendships/create": ("i_follow", True),
    "friendships/destroy": ("i_follow", False),
    "blocks/create": ("blocking", True),
    "blocks/destroy": ("blocking", False),
    "mutes/users/create": ("muting", True),
    "mutes/users/destroy": ("muting", False),
}
"""Operation -> the relation it sets and to what."""


def is_act(op: str) -> bool:
    """Return whether the operation is an act that this module reads (a new post is read like any page)."""
    return op in ON_POSTS or op in ON_PEOPLE


def understand_act(op: str, answer: Json, variables: Node, at: int) -> Understanding:
    """Read one act of the viewer, if X's answer confirms it.

    The request names only the post, not its author: such an interaction has neither ``id`` nor ``handle``, and whoever
    records it takes the author from the post, which the page has shown before.

    Args:
        op: the operation, one of `ON_POSTS` or `ON_PEOPLE`.
        answer: X's parsed answer.
        variables: the request's variables.
        at: when it was seen, epoch seconds UTC.
    """
    understood = Understanding(op=op)
    if op in ON_POSTS:
        act = _act_on_post(ON_POSTS[op], answer, variables, at)
        understood.interactions = [act] if act else []
    elif op in ON_PEOPLE:
        _act_on_person(understood, answer, variables, at)
    return understood


def _act_on_post(act: _OnPost, answer: Json, variables: Node, at: int) -> Interaction | None:
    done = branch(answer, "data").get(act.answer[0])
    post = id_at(variables, act.variable) or id_at(variables, "tweet_id")
    if not done or post is None:
        return None
    return Interaction(
        direction=OUTBOUND,
        kind=act.kind,
        at=at,
        ref=f"{act.kind}:{post}",
        post=post,
        source=SOURCE,
        removed=act.removed,
    )


def _act_on_person(understood: Understanding, answer: Json, variables: Node, at: int) -> None:
    """Read the flat user that X answers with; its own flags may still be those from before the act."""
    person = person_from(branch(answer))
    if person is None or (_asked_for_other(variables, person.id, person.handle)):
        return
    name, value = ON_PEOPLE[understood.op]
    relation = Relation(id=person.id, handle=person.handle)
    waits = name == "i_follow" and value and person.protected is True and flag_at(answer, "following") is not True
    if waits:
        relation.requested = True
    else:
        setattr(relation, name, value)
    understood.people, understood.relations = [person], [relation]
    if name == "i_follow" and not waits:
        follow = Interaction(
            direction=OUTBOUND, kind="follow", at=at, ref=RELATION_REF, source=SOURCE, removed=not value
        )
        follow.id, follow.handle = person.id, person.handle
        understood.interactions = [follow]


def _asked_for_other(variables: Node, number: str | None, handle: str | None) -> bool:
    asked_id, asked_handle = id_at(variables, "user_id"), text_at(variables, "screen_name")
    if asked_id is not None:
        return asked_id != number
    return asked_handle is not None and asked_handle.lower() != (handle or "").lower()
