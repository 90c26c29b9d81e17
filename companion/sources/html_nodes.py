"""Finds elements of a saved HTML page by the extension's selector table, and reads their text and test ids."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from companion.domain.handles import handle_in_link, is_handle, last_handle_in_text
from companion.sources.selector_table import selector_table

AVATAR_PREFIX = "UserAvatar-Container-"
_BUTTON = re.compile(r"([0-9]{1,20})-(follow|unfollow|cancel)")
MAX_CLIMB = 40
"""Levels searched upward for an enclosing element; X nests an article about 25 deep."""


class PageSelectors:
    """The selector table applied to one parsed page, with the same lookups as the extension's selectors.js."""

    def __init__(self, page: LexborHTMLParser, table: dict[str, tuple[str, ...]] | None = None) -> None:
        self._page = page
        self._table = table if table is not None else selector_table()
        self._everywhere: dict[str, set[int]] = {}

    def all(self, root: LexborHTMLParser | LexborNode, name: str) -> list[LexborNode]:
        """Return the elements inside ``root`` that the first matching selector under ``name`` finds."""
        for css in self._table[name]:
            matches = root.css(css)
            if matches:
                return matches
        return []

    def one(self, root: LexborHTMLParser | LexborNode, name: str) -> LexborNode | None:
        """Return the first element inside ``root`` under ``name``, None if there is none."""
        return next(iter(self.all(root, name)), None)

    def around(self, node: LexborNode, name: str, limit: LexborNode | None = None) -> LexborNode | None:
        """Return the nearest element under ``name`` that encloses ``node``, searching no further out than ``limit``."""
        if name not in self._everywhere:
            self._everywhere[name] = {match.mem_id for match in self._page.css(self._table[name][0])}
        for outer in climb(node):
            if outer.mem_id in self._everywhere[name]:
                return outer
            if limit is not None and outer.mem_id == limit.mem_id:
                return None
        return None


def climb(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the ancestors of ``node``, nearest first."""
    for _ in range(MAX_CLIMB):
        parent = node.parent
        if parent is None:
            return
        yield parent
        node = parent


def text_of(node: LexborNode | None) -> str:
    """Return the visible text; an emoji's picture counts as its alternative text."""
    return "".join(pieces(node)) if node is not None else ""


def pieces(node: LexborNode) -> Iterator[str]:
    """Yield the visible texts node by node; X puts texts that it shows apart into nodes of their own."""
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text_content or ""
        elif child.tag == "img":
            yield child.attributes.get("alt") or ""
        elif child.tag == "br":
            yield "\n"
        elif child.tag not in {"style", "script"}:
            yield from pieces(child)


def name_and_handle(node: LexborNode | None) -> tuple[str | None, str | None]:
    """Return (name, handle) of a name block without links: the last piece that is just an @handle, and all before it.

    The last one, because a display name may itself look like a handle.
    """
    texts = list(pieces(node)) if node is not None else []
    for place in range(len(texts) - 1, -1, -1):
        handle = texts[place].strip()
        if handle.startswith("@") and is_handle(handle[1:]):
            return tidy("".join(texts[:place])), handle[1:]
    return None, last_handle_in_text(" ".join(texts))


def tidy(text: str) -> str | None:
    """Return the text with each run of whitespace as one space, or None if nothing is left."""
    return " ".join(text.split()) or None


def attribute(node: LexborNode | None, name: str) -> str | None:
    """Return an attribute's value."""
    return node.attributes.get(name) if node is not None else None


def link_handle(node: LexborNode | None) -> str | None:
    """Return the handle that a link points to."""
    return handle_in_link(attribute(node, "href"))


def avatar_handle(node: LexborNode | None) -> str | None:
    """Return the handle in an avatar's test id; X writes ``unknown`` for pictures of somebody not loaded yet."""
    handle = (attribute(node, "data-testid") or "").removeprefix(AVATAR_PREFIX)
    return handle if is_handle(handle) and handle != "unknown" else None


def follow_button(node: LexborNode | None) -> tuple[str, str] | None:
    """Return (numeric id, follow | unfollow | cancel) of a follow button's test id."""
    match = _BUTTON.fullmatch(attribute(node, "data-testid") or "")
    return (match[1], match[2]) if match else None
