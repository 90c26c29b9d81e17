"""What can come of a relationship: the eleven outcomes of essay 2, and help either way."""

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

WAYS: Mapping[str, str] = MappingProxyType({"they": "They helped you", "you": "You helped them"})
FAVOURS: Mapping[str, str] = MappingProxyType(
    {"intro": "an introduction", "share": "a share", "advice": "advice", "work": "a hand", "other": "something else"}
)
"""Name -> words: what help was; essay 5 asks that a relation be of use to both."""

ASKING: Mapping[str, str] = MappingProxyType(
    {"draft": "not asked yet", "asked": "asked, no answer yet", "answered": "answered"}
)
"""Where a question about a person stands."""
