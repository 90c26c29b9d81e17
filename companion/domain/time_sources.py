"""Kinds of X's pages by which the user's own time is told, as the extension measures it (pure)."""

from __future__ import annotations

SOURCES = {
    "home": "Home feed",
    "lists": "Lists",
    "chats": "Hashtags",
    "notifications": "Notifications",
    "messages": "Messages",
    "profiles": "Profiles",
    "posts": "Single posts",
    "other": "Elsewhere on X",
}
"""Name on the wire -> its words; the extension's ``background/time_spent.js`` has the same names."""
MOST_DAYS = 90
"""Days that are kept; older ones are left out by the extension already."""
