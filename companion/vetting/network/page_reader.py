"""Reads a small page's title, its refresh address, and whether its domain is parked or for sale."""

from __future__ import annotations

import re
import zlib

import msgspec
from selectolax.lexbor import LexborHTMLParser

TITLE = 200
"""Characters of a title that are kept."""
UNPACKED = 4 * 1024 * 1024
BOMB_RATIO = 100
"""A page that unpacks beyond `UNPACKED` bytes is not read on; from this ratio on it is called a bomb."""

_REFRESH = re.compile(r"^\s*[\d.]*\s*[;,]?\s*(?:url\s*=)?\s*['\"]?([^'\"]+?)['\"]?\s*$", re.IGNORECASE)
_PARKED = re.compile(
    r"domain (?:name )?(?:is |may be )?for sale|buy this domain|this domain is parked|domain parking|"
    r"parked (?:free|domain)|the domain has expired|sedoparking|parkingcrew|hugedomains|afternic|"
    r"dan\.com/buy-domain|bodis\.com",
    re.IGNORECASE,
)


class Page(msgspec.Struct, frozen=True):
    """What one page says about itself."""

    title: str = ""
    refresh: str | None = None
    """The address of its meta refresh, as written."""
    parked: bool = False


def read_page(text: str) -> Page:
    """Return title, refresh and whether it is parked; an empty `Page` for text that is not HTML."""
    tree = LexborHTMLParser(text)
    title = tree.css_first("title")
    shown = re.sub(r"\s+", " ", title.text()).strip()[:TITLE] if title else ""
    refresh = next((to for node in tree.css("meta[http-equiv]") if (to := _refresh_address(node.attributes))), None)
    return Page(shown, refresh, bool(_PARKED.search(text)))


def _refresh_address(attributes: dict[str, str | None]) -> str | None:
    if (attributes.get("http-equiv") or "").strip().casefold() != "refresh":
        return None
    match = _REFRESH.match(attributes.get("content") or "")
    return match[1] if match and not re.fullmatch(r"[\d.]+", match[1]) else None


def unpack(body: bytes, encoding: str) -> tuple[bytes, str | None]:
    """Undo gzip or deflate within limits.

    Returns:
        The bytes (cut where the limit was met) and the problem: "bomb", "size", "answer" for broken data, or None.
    """
    if encoding in ("", "identity"):
        return body, None
    if encoding not in ("gzip", "x-gzip", "deflate"):
        return b"", "answer"
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        plain = unpacker.decompress(body, UNPACKED)
    except zlib.error:
        return b"", "answer"
    if not unpacker.unconsumed_tail:
        return plain, None
    taken = len(body) - len(unpacker.unconsumed_tail)
    return plain, "bomb" if len(plain) > BOMB_RATIO * taken else "size"
