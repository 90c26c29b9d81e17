"""Tells from an answer which kind of page showed each post, and whose Replies tab was read."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from companion.domain.handles import same
from companion.domain.page_kinds import (
    BOTH_TABS,
    OPERATIONS,
    ORIGINALS_TAB,
    OWN_PATHS,
    PATHS,
    REPLIES_TAB,
    TAB_OPERATIONS,
    UNKNOWN,
    search_kind,
)
from companion.domain.sightings import Person, Understanding
from companion.sources.json_tree import Node, id_at, text_at
from companion.sources.timeline import Cursor, Entry, Timeline


def mark_pages(understood: Understanding, timeline: Timeline, variables: Node) -> None:
    """Set the page kind of the posts that the page shows as themselves, not those quoted or reposted inside others.

    Args:
        understood: what was read from the answer; its posts are changed.
        timeline: the answer's entries and cursors.
        variables: the request's variables (``userId``, ``rawQuery``).
    """
    kind = _kind(understood.op, variables)
    owner = id_at(variables, "userId") if understood.op in TAB_OPERATIONS else None
    shown = {entry.post_id for entry in timeline if isinstance(entry, Entry)}
    for post in understood.posts:
        if post.id in shown and owner in (None, post.author_id):
            post.pages = kind


def replies_read(understood: Understanding, timeline: Timeline, variables: Node, at: int) -> Person | None:
    """Return the owner of a Replies tab with the time at which it was read, if the page was understood whole."""
    owner = id_at(variables, "userId")
    ends = any(isinstance(entry, Cursor) and entry.kind == "Bottom" for entry in timeline)
    is_replies = OPERATIONS.get(understood.op, UNKNOWN) in (REPLIES_TAB, BOTH_TABS)
    if owner is None or not is_replies or not ends or understood.problems:
        return None
    return Person(id=owner, replies_at=at, rich=False)


def mark_reading(understood: Understanding, url: str, at: int) -> None:
    """Do the same for a reading of the page's DOM, whose address tells what it shows.

    Args:
        understood: what was read; its posts are changed, and the owner of a Replies tab with a post of theirs is added.
        url: the page's address.
        at: when it was read, epoch seconds UTC.
    """
    address = urlsplit(url)
    first, second = ([part for part in address.path.split("/") if part] + ["", ""])[:2]
    kind = OWN_PATHS.get(first) or PATHS.get(second, UNKNOWN if second else ORIGINALS_TAB)
    if first == "search":
        kind = search_kind(parse_qs(address.query).get("q", [""])[-1])
    owner = first if kind in TAB_OPERATIONS.values() else None
    own = [post for post in understood.posts if owner is None or same(post.author_handle, owner)]
    for post in own:
        post.pages = kind
    if kind == REPLIES_TAB and own:
        understood.people.append(Person(handle=own[0].author_handle, replies_at=at, rich=False))


def _kind(op: str, variables: Node) -> int:
    if op == "SearchTimeline":
        return search_kind(text_at(variables, "rawQuery") or "")
    return OPERATIONS.get(op, UNKNOWN)
