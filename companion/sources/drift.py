"""Detects that X changed an answer's format, so that an empty result is not taken for an empty list."""

from __future__ import annotations

from companion.domain.sightings import Understanding
from companion.sources.json_tree import Node, id_at, text_at
from companion.sources.json_walk import CollectedObjects
from companion.sources.operations import NOTIFICATIONS, PEOPLE, POSTS
from companion.sources.timeline import Entry, Timeline

UNSEEN = frozenset({"UserUnavailable", "TweetTombstone", "TweetUnavailable"})
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
    return problems or _losses(op, people, {person.id for person in understood.people})


def _is_shown(node: Node) -> bool:
    """Return whether the node is a person or post, rather than X's placeholder for an unavailable one."""
    return bool(node) and text_at(node, "__typename") not in UNSEEN


def _losses(op: str, listed: list[Node], known: set[str | None]) -> list[str]:
    """Return a sentence if more than half of the people in a list could not be read."""
    lost = sum(1 for node in listed if id_at(node, "rest_id") not in known)
    if lost * 2 > len(listed):
        return [f"X changed: {lost} of {len(listed)} people in {op or 'an unknown operation'} could not be read."]
    return []
