"""Notices when X changed the shape of an answer, so that nothing wrong is concluded from nothing found."""

from __future__ import annotations

from companion.sources.harvest import Harvest
from companion.sources.operations import NOTIFICATIONS, PEOPLE, POSTS
from companion.sources.raw import Node
from companion.sources.sightings import Understanding
from companion.sources.timeline import Entry, Timeline

BIG = 2_000
"""Characters: below this an answer may honestly be empty (nobody found, no more pages)."""


def drift(op: str, size: int, found: Harvest, timeline: Timeline, understood: Understanding) -> list[str]:
    """Return sentences about what a known operation should have given and did not.

    Args:
        op: the operation's name.
        size: length of the text.
        found: what the walk found.
        timeline: the answer's entries and cursors.
        understood: what was made of it.
    """
    shown = [entry for entry in timeline if isinstance(entry, Entry)]
    people_shown, posts_shown = _held(shown, "user_results"), _held(shown, "tweet_results")
    problems = []
    if op in PEOPLE and not understood.people and (people_shown or _should_have_given(size, found)):
        problems.append(f"X changed: {op} gave no people.")
    if op in POSTS and not understood.posts and (posts_shown > found.unreadable or _should_have_given(size, found)):
        problems.append(f"X changed: {op} gave no posts.")
    if op in NOTIFICATIONS and not shown and size > BIG and not understood.posts:
        problems.append(f"X changed: {op} gave no notifications.")
    return problems or _losses(op, shown, understood)


def _held(shown: list[Entry], key: str) -> int:
    return sum(1 for entry in shown if key in entry.content)


def _should_have_given(size: int, found: Harvest) -> bool:
    """Tell whether an answer is too big to be honestly empty."""
    return size > BIG and not found.unreadable and not found.gone


def _losses(op: str, shown: list[Entry], understood: Understanding) -> list[str]:
    """Return a sentence if more than half of the people or posts that a list holds could not be read."""
    known_people = {person.id for person in understood.people}
    held = [entry.user for entry in shown if "user_results" in entry.content]
    lost = sum(1 for node in held if not _is_known(node, known_people))
    if lost * 2 > len(held):
        return [f"X changed: {lost} of {len(held)} people in {op or 'an unknown operation'} could not be read."]
    return []


def _is_known(node: Node, known: set[str | None]) -> bool:
    return node.get("__typename") == "UserUnavailable" or not node or node.get("rest_id") in known
