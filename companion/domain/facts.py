"""What a user can say of a person: how they met, roles, context, channels, fitness for a purpose (essays 3 to 5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

HOW_MET: Mapping[str, str] = MappingProxyType(
    {
        "brand": "They found you by your brand",
        "linkedin": "LinkedIn",
        "card": "A business card",
        "stream": "Posts in the stream",
        "reposts": "A repost of a friend's",
        "chat": "A chat",
        "follow_back": "They followed, you followed back",
        "other": "Another way",
    }
)
"""Name -> words: the seven ways of essay 5, in its order, and any other, which needs words of the user's own."""

FAIR, NOISE = "fair critic", "noisy critic"
"""A critic who is worth an answer, and one who is not."""
ROLES = (
    "customer", "media", "vendor", "partner", "mentor", "influencer", "advocate", "referrer", FAIR, NOISE,
)  # fmt: skip
"""Roles that are offered, of essays 4 (the first four, and critics), 5 and 1; a user may add any other."""

CONTEXTS: Mapping[str, str] = MappingProxyType(
    {"personal": "Personal", "business": "Business", "both": "Personal and business"}
)
"""Name -> words: essay 4's reasons to be on the network."""

CHANNELS: Mapping[str, str] = MappingProxyType(
    {
        "mail": "Mail",
        "phone": "Phone",
        "feed": "Feed",
        "site": "Website",
        "linkedin": "LinkedIn",
        "mastodon": "Mastodon",
        "bluesky": "Bluesky",
        "instagram": "Instagram",
        "facebook": "Facebook",
        "other": "Elsewhere",
    }
)
"""Name -> words: the other channels of essays 2 and 3."""

FITNESS: Mapping[str, str] = MappingProxyType({"yes": "suited", "perhaps": "perhaps suited", "no": "not suited"})
"""Name -> words, for a purpose such as "speaker"."""

_SHAPES: Mapping[str, tuple[re.Pattern[str], str]] = MappingProxyType(
    {
        "mail": (re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+"), "A mail address has one @, as in fern@kiln.example."),
        "phone": (re.compile(r"(?=(?:.*\d){3})[\d+*#() ./x-]+"), "A phone number has digits, as in +1 555 0100."),
        "feed": (re.compile(r"https?://\S+"), "A feed has an address that begins with https://."),
        "site": (re.compile(r"https?://\S+"), "A website has an address that begins with https://."),
    }
)
"""Channel -> the form of its address and what to say of another form; the channels not here take any text."""


def wrong_address(channel: str, address: str) -> str:
    """Return what is wrong with an address, empty if it fits its channel."""
    pattern, told = _SHAPES.get(channel, (None, ""))
    return told if pattern and not pattern.fullmatch(address) else ""
