"""Reads X's timeline envelope: entries from instructions in any order, modules, cursors, and entries of no known form.

X's classic page and its next client (x-web) name the same parts differently (``itemContent`` and ``content``,
``entryId`` and ``entry_id``, ``cursorType`` and ``cursor_type``); both are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from companion.domain.handles import is_id
from companion.sources.json_tree import Json, Node, branch, nodes, text_at
from companion.sources.post_forms import peeled, post_id


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a timeline: an item of its own, or one item of a module."""

    entry_id: str
    content: Node
    """The ``itemContent`` (GraphQL) or ``content`` (REST) object."""
    element: str = ""
    """What X's own statistics call it, such as ``users_liked_your_tweet``."""
    module_id: str = ""
    """Name of the module it stands in; empty for an item of its own."""

    @property
    def user(self) -> Node:
        """The user object it shows, or an empty one."""
        return branch(self.content, "user_results", "result")

    @property
    def post(self) -> Node:
        """The post object it shows, out of its wrappers, or an empty one."""
        return peeled(branch(self.content, "tweet_results", "result"))

    @property
    def post_id(self) -> str | None:
        """The id of the post it shows; REST entries name it and keep the post elsewhere."""
        return post_id(self.post) or text_at(self.content, "tweet", "id")

    @property
    def promoted(self) -> bool:
        """Whether it is an advertisement."""
        marked = "promotedMetadata" in self.content or bool(self.content.get("promoted_metadata"))
        return marked or "promoted-" in self.entry_id


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a timeline goes on: ``kind`` is Top, Bottom, ShowMore or the like."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Opaque:
    """An entry of no known form: there is something in it that was not understood."""

    entry_id: str


Timeline = list[Entry | Cursor | Opaque]


def timeline_of(groups: list[list[Json]]) -> Timeline:
    """Return the entries and cursors of all instructions of an answer, the items of modules one by one."""
    return [entry for group in groups for entry in _entries(group)]


def _entries(instructions: list[Json]) -> Iterator[Entry | Cursor | Opaque]:
    for instruction in instructions:
        if not isinstance(instruction, dict):
            continue
        rest = branch(instruction, "addEntries") or branch(instruction, "replaceEntry")
        for entry in nodes(instruction, "entries") + nodes(rest, "entries"):
            yield from _from_entry(entry)
        for single in (branch(instruction, "entry"), branch(rest, "entry")):
            if single:
                yield from _from_entry(single)
        for item in nodes(instruction, "moduleItems") + nodes(instruction, "module_items"):
            yield _from_item(item, text_at(instruction, "moduleEntryId") or "module")


def _from_entry(entry: Node) -> Iterator[Entry | Cursor | Opaque]:
    entry_id = text_at(entry, "entryId") or text_at(entry, "entry_id") or ""
    content = branch(entry, "content")
    shown = _first(content, ("itemContent",), ("content",), ("item", "content"))
    cursor = _cursor(content) or _cursor(shown) or _cursor(branch(content, "operation", "cursor"))
    items = nodes(content, "items")
    if cursor is not None:
        yield cursor
        return
    for item in items:
        yield _from_item(item, entry_id)
    if shown:
        yield Entry(entry_id, shown, _element(content) or _element(branch(content, "item")))
    elif not isinstance(content.get("items"), list):
        yield Opaque(entry_id)


def _from_item(item: Node, module_id: str) -> Entry | Cursor | Opaque:
    inner = branch(item, "item")
    shown = _first(inner, ("itemContent",), ("content",))
    entry_id = text_at(item, "entryId") or text_at(item, "entry_id") or module_id
    cursor = _cursor(shown)
    if cursor is not None:
        return cursor
    return Entry(entry_id, shown, _element(inner), module_id) if shown else Opaque(entry_id)


def _first(node: Node, *paths: tuple[str, ...]) -> Node:
    """Return the object at the first of these paths that leads to one, or an empty one."""
    return next((value for path in paths if (value := branch(node, *path))), {})


def _element(node: Node) -> str:
    return text_at(node, "clientEventInfo", "element") or text_at(node, "client_event_info", "element") or ""


def _cursor(content: Node) -> Cursor | None:
    kind, value = text_at(content, "cursorType") or text_at(content, "cursor_type"), text_at(content, "value")
    return Cursor(kind, value) if kind is not None and value is not None else None


def id_in(entry_id: str) -> str | None:
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
            number = id_in(entry.entry_id)
            if number is not None:
                reasons[number] = text_at(entry.user, "reason") or "Unavailable"
    return reasons
