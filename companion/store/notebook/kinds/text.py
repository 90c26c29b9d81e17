"""Validation of text that a user typed, with error messages that say what is wrong and what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from companion.errors import BodyError


def text_of(body: Mapping[str, object], name: str, most: int, *, lines: bool = False) -> str:
    """Return the text in a field, with uniform line ends.

    Args:
        body: the received body.
        name: the field's name.
        most: the largest number of characters.
        lines: whether the text may have several lines (and tabs).

    Raises:
        BodyError: it is missing, not text, too long, or has control characters or lone surrogates.
    """
    value = body.get(name)
    if not isinstance(value, str):
        raise BodyError(f"The {name} must be text; send an empty text to take it away.", field=name)
    return checked(value, name, most, lines=lines)


def checked(value: str, name: str, most: int, *, lines: bool = False) -> str:
    """Return the text with uniform line ends; raises ``BodyError`` if it is too long or cannot be shown."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    if len(value) > most:
        raise BodyError(f"The {name} has {len(value):,} characters; at most {most:,} fit. Shorten it.", field=name)
    if not value.isprintable():  # fast path for ordinary text; it also rejects some allowed spaces and marks
        for position, character in enumerate(value):
            if unicodedata.category(character) in ("Cc", "Cs") and not (lines and character in "\n\t"):
                raise BodyError(_unseen(name, character, position), field=name, position=position)
    return value


def _unseen(name: str, character: str, position: int) -> str:
    what = "a line break" if character == "\n" else f"the control character U+{ord(character):04X}"
    if unicodedata.category(character) == "Cs":
        what = f"half of a character (U+{ord(character):04X})"
    return f"The {name} has {what} at place {position + 1}, which cannot be kept. Take it out and save again."
