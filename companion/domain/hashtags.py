"""Hashtags as X reads them: where one begins, what belongs to it, and when two are the same (pure).

twitter-text's rules: none right after a letter, a digit, an underscore or "&", none of digits alone, none inside of an
address.
"""

from __future__ import annotations

import re
import unicodedata

from companion.errors import BodyError

LONGEST = 60
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_TAG = re.compile(r"(?<![\w&/])[#＃](?=\w*[^\W\d_])(\w+)(?![#＃]|://)")


def key_of(tag: str) -> str:
    """Return the form under which two spellings of a tag are the same, without the sign."""
    return unicodedata.normalize("NFKC", tag.strip()).removeprefix("#").casefold()


def tags_in(text: str) -> list[str]:
    """Return the keys of the hashtags in a text, each once, in their order."""
    return list(dict.fromkeys(key_of(tag) for tag in _TAG.findall(_ADDRESS.sub(" ", text))))


def tag_of(text: str) -> str:
    """Return a tag that a user typed, with one sign before it. Raises ``BodyError`` if X would make none of it."""
    tag = f"#{text.strip().lstrip('#＃')}"
    if not _TAG.fullmatch(tag) or len(tag) > LONGEST:
        raise BodyError("A hashtag is letters and digits without spaces, as in #bookchat.", field="tag")
    return tag
