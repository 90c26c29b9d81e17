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
        BodyError: it is missing, not text, too long, or has lone surrogates; see `checked`.
    """
    value = body.get(name)
    if not isinstance(value, str):
        raise BodyError(f"The {name} must be text; send an empty text to take it away.", field=name)
    return checked(value, name, most, lines=lines)


_BREAKS = str.maketrans(dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n"))
"""What slides, Word and terminals write for a line break."""


def checked(value: str, name: str, most: int, *, lines: bool = False) -> str:
    """Return the text with uniform line ends and without control characters, which nobody sees and nobody typed.

    Raises:
        BodyError: it is too long, has a line break where there is one line, or half of a character.
    """
    value = value.replace("\r\n", "\n")
    if not value.isprintable():  # fast path for ordinary text; it also rejects some allowed spaces and marks
        value = _plain(value.translate(_BREAKS) if lines else value.replace("\r", "\n"))
        for position, character in enumerate(value):
            if unicodedata.category(character) in ("Cc", "Cs") and not (lines and character in "\n\t"):
                raise BodyError(_unseen(name, character, position), field=name, position=position)
    if len(value) > most:
        raise BodyError(f"The {name} has {len(value):,} characters; at most {most:,} fit. Shorten it.", field=name)
    return value


def _plain(value: str) -> str:
    return "".join(c for c in value if c in "\n\t" or unicodedata.category(c) != "Cc")


def same_text(first: str, second: str) -> bool:
    """Return whether texts are equal but for what is cleaned from a text: line ends, control characters, its edges."""
    one, two = (_plain(text.replace("\r\n", "\n").translate(_BREAKS)).strip() for text in (first, second))
    return one == two


def has_controls(text: str) -> bool:
    """Return whether a text has control characters, which `checked` takes out of what is written."""
    return any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in text)


def _unseen(name: str, character: str, position: int) -> str:
    what = "a line break" if character == "\n" else "a tab"
    if unicodedata.category(character) == "Cs":
        what = f"half of a character (U+{ord(character):04X})"
    return f"The {name} has {what} at place {position + 1}, which cannot be kept. Take it out and save again."
