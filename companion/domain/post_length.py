"""Counts how long a post is the way X does, and makes the address that opens X's own composer with a text (pure).

The rules are those of twitter-text's configuration, version 3: normal form C, weights by code point, 23 for a link,
2 for an emoji however many code points make it.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

MOST = 280
"""The longest post of an ordinary account, in X's units."""
LINK = 23
"""What any link counts, since X replaces it by a short one."""
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that count 1; all others count 2."""
_URL = re.compile(
    r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]]"
    r"|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|app|info|blog|edu|gov)\b(?:/[^\s<>\"]*[^\s<>\".,;:!?)\]])?",
    re.IGNORECASE | re.ASCII,
)
_PICTURE = (
    "[\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff]"
)
_ONE = f"(?:{_PICTURE}\ufe0f?[\U0001f3fb-\U0001f3ff]?(?:[\U000e0020-\U000e007e]+\U000e007f)?)"
_EMOJI = re.compile(
    f"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_ONE}(?:\u200d{_ONE})*|[\u00a9\u00ae\u203c\u2049\u2122\u2139]\ufe0f"
)
ADDRESS_MOST = 2000
"""Longest address that every browser and X take; a longer text is copied instead."""
COMPOSER = "https://x.com/intent/post"


def post_length(text: str) -> int:
    """Return a post's length in X's units."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    links = len(_URL.findall(text))
    rest = _URL.sub("", text)
    emoji = len(_EMOJI.findall(rest))
    return LINK * links + 2 * emoji + sum(map(_weight, _EMOJI.sub("", rest)))


def fits(text: str) -> bool:
    """Return whether a text is a post of an ordinary account."""
    return 0 < post_length(text) <= MOST


def composer_address(text: str, answers: str = "") -> str:
    """Return the address that opens X's composer with a text; nothing is sent until the user presses Post there.

    Args:
        text: what to say.
        answers: the id of the post that it answers, if any.

    Returns:
        The address, empty if it would be longer than ``ADDRESS_MOST``.
    """
    reply = f"&in_reply_to={answers}" if answers.isascii() and answers.isdigit() else ""
    address = f"{COMPOSER}?text={quote(text, safe='')}{reply}"
    return address if len(address) <= ADDRESS_MOST else ""


def _weight(character: str) -> int:
    point = ord(character)
    return 1 if any(first <= point <= last for first, last in _LIGHT) else 2
