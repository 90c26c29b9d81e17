"""Reads everything of ours that is on a page, closed shadow roots included, in one look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selenium.webdriver.chrome.webdriver import WebDriver

Node = dict[str, object]
HANDLE = re.compile(r"@([A-Za-z0-9_]{1,20})")


@dataclass(frozen=True)
class Leaf:
    """One mark, line or card of ours.

    Attributes:
        kind: badge, line, card, dialog, queue or vet.
        row: handle of the person beside whose name it stands, lower case: of a post, a quoted one, a repost, a line
            "Replying to", a list; "" elsewhere.
        says: handle of the person it is about, lower case, from its accessible name.
        text: the words drawn, which stand in attributes; what a frame shows is read in the frame.
    """

    kind: str
    row: str
    says: str
    text: str


def attributes(node: Node) -> dict[str, str]:
    """Return a DevTools node's attributes."""
    flat = node.get("attributes")
    assert isinstance(flat, list | None)
    return dict(zip(flat[::2], flat[1::2], strict=True)) if flat else {}


def inside(node: Node) -> Iterator[Node]:
    """Return a node's children: its own, its shadow roots', its document's."""
    for name in ("children", "shadowRoots"):
        found = node.get(name)
        if isinstance(found, list):
            yield from found


def text_of(node: Node) -> str:
    """Return all words that are drawn below a node."""
    own = attributes(node)
    drawn = [own.get("data-word", ""), own.get("data-said", "")]
    return " ".join(filter(None, [*drawn, *(text_of(child) for child in inside(node))]))


def leaves(driver: WebDriver) -> list[Leaf]:
    """Return all leaves on the page the driver shows."""
    reply = driver.execute_cdp_cmd("DOM.getDocument", {"depth": -1, "pierce": True})
    return list(_leaves(reply["root"], ""))


def _leaves(node: Node, row: str) -> Iterator[Leaf]:
    marks = attributes(node)
    if marks.get("data-testid") in {"tweet", "UserCell"} or (marks.get("role"), marks.get("tabindex")) == ("link", "0"):
        row = _person(node)
    kind = marks.get("data-mutuals")
    if kind:
        yield Leaf(kind, row, _about(node), " ".join(text_of(node).split()))
        return
    for child in inside(node):
        yield from _leaves(child, (_sentence(node) if "data-mutuals" in attributes(child) else "") or row)


def _sentence(line: Node) -> str:
    """Return whom the line of a repost or an answer names first; "" for another line."""
    parts = [attributes(node) for node in _walk(line)]
    if "dir" not in parts[0] and not any(part.get("data-testid") == "socialContext" for part in parts):
        return ""
    links = (re.fullmatch(r"/([A-Za-z0-9_]+)", part.get("href", "")) for part in parts)
    return next((link[1].lower() for link in links if link), "")


def _person(row: Node) -> str:
    for node in _walk(row):
        name = attributes(node).get("data-testid", "")
        if name.startswith("UserAvatar-Container-"):
            return name.removeprefix("UserAvatar-Container-").lower()
    return ""


def _about(leaf: Node) -> str:
    for node in _walk(leaf):
        own = attributes(node)
        found = HANDLE.search(own.get("aria-label") or own.get("title", ""))
        if found:
            return found[1].lower()
    return ""


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in inside(node):
        yield from _walk(child)
