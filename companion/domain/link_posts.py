"""Tells posts that are nothing but a link elsewhere from those that say something (pure)."""

from __future__ import annotations

import re

LINK = re.compile(r"https?://\S+")
MOST_WORDS = 12
"""Words up to which a post with a link says no more than a headline does."""


def is_link_only(text: str, *, linked: bool) -> bool:
    """Return whether a post is a link with at most a headline, and speaks to nobody.

    Args:
        text: its words.
        linked: whether X gave it a link that is not in the words.
    """
    has_link = linked or LINK.search(text) is not None
    return has_link and len(LINK.sub("", text).split()) <= MOST_WORDS and "@" not in text
