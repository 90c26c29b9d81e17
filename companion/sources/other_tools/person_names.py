"""Reads the ways in which people name somebody in a table: ids, handles, and links of every form to a profile on X."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from companion.domain.handles import RESERVED, is_handle, is_id, without_at

HOSTS = frozenset({"x.com", "twitter.com"})
SUBDOMAINS = ("www.", "mobile.", "m.")
APPS = frozenset({"x", "twitter"})
"""Schemes of links that X's apps open, such as ``twitter://user?screen_name=``."""
FOLLOWING = frozenset({"user", "follow", "profile"})
"""Intents that are about one person."""
_MORE_PAGES = frozenset(
    {"account", "following", "followers", "verified_followers", "follower_requests", "statuses", "who_to_follow",
     "oauth", "personalization", "logged_out"}
)  # fmt: skip
Named = tuple[str | None, str | None]
"""(id, handle), of which one is known, or neither."""
NOBODY: Named = (None, None)

_LINK = re.compile(
    r"(?<![\w@./-])(?:https?://)?(?:(?:www|mobile|m)\.)?(?:x|twitter)\.com(?::\d+)?[/\\][^\s<>\"'()\[\]{}]+"
    r"|(?<!\w)(?:x|twitter)://user\?[^\s<>\"'()\[\]{}]+",
    re.IGNORECASE,
)
_AT = re.compile(r"(?<![\w@./-])@([A-Za-z0-9_]+)(?![\w@\\]|\.\w)")
_SCHEME = re.compile(r"(?<!\w)(https?)(?::/?|/{2,})(?=(?:[a-z]+\.)?(?:x|twitter)\.com/)", re.IGNORECASE)
"""A slip in ``https://`` that browsers, or people, see through."""
_AT_X = re.compile(r"(?<![\w.])(@\w+)@(?:x|twitter)\.com(?![\w./-])", re.IGNORECASE)
"""``@name@x.com``, as people of other networks write a name on X."""
_AROUND = re.compile(r"^[^\w@]+|\W+$")
_ENDS = ".,;:!?"
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Characters that show nothing though their category is one of marks, letters or symbols."""


def visible(text: str) -> str:
    """Return a name without what copying adds: invisible marks, full-width forms, no-break spaces around it.

    Markdown's backslash before an underscore goes too.
    """
    shown = (c for c in unicodedata.normalize("NFKC", text) if not _unseen(c))
    return "".join(shown).strip().replace("\\_", "_")


def _unseen(character: str) -> bool:
    selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return selector or character in _UNSEEN or unicodedata.category(character) in ("Cf", "Cc")


def who(text: object) -> Named:
    """Return (id, handle) from another tool's key for a person: an id, a handle, ``@handle`` or a link.

    Where a cell says more, such as "Fern (@ferngate)", it names somebody if it names one only.
    """
    if not isinstance(text, str):
        return NOBODY
    name = visible(text).lstrip("='\"").rstrip("'\"")
    if is_id(name):
        return name, None
    bare = without_at(_AT_X.sub(r"\1", name))
    if not is_handle(bare) and not {"/", "…"}.intersection(text[:-1]) and not name.endswith("..."):
        bare = without_at(_AROUND.sub("", bare))
    return (None, bare) if is_handle(bare) else who_plainly(text)


def who_plainly(text: str) -> Named:
    """Return whom a text names by a link to X or an @name; nobody if it has none, or several."""
    if "…" in text:
        return NOBODY  # what was cut may have been part of the name
    name = _AT_X.sub(r"\1", _SCHEME.sub(r"\1://", visible(text)))
    told = {who_in_link(found[0].rstrip(_ENDS)) for found in _LINK.finditer(name)} - {NOBODY}
    told = told or ({who_in_link(name)} - {NOBODY} if "/" in name else set())
    told = told or {(None, found[1]) for found in _AT.finditer(_LINK.sub(" ", name)) if is_handle(found[1])}
    return told.pop() if len(told) == 1 else NOBODY


def who_in_link(link: str) -> Named:
    """Return the person a link leads to: profile, post, hashbang link of 2010, follow link, or link by id."""
    link = link.replace("\\", "/")  # as browsers read it
    try:
        address = urlsplit(link if "://" in link or link.startswith("/") else f"https://{link}")
        host = (address.hostname or "").lower().rstrip(".")
    except ValueError:
        return NOBODY
    if address.scheme in APPS:
        return _in_query(address.query) if host == "user" else NOBODY
    for subdomain in SUBDOMAINS:
        host = host.removeprefix(subdomain)
    if host not in HOSTS and not (host == "" and link.startswith("/") and not link.startswith("//")):
        return NOBODY
    return _in_path(address)


def _in_path(address: SplitResult) -> Named:
    path = address.fragment.removeprefix("!") if address.fragment.startswith("!") else address.path
    parts = [part for part in unquote(path).split("/") if part.strip()]
    if parts[:2] == ["i", "user"] and len(parts) > 2 and is_id(parts[2]):
        return parts[2], None
    if parts[:2] == ["account", "redirect_by_id"]:
        return _in_query(address.query or f"id={''.join(parts[2:3])}")
    if parts[:1] == ["intent"]:
        return _in_query(address.query) if FOLLOWING.intersection(parts[1:2]) else NOBODY
    if parts[:2] == ["messages", "compose"]:
        return _in_query(address.query)
    handle = without_at(re.split("[&;,]", parts[0])[0]) if parts else ""
    page = handle.lower() in RESERVED or handle.lower() in _MORE_PAGES
    return (None, handle) if is_handle(handle) and not page else NOBODY


def _in_query(query: str) -> Named:
    """Return the person that a link's parameters name."""
    parameters = parse_qs(query)
    id = next(
        (value for key in ("user_id", "id", "recipient_id") for value in parameters.get(key, []) if is_id(value)), None
    )
    handle = without_at(parameters.get("screen_name", [""])[0])
    return id, (handle if is_handle(handle) else None)
