"""Parses and writes filters on people in plain words, such as ``score > 60 and not met`` (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from companion.errors import BodyError

NUMBERS = {
    "score": "the score",
    "quiet": "days since either wrote",
    "they": "days they wrote",
    "you": "days you wrote",
    "both": "days both wrote",
}
"""Compared with a number."""
FLAGS = {
    "met": "you met (a meal or a meeting is written down)",
    "note": "there is a note",
    "tagged": "there is a tag",
    "talked": "both wrote",
    "follows me": "they follow you",
    "i follow": "you follow them",
}
"""True or not."""
NAMES = {"tag": "tag: riso", "circle": "circle: The Watchlist"}
"""Followed by a name."""
MOST = 12
_NUMBER = re.compile(r"(?P<what>[a-z ]+?)\s*(?P<sign><=|>=|<|>|=)\s*(?P<number>\d{1,6})")
_NAMED = re.compile(r"(?P<what>tag|circle)\s*[:=]\s*(?P<name>\S.*)", re.IGNORECASE)
_AND = re.compile(r'(?:\s+and\s+|\s*[,;]\s*)(?=(?:[^"]*"[^"]*")*[^"]*$)', re.IGNORECASE)
"""Joins conditions, but not inside of quotes: a tag may be called "ink and paper"."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; ``str()`` writes it as the user would.

    Attributes:
        what: a key of ``NUMBERS``, ``FLAGS`` or ``NAMES``.
        sign: how a number is compared.
        number: what it is compared with.
        name: the tag or circle.
        negated: preceded by "not".
    """

    what: str
    sign: str = ""
    number: int = 0
    name: str = ""
    negated: bool = False

    def __str__(self) -> str:
        """Write the condition in the form that ``parse`` reads."""
        text = f"{self.what} {self.sign} {self.number}" if self.sign else self.what
        if self.name:
            text = f'{self.what}: "{self.name}"' if _AND.search(f" {self.name} ") else f"{self.what}: {self.name}"
        return f"not {text}" if self.negated else text


def parse(text: str) -> list[Condition]:
    """Return the conditions of a filter; all of them must hold.

    Raises:
        BodyError: A part of it is not understood; the message names the part and what is possible.
    """
    parts = [part.strip() for part in _AND.split(text.strip()) if part.strip()]
    if len(parts) > MOST:
        raise BodyError(f"A filter has at most {MOST} conditions.", field="filter")
    return list(dict.fromkeys(_condition(part) for part in parts))


def write(conditions: Iterable[Condition]) -> str:
    """Return the text that means these conditions."""
    return " and ".join(map(str, conditions))


def _condition(part: str) -> Condition:
    negated, rest = _split_not(part)
    named = _NAMED.fullmatch(rest)
    if named:
        return Condition(named["what"].casefold(), name=" ".join(named["name"].strip('"').split()), negated=negated)
    plain = " ".join(rest.casefold().split())
    if plain in FLAGS:
        return Condition(plain, negated=negated)
    compared = _NUMBER.fullmatch(plain)
    if compared and compared["what"] in NUMBERS:
        return Condition(compared["what"], compared["sign"], int(compared["number"]), negated=negated)
    raise BodyError(f"“{part}” is not understood as a filter. {HELP}", field="filter")


def _split_not(part: str) -> tuple[bool, str]:
    if part.casefold().startswith("not "):
        return True, part[4:].strip()
    return False, part


HELP = (
    f"Numbers: {', '.join(NUMBERS)} with > or <, as in score > 60. Yes or no: {', '.join(FLAGS)}, with or without "
    "not. Names: tag: riso, circle: The Watchlist. Join them with and."
)
