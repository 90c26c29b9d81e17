"""Reads X's timeline envelope: entries from instructions in any order, modules, cursors, and follower list pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from companion.domain.handles import is_id
from companion.domain.sightings import ListPage
from companion.sources.json_tree import Json, Node, branch, nodes, text_at
from companion.sources.posts import peeled, post_id
from companion.sources.users import user_id

LISTS = {"Followers": "followers", "Following": "following"}
"""Operations whose pages, chained from first to last, make a complete list."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a timeline: an item of its own, or one item of a module."""

    entry_id: str
    content: Node
    """The ``itemContent`` (GraphQL) or ``content`` (REST) object."""
    element: str = ""
    """What X's own statistics call it, such as ``users_liked_your_tweet``."""

    @property
    def user(self) -> Node:
        """The user object it shows, or an empty one."""
        return branch(self.content, "user_results", "result")

    @property
    def post(self) -> Node:
        """The post object it shows, out of its wrappers, or an empty one."""
        return peeled(branch(self.content, "tweet_results", "result"))

    @property
    def promoted(self) -> bool:
        """Whether it is an advertisement."""
        return "promotedMetadata" in self.content or "promoted-" in self.entry_id


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a timeline goes on: ``kind`` is Top, Bottom, ShowMore or the like."""

    kind: str
    value: str


Timeline = list[Entry | Cursor]


def timeline_of(groups: list[list[Json]]) -> Timeline:
    """Return the entries and cursors of all instructions of an answer, the items of modules one by one."""
    return [entry for group in groups for entry in _entries(group)]


def _entries(instructions: list[Json]) -> Iterator[Entry | Cursor]:
    for instruction in instructions:
        if not isinstance(instruction, dict):
            continue
        rest = branch(instruction, "addEntries") or branch(instruction, "replaceEntry")
        for entry in nodes(instruction, "entries") + nodes(rest, "entries"):
            yield from _from_entry(entry)
        for single in (branch(instruction, "entry"), branch(rest, "entry")):
            if single:
                yield from _from_entry(single)
        for item in nodes(instruction, "moduleItems"):
            yield from _from_item(item, "")


def _from_entry(entry: Node) -> Iterator[Entry | Cursor]:
    entry_id = text_at(entry, "entryId") or ""
    content = branch(entry, "content")
    shown = branch(content, "itemContent") or branch(content, "item", "content")
    cursor = _cursor(content) or _cursor(shown) or _cursor(branch(content, "operation", "cursor"))
    if cursor is not None:
        yield cursor
        return
    for item in nodes(content, "items"):
        yield from _from_item(item, entry_id)
    if shown:
        element = text_at(content, "clientEventInfo", "element") or text_at(
            content, "item", "clientEventInfo", "element"
        )
        yield Entry(entry_id, shown, element or "")


def _from_item(item: Node, module_id: str) -> Iterator[Entry | Cursor]:
    inner = branch(item, "item")
    shown = branch(inner, "itemContent")
    cursor = _cursor(shown)
    if cursor is not None:
        yield cursor
    elif shown:
        entry_id = text_at(item, "entryId") or module_id
        yield Entry(entry_id, shown, text_at(inner, "clientEventInfo", "element") or "")


def _cursor(content: Node) -> Cursor | None:
    if "cursorType" not in content:
        return None
    kind, value = text_at(content, "cursorType"), text_at(content, "value")
    return Cursor(kind, value) if kind is not None and value is not None else None


def list_page(op: str, variables: Node, timeline: Timeline) -> ListPage | None:
    """Describe one page of a follower or following list, or None if it is not one or its owner is unknown.

    A ``TimelineTerminateTimeline`` does not mark the end of a people list: X puts both on the first page of each. The
    end is a page without Bottom cursor, or with one that starts with ``0|``, or one that has cursors but no people.

    Args:
        op: the operation's name.
        variables: the request's variables (``userId``, ``cursor``).
        timeline: the answer's entries and cursors.
    """
    owner_id = text_at(variables, "userId")
    if op not in LISTS or owner_id is None or not is_id(owner_id) or not timeline:
        return None
    bottom = next((entry.value for entry in timeline if isinstance(entry, Cursor) and entry.kind == "Bottom"), None)
    people = [user_id(entry.user) or _id_in(entry.entry_id) for entry in timeline if isinstance(entry, Entry)]
    ids = list(dict.fromkeys(number for number in people if number))
    end = bottom is None or bottom.startswith("0|") or not ids
    return ListPage(
        owner_id=owner_id, kind=LISTS[op], cursor_in=text_at(variables, "cursor"), cursor_out=bottom, ids=ids, end=end
    )


def _id_in(entry_id: str) -> str | None:
    """Return the id that a list entry's name carries (``user-1748…``), for people X will not show."""
    number = entry_id.removeprefix("user-")
    return number if entry_id.startswith("user-") and is_id(number) else None


def promoted_posts(timeline: Timeline) -> set[str]:
    """Return the ids of posts that the entries' names mark as advertisements."""
    return {post_id(entry.post) or "" for entry in timeline if isinstance(entry, Entry) and entry.promoted} - {""}


def gone_people(timeline: Timeline) -> dict[str, str]:
    """Return id -> reason of people a list names but X does not show (suspended, deleted)."""
    reasons: dict[str, str] = {}
    for entry in timeline:
        if isinstance(entry, Entry) and entry.user.get("__typename") == "UserUnavailable":
            number = _id_in(entry.entry_id)
            if number is not None:
                reasons[number] = text_at(entry.user, "reason") or "Unavailable"
    return reasons
