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

ON_PEOPLE: dict[str, dict[str, bool]] = {
    "friendships/create": {"i_follow": True, "requested": False},
    "friendships/destroy": {"i_follow": False, "requested": False},
    "friendships/cancel": {"requested": False},
    "friendships/accept": {"follows_me": True},
    "friendships/deny": {"follows_me": False},
    "blocks/create": {"blocking": True, "i_follow": False, "follows_me": False, "requested": False},
    "blocks/destroy": {"blocking": False},
    "mutes/users/create": {"muting": True},
    "mutes/users/destroy": {"muting": False},
}
"""Operation -> the relations it sets and to what; a block ends the follows of both sides.

X's page asks before it unfollows or blocks; the request is sent once that is confirmed, so it is the act.
"""
FOLLOWS = frozenset({"friendships/create", "friendships/destroy"})
REMOVE_FOLLOWER = "RemoveFollower"
"""Operation that makes somebody no follower of the viewer; its answer names nobody, its request does."""


def is_act(op: str) -> bool:
    """Return whether the operation is an act that this module reads (a new post is read like any page)."""
    return op in ON_POSTS or op in ON_PEOPLE or op == REMOVE_FOLLOWER


def understand_act(op: str, answer: Json, variables: Node, at: int) -> Understanding:
    """Read one act of the viewer, if X's answer confirms it.

    The request names only the post, not its author: such an interaction has neither ``id`` nor ``handle``, and whoever
    records it takes the author from the post, which the page has shown before.

    Args:
        op: the operation, one of `ON_POSTS`, `ON_PEOPLE` or `REMOVE_FOLLOWER`.
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
    elif _reason(answer) is not None and (removed := id_at(variables, "target_user_id")) is not None:
        understood.relations = [Relation(id=removed, follows_me=False)]
    return understood


def _reason(answer: Json) -> str | None:
    """Return X's word for why a follower is one no more; None if X did not remove them."""
    return text_at(answer, "data", "remove_follower", "unfollow_success_reason")


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
    follows = understood.op == "friendships/create"
    waits = follows and person.protected is True and flag_at(answer, "following") is not True
    relation = Relation(id=person.id, handle=person.handle, requested=True if waits else None)
    if not waits:
        for name, value in ON_PEOPLE[understood.op].items():
            setattr(relation, name, value)
    understood.people, understood.relations = [person], [relation]
    if understood.op in FOLLOWS and not waits:
        follow = Interaction(OUTBOUND, "follow", at, RELATION_REF, source=SOURCE, removed=not follows)
        follow.id, follow.handle = person.id, person.handle
        understood.interactions = [follow]


def _asked_for_other(variables: Node, number: str | None, handle: str | None) -> bool:
    asked_id, asked_handle = id_at(variables, "user_id"), text_at(variables, "screen_name")
    if asked_id is not None:
        return asked_id != number
    return asked_handle is not None and asked_handle.lower() != (handle or "").lower()
