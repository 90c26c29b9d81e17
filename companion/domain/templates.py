"""Texts with fields in braces, such as ``Good morning {handle}``: checked when kept, filled from facts (pure).

A fact that is not known is never filled in as "None": it is left out, or leaves a marked gap.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from companion.errors import BodyError

FIELDS = {
    "handle": "their handle, with @",
    "first_name": "their first name; left out where it is not known",
    "last_post": "the latest post of theirs that was seen, shortened",
    "last_post_link": "its link",
    "topic": "a topic that you share",
    "chat": "the next chat's hashtag",
    "chat_time": "its day and hour",
}
"""What can stand in braces -> what it is."""
LEFT_OUT = frozenset({"first_name"})
"""Fields that leave no gap where nothing is known; the space or comma before them goes too."""
_FIELD = re.compile(r"\{([^{}]*)\}")
_BY_HAND = re.compile(r"\[([a-z][a-z ]{0,30})\]")
"""A gap that the template itself leaves."""
_OPEN = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its fields filled in.

    Attributes:
        text: the text; a gap is the field's name in square brackets.
        gaps: what the user has to fill in, the template's own first.
    """

    text: str
    gaps: tuple[str, ...] = ()


def check(text: str) -> None:
    """Check a text before it is kept.

    Raises:
        BodyError: A field is not known (the message offers the nearest one), or a brace is left alone.
    """
    for name in fields_of(text):
        if name not in FIELDS:
            nearest = difflib.get_close_matches(name, FIELDS, 1)
            hint = f"Did you mean {{{nearest[0]}}}?" if nearest else f"There are {', '.join(FIELDS)}."
            raise BodyError(f"There is no field {{{name}}}. {hint}", field="text")
    if alone := _OPEN.search(_FIELD.sub("", text)):
        raise BodyError(f"The {alone[0]} stands alone. A field is written like {{handle}}.", field="text")


def fields_of(text: str) -> Iterator[str]:
    """Yield the names in braces."""
    return (match[1].strip() for match in _FIELD.finditer(text))


def fill(text: str, facts: Mapping[str, str]) -> Filled:
    """Return a text with its fields filled in from what is known; a field without a fact is absent or empty."""
    gaps = _BY_HAND.findall(text)

    def one(match: re.Match[str]) -> str:
        name = match[1].strip()
        if value := facts.get(name, ""):
            return value
        gaps.append(name.replace("_", " "))
        return f"[{name.replace('_', ' ')}]"

    for name in LEFT_OUT:
        if not facts.get(name):
            text = re.sub(r"[ ,]*\{\s*" + name + r"\s*\}", "", text)
    return Filled(_FIELD.sub(one, text).strip(), tuple(gaps))
