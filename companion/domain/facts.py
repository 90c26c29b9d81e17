"""What a user can note about a person in fields: how they met, roles, context, other channels (pure data)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

HOW_MET: Mapping[str, str] = MappingProxyType(
    {
        "brand": "Through your work or brand",
        "linkedin": "Through LinkedIn or another network",
        "card": "By a card or a meeting in person",
        "stream": "In the stream",
        "reposts": "Through reposts of friends",
        "chat": "In a Twitter chat",
        "follow_back": "They followed, you looked",
    }
)
"""The seven ways of essay 5 -> their words."""

ROLES = (
    "customer", "media", "vendor", "partner", "mentor", "influencer", "advocate", "referrer",
)  # fmt: skip
"""Roles that are offered; further ones are the user's own words."""
FAIR, NOISE = "fair critic", "noise"
CRITICS = (FAIR, NOISE)
"""Two further roles: a critic who is worth an answer, and one who is not."""

CONTEXTS: Mapping[str, str] = MappingProxyType({"personal": "Personal", "business": "Business", "both": "Both"})

CHANNELS: Mapping[str, str] = MappingProxyType(
    {
        "mail": "Mail", "phone": "Phone", "site": "Website", "feed": "Feed", "linkedin": "LinkedIn",
        "mastodon": "Mastodon", "bluesky": "Bluesky", "instagram": "Instagram", "elsewhere": "Elsewhere",
    }
)  # fmt: skip
"""Other ways to reach somebody -> their words."""
