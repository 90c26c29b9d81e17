"""Detects that X changed an answer's format, so that an empty result is not taken for an empty list."""

from __future__ import annotations

from companion.domain.sightings import Understanding
from companion.sources.json_tree import Json, Node, id_at, text_at
from companion.sources.json_walk import CollectedObjects, collect_objects
from companion.sources.operations import NOTIFICATIONS, PEOPLE, POSTS
from companion.sources.post_forms import post_id
from companion.sources.timeline import Entry, Opaque, Timeline

UNSEEN = frozenset({"UserUnavailable", "TweetTombstone", "TweetUnavailable"})
EMPTY: tuple[Json, ...] = ({}, {"result": {}}, {"result": None})
"""How X leaves out a post that the viewer may not see, without a word why."""
BIG = 2_000
"""Characters. A shorter answer may really be empty (nobody found, no more pages)."""


def drift(op: str, size: int, collected: CollectedObjects, timeline: Timeline, understood: Understanding) -> list[str]:
    """Return a sentence for each kind of content that a known operation should have returned but did not.

    Args:
        op: the operation's name.
        size: length of the text.
        collected: the objects that the walk collected.
        timeline: the answer's entries and cursors.
        understood: the people and posts that were read from it.
    """
    shown = [entry for entry in timeline if isinstance(entry, Entry)]
    people = [entry.user for entry in shown if _is_shown(entry.user)]
    posts = [entry.post for entry in shown if _is_shown(entry.post)]
    honest = size <= BIG or collected.unreadable or collected.gone
    problems = []
    if op in PEOPLE and not understood.people and (people or not honest):
        problems.append(f"X changed: {op} gave no people.")
    if op in POSTS and not understood.posts and (posts or not honest):
        problems.append(f"X changed: {op} gave no posts.")
    if op in NOTIFICATIONS and not shown and not understood.posts and not honest:
        problems.append(f"X changed: {op} gave no notifications.")
    lost = _lost_people(op, people, {person.id for person in understood.people})
    return problems or [*lost, *_lost_posts(op, shown, {post.id for post in understood.posts}), *_unknown(op, timeline)]


def _is_shown(node: Node) -> bool:
    """Return whether the node is a person or post, rather than X's placeholder for an unavailable one."""
    return bool(node) and text_at(node, "__typename") not in UNSEEN


def _lost_people(op: str, listed: list[Node], known: set[str | None]) -> list[str]:
    """Return a sentence if more than half of the people in a list could not be read."""
    lost = sum(1 for node in listed if id_at(node, "rest_id") not in known)
    if lost * 2 > len(listed):
        return [f"X changed: {lost} of {len(listed)} people in {_named(op)} could not be read."]
    return []


def _lost_posts(op: str, shown: list[Entry], known: set[str]) -> list[str]:
    """Return a sentence if X shows posts in a wrapper that is not known, or under another name than all others."""
    kinds = [text_at(entry.post, "__typename") or "?" for entry in shown if _is_lost(entry, known)]
    if not kinds:
        return []
    return [f"X changed: {len(kinds)} posts in {_named(op)} could not be read ({', '.join(sorted(set(kinds)))[:80]})."]


def _is_lost(entry: Entry, known: set[str]) -> bool:
    """Return whether an entry should have given a post and gave none; X leaves some results empty, which is none."""
    if entry.content.get("tweet_results") in EMPTY or (entry.post and not _is_shown(entry.post)):
        return False
    if not entry.post and not (entry.entry_id.startswith("tweet-") and "tweet" not in entry.content):
        return False
    return post_id(entry.post) not in known and not collect_objects(entry.content).posts


def _unknown(op: str, timeline: Timeline) -> list[str]:
    """Return a sentence if there are entries of no known form."""
    count = sum(1 for entry in timeline if isinstance(entry, Opaque))
    return [f"X changed: {count} entries of {_named(op)} have a form that is not known."] if count else []


def _named(op: str) -> str:
    return op or "an unknown operation"
