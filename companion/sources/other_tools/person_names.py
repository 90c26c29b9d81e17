"""Reads the ways in which people name somebody in a table: ids, handles, and links of every form to a profile on X."""

from __future__ import annotations

import unicodedata
from urllib.parse import SplitResult, parse_qs, urlsplit

from companion.domain.handles import RESERVED, is_handle, is_id, without_at

HOSTS = frozenset({"x.com", "twitter.com"})
SUBDOMAINS = ("www.", "mobile.", "m.")
Named = tuple[str | None, str | None]
"""(id, handle), of which one is known, or neither."""
NOBODY: Named = (None, None)


def visible(text: str) -> str:
    """Return a name without what copying adds: invisible marks, full-width forms, no-break spaces around it."""
    shown = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in ("Cf", "Cc"))
    return "".join(shown).strip()


def who(text: object) -> Named:
    """Return (id, handle) from another tool's key for a person: an id, a handle, ``@handle`` or a link."""
    if not isinstance(text, str):
        return NOBODY
    name = visible(text)
    if is_id(name):
        return name, None
    if "/" in name:
        return who_in_link(name)
    bare = without_at(name)
    return (None, bare) if is_handle(bare) else NOBODY


def who_in_link(link: str) -> Named:
    """Return the person a link leads to: profile, post, hashbang link of 2010, follow link, or link by id."""
    try:
        address = urlsplit(link if "://" in link or link.startswith("/") else f"https://{link}")
        host = (address.hostname or "").lower()
    except ValueError:
        return NOBODY
    for subdomain in SUBDOMAINS:
        host = host.removeprefix(subdomain)
    if host not in HOSTS and not (host == "" and link.startswith("/") and not link.startswith("//")):
        return NOBODY
    return _in_path(address)


def _in_path(address: SplitResult) -> Named:
    path = address.fragment.removeprefix("!") if address.fragment.startswith("!/") else address.path
    parts = [part for part in path.split("/") if part]
    if parts[:2] == ["i", "user"] and len(parts) > 2 and is_id(parts[2]):
        return parts[2], None
    if parts[:1] == ["intent"]:
        parameters = parse_qs(address.query)
        id, handle = parameters.get("user_id", [""])[0], without_at(parameters.get("screen_name", [""])[0])
        return (id if is_id(id) else None), (handle if is_handle(handle) else None)
    handle = without_at(parts[0]) if parts else ""
    return (None, handle) if is_handle(handle) and handle.lower() not in RESERVED else NOBODY
