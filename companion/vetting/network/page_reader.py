"""Reads a small page's title, its refresh address, and whether its domain is parked or for sale."""

from __future__ import annotations

import re
import zlib
from itertools import islice

import msgspec

from companion.vetting.network.encodings import by_mark, codec_of, guessed, named_in
from companion.vetting.network.html_scan import Tag, tags

TITLE = 200
"""Characters of a title that are kept."""
UNPACKED = 4 * 1024 * 1024
BOMB_RATIO = 100
"""A page that unpacks beyond this size is not read on, and from this ratio on it is called a bomb."""
READ = 512 * 1024
"""Bytes of a page that are looked through: titles and refreshes stand at its head, and parked pages are small."""
LONGEST_WAIT = 30.0
"""Seconds after which a page that sends on has been read by then: newspapers load a fresh address every few minutes."""
LONGEST_LABEL_SEARCH = 64
"""Tags among which a page's own word on its encoding is looked for."""

_PARKED = re.compile(
    r"domain (?:name )?(?:is |may be )?for sale|buy this domain|this domain is parked|domain parking|"
    r"parked (?:free|domain)|the domain has expired|sedoparking|parkingcrew|hugedomains|afternic|"
    r"dan\.com/buy-domain|bodis\.com",
)
_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.IGNORECASE)
_REFRESH = re.compile(r"\s*+(?=[\d.])(\d*+)[\d.]*+(?:\s*+[;,]\s*+|\s++)(.*)", re.DOTALL)
_URL = re.compile(r"url\s*+=\s*+(.*)", re.IGNORECASE | re.DOTALL)


class Page(msgspec.Struct, frozen=True):
    """What one page says about itself."""

    title: str = ""
    refresh: str | None = None
    """The address of its meta refresh, as written."""
    parked: bool = False
    base: str | None = None
    """The address, as written, to which others in it are relative (``<base href>``)."""
    codec: str = "utf-8"
    """Python's codec for its encoding."""


def read_page(body: bytes, content_type: str = "") -> Page:
    """Return title, refresh and whether it is parked; bytes that are no page give an empty one."""
    body = body[:READ]
    codec = by_mark(body) or named_in(content_type) or _own_word(body) or guessed(body)
    text = body.decode(codec, errors="replace").removeprefix("\ufeff")
    title: str | None = None
    refresh: str | None = None
    base: str | None = None
    for tag in tags(text):
        if tag.inside:
            continue
        if tag.name == "title" and title is None:
            title = re.sub(r"\s+", " ", tag.text).strip()[:TITLE]
        elif tag.name == "base" and base is None:
            base = tag.attributes.get("href")
        elif tag.name == "meta" and refresh is None and _says(tag) == "refresh":
            refresh = sends_on(tag.attributes.get("content", ""))
    return Page(title or "", refresh, bool(_PARKED.search(text.lower())), base, codec)


def _says(tag: Tag) -> str:
    return tag.attributes.get("http-equiv", "").strip().lower()


def _own_word(body: bytes) -> str | None:
    """Return the codec that the page names in a meta tag; a tag that can be read as ASCII is not in UTF-16."""
    xml = _XML.match(body)
    if xml and (named := codec_of(xml[1].decode("ascii", "replace"))) is not None:
        return "utf-8" if named.startswith("utf-16") else named
    for tag in islice(tags(body.decode("latin-1")), LONGEST_LABEL_SEARCH):
        if tag.name != "meta" or tag.inside:
            continue
        named = codec_of(tag.attributes.get("charset", ""))
        if named is None and _says(tag) == "content-type":
            named = named_in(tag.attributes.get("content", ""))
        if named is not None:
            return "utf-8" if named.startswith("utf-16") else named
    return None


def sends_on(content: str) -> str | None:
    """Return the address in a refresh ("shared declarative refresh steps"), None where it names none or takes long."""
    found = _REFRESH.match(content)
    if found is None or float(found[1] or 0) > LONGEST_WAIT:
        return None
    named = _URL.match(found[2])
    address = named[1] if named else found[2]
    if address[:1] in ('"', "'"):
        address = address[1:].partition(address[0])[0]
    return address.strip() or None


def unpack(body: bytes, encoding: str) -> tuple[bytes, str | None]:
    """Undo gzip or deflate within limits.

    Returns:
        The bytes (cut where the limit was met) and the problem: "bomb", "size", "answer" for broken data, or None.
    """
    if encoding in ("", "identity"):
        return body, None
    if encoding not in ("gzip", "x-gzip", "deflate"):
        return b"", "answer"
    bare = encoding == "deflate" and not _wrapped(body)
    unpacker = zlib.decompressobj(wbits=-zlib.MAX_WBITS if bare else zlib.MAX_WBITS | 32)
    try:
        plain = unpacker.decompress(body, UNPACKED)
    except zlib.error:
        return b"", "answer"
    if not unpacker.unconsumed_tail:
        return plain, None
    taken = len(body) - len(unpacker.unconsumed_tail)
    return plain, "bomb" if len(plain) > BOMB_RATIO * taken else "size"


def _wrapped(body: bytes) -> bool:
    """Return whether a deflated body begins as RFC 1950 says; some servers send it bare, and browsers read that."""
    return len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2]) % 31 == 0
