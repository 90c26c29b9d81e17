"""How much fits: the longest texts and lists that a user may write, counted in code points here and in the extension.

The extension has the same numbers in ``lib/tables.js``, which `python -m scripts.docs.extension_tables` writes.
"""

from __future__ import annotations

NOTE = 10_000
ALIAS = 60
TAG = 40
TAGS = 50
"""Tags of one person; more cannot be told apart on a card."""
TOUCH = 200
"""A few words about a call or a meeting."""
STEP = 200
"""The words of a next step."""
FACT = 200
"""A few words about a person: how you met, their manner, what a judgement rests on."""
ADDRESS = 200
"""A mail address, a phone number or a link."""
ROLES = 20
"""Roles of one person."""
REASON = 500
"""The user's own words for a decision."""
TEMPLATE = 1_000
"""A text with fields; a post is shorter, once they are filled in."""
TEMPLATE_NAME = 60
TEMPLATES = 200
CIRCLE = 40
CIRCLES = 50
"""Circles that the user made, and circles of one person."""
FILTER_NAME = 40
SEARCH = 200
TOPIC = 60
GOALS = 20
GOAL_TOPICS = 400
"""Characters of the topics of one goal, with commas between."""
TOPICS = 100
HANDLE = 20
"""X allows 15 characters today; some old accounts have up to 20."""
HANDLES = 40
"""Handles in one badge look-up: about a screenful."""

PAGE = {
    "minute": {"answers": 240, "characters": 60_000_000},
    "day": {"answers": 20_000, "characters": 4_000_000_000},
}
"""How much X's page may hand over, since any script of the page can make answers up. It is above what a person can look
at: four answers a second, or twenty a minute of 3 MB; 14 a minute all day. The extension counts, before it sends."""

SHARED = {
    "note": NOTE,
    "alias": ALIAS,
    "tag": TAG,
    "tags": TAGS,
    "touch": TOUCH,
    "reason": REASON,
    "search": SEARCH,
    "handles": HANDLES,
}
"""What the extension needs too, by the name that it has there."""
