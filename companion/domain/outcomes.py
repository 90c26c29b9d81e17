"""What can come of a relationship: the eleven outcomes of essay 2."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "work": "Work",
        "business": "Business",
        "information": "Information",
        "referral": "A referral",
        "free": "Something free",
        "visit": "A visit",
        "client": "A client",
        "job": "A job",
        "mention": "A mention",
        "opportunity": "An opportunity",
        "fun": "Fun",
    }
)
"""Name -> words, in the essay's order: work, business, information, referrals, free stuff, visits; later the others."""
