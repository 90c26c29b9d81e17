"""Decisions about a person (follow back, wait, no, unfollowed, muted, blocked) and their reasons, in English words."""

from __future__ import annotations

DECISIONS = {
    "follow_back": "You followed back",
    "wait": "You chose to wait",
    "no": "You passed",
    "unfollowed": "You unfollowed",
    "muted": "You muted",
    "blocked": "You blocked",
}
"""Decision -> how a sentence about it begins."""

REASONS = {
    "sells_followers": "sells followers",
    "adult": "adult",
    "never_posts": "never posts",
    "does_not_follow_back": "does not follow back",
    "behaves_badly": "behaves badly",
    "own": "",
    "only_sells": "only sells",
    "broadcasts": "talks to no one",
    "automatic": "automatic messages",
}
"""Reason -> its words, in the order of the keys 1 to 9.

First the five reasons of the essay on whom not to keep and the user's own words, then what the other essays name:
selling instead of relating, one-way broadcasting, and messages sent by software.
"""

WAIT_DAYS = 30
"""Default length of the decision "wait", in days."""
