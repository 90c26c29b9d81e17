"""The host of a link, and the hosts that only redirect (link shorteners)."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

SHORTENERS = frozenset(
    {
        "t.co", "bit.ly", "tinyurl.com", "goo.gl", "ow.ly", "is.gd", "buff.ly", "rebrand.ly", "cutt.ly", "shorturl.at",
        "rb.gy", "t.ly", "dlvr.it", "ift.tt", "lnkd.in", "wowurl.com", "adf.ly", "shorte.st", "tiny.cc", "bl.ink",
        "s.id",
    }
)  # fmt: skip
"""Hosts that only redirect; some, like adf.ly, show advertisements before."""


@lru_cache(maxsize=2048)
def host_of(link: str) -> str:
    """Return the host of an address without www., or "" if it has none."""
    try:
        return (urlsplit(link if "//" in link else f"//{link}").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
