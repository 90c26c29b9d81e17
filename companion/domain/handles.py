"""Handles and ids of X: validation, comparison, and the handle in a link or text."""

from __future__ import annotations

import re

from companion.domain import limits

HANDLE = re.compile(rf"[A-Za-z0-9_]{{1,{limits.HANDLE}}}")
"""X allows 15 characters today; some old accounts have up to 20."""

_PAGES_OF_X = (
    "home explore notifications messages search settings i compose hashtag bookmarks lists communities jobs login "
    "logout signup about tos privacy intent share download premium"
)
RESERVED = frozenset(_PAGES_OF_X.split())
"""First path segments of x.com that are pages of X's own, never people."""

BLANKS = " \t\n\v\f\r\u00a0\u200e\u200f\ufeff"
"""What copying may leave around a handle: white space, no-break spaces and invisible marks of direction."""
_BEFORE = f"@{BLANKS}"

ID_DIGITS = 20
"""Digits of the largest 64-bit id."""
_PROFILE_LINK = re.compile(
    r"(?:https?://(?:www\.|mobile\.)?(?:x|twitter)\.com)?/([^/?#]+)(?:[/?#].*)?", re.IGNORECASE | re.DOTALL
)


def is_handle(text: object) -> bool:
    """Return whether the text could be a handle (without @, as X writes it)."""
    return isinstance(text, str) and HANDLE.fullmatch(text) is not None


def is_id(text: object) -> bool:
    """Return whether the text could be X's numeric id of a person or a post."""
    return isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= ID_DIGITS


def profile_address(pid: str, handle: str | None) -> str | None:
    """Return the address of somebody's profile on X: by handle, else by id; None for neither."""
    if handle:
        return f"https://x.com/{handle}"
    return f"https://x.com/i/user/{pid}" if is_id(pid) else None


def without_at(handle: str | None) -> str:
    """Return a handle as X writes it: without the blanks and @ before it and the blanks behind it, case kept."""
    return (handle or "").lstrip(_BEFORE).rstrip(BLANKS)


def fold(handle: str) -> str:
    """Return the form under which two spellings of a handle are the same: `without_at`, lower case.

    The extension's ``People.fold`` does the same; both are tested with one table of cases.
    """
    lower = handle.lower()
    # An identifier has neither blank nor @. A look-up does this for eighty handles, and most are one.
    return lower if lower.isidentifier() else handle.lstrip(_BEFORE).rstrip(BLANKS).lower()


def stub(handle: str) -> str:
    """Return the key of a person known only by handle: "@" and the folded handle."""
    return "@" + fold(handle)


def is_stub(pid: str) -> bool:
    """Return whether a person's key stands for a handle whose id is not known yet."""
    return pid.startswith("@")


def same(handle: str | None, other: str | None) -> bool:
    """Return whether both are handles of one account; an unknown handle (None) equals no other."""
    return handle is not None and other is not None and fold(handle) == fold(other)


def handle_in_link(href: object) -> str | None:
    """Return the handle a link points to (``/wrenwrites/status/1`` gives ``wrenwrites``), or None.

    Relative links and links to x.com or twitter.com count; X's own pages (``/home``, ``/i/...``) do not.
    """
    if not isinstance(href, str):
        return None
    match = _PROFILE_LINK.fullmatch(href.strip())
    if match is None or not is_handle(match[1]) or match[1].lower() in RESERVED:
        return None
    return match[1]


def last_handle_in_text(text: object) -> str | None:
    """Return the last ``@handle`` in a text, for places that offer nothing but text.

    The last one, because a display name in front of it may itself look like a handle.
    """
    if not isinstance(text, str):
        return None
    handles = re.findall(r"@([A-Za-z0-9_]{1,20})(?![A-Za-z0-9_])", text)
    return handles[-1] if handles else None
