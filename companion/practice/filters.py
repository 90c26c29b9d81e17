"""Parses and writes filters on people in plain words, such as ``score > 60 and not met`` (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
    "discusses": "they say more than they link, as far as enough of their posts was seen",
    "follows me": "they follow you",
    "i follow": "you follow them",
}
"""True or not."""
NAMES = {
    "tag": "tag: riso",
    "circle": "circle: The Watchlist",
    "role": "role: customer",
    "context": "context: business",
    "how": "how: chat",
    "channel": "channel: mail",
    "suited": "suited: speaker",
}
"""Followed by a name, with an example."""
MOST = 12
_NUMBER = re.compile(r"(?P<what>[a-z ]+?)\s*(?P<sign><=|>=|<|>|=)\s*(?P<number>\d{1,6})")
_NAMED = re.compile(rf"(?P<what>{'|'.join(NAMES)})\s*[:=]\s*(?P<name>\S.*)", re.IGNORECASE | re.DOTALL)
_AND = re.compile(r"\s+and\s+|\s*[,;]\s*", re.IGNORECASE)
"""Joins conditions, but not inside of quotes: a tag may be called "ink and paper"."""
_OPENING = re.compile(r'[:=]\s*"')
"""A name is quoted from its first character on; a quotation mark inside of it is doubled."""
_QUOTED = re.compile(r'(?:[^"]|"")*"(?!")')


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
            plain = not _AND.search(f" {self.name} ") and not self.name.startswith('"')
            text = f"{self.what}: {self.name}" if plain else f"{self.what}: {_quoted(self.name)}"
        return f"not {text}" if self.negated else text


def parse(text: str) -> list[Condition]:
    """Return the conditions of a filter; all of them must hold.

    Raises:
        BodyError: A part of it is not understood; the message names the part and what is possible.
    """
    parts = [part.strip() for part in _parts(text) if part.strip()]
    if len(parts) > MOST:
        raise BodyError(f"A filter has at most {MOST} conditions.", field="filter")
    return list(dict.fromkeys(_condition(part) for part in parts))


def write(conditions: Iterable[Condition]) -> str:
    """Return the text that means these conditions."""
    return " and ".join(map(str, conditions))


def quoted(what: str, name: str) -> str:
    """Return the filter on a name, such as a tag, that means exactly this name."""
    return str(Condition(what, name=name))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _parts(text: str) -> Iterator[str]:
    """Yield the parts between joining words; what is in quotes is literal."""
    start = place = 0
    while place < len(text):
        if opening := _OPENING.match(text, place):
            place = _closed(text, opening.end())
        elif joint := _AND.match(text, place):
            yield text[start:place]
            start = place = joint.end()
        else:
            place += 1
    yield text[start:]


def _closed(text: str, place: int) -> int:
    """Return where a quoted name ends that begins at ``place``."""
    name = _QUOTED.match(text, place)
    if name is None:
        raise BodyError(
            f"The quotation mark at place {place} of the filter is not closed. Put one at the name's end.",
            field="filter",
            position=place - 1,
        )
    return name.end()


def _condition(part: str) -> Condition:
    negated, rest = _split_not(part)
    named = _NAMED.fullmatch(rest)
    if named:
        return Condition(named["what"].casefold(), name=_name(named["name"]), negated=negated)
    plain = " ".join(rest.casefold().split())
    if plain in FLAGS:
        return Condition(plain, negated=negated)
    compared = _NUMBER.fullmatch(plain)
    if compared and compared["what"] in NUMBERS:
        return Condition(compared["what"], compared["sign"], int(compared["number"]), negated=negated)
    raise BodyError(f"“{part}” is not understood as a filter. {HELP}", field="filter")


def _name(text: str) -> str:
    is_quoted = text.startswith('"') and text.endswith('"') and len(text) > 1
    return " ".join((text[1:-1].replace('""', '"') if is_quoted else text).split())


def _split_not(part: str) -> tuple[bool, str]:
    if part.casefold().startswith("not "):
        return True, part[4:].strip()
    return False, part


HELP = (
    f"Numbers: {', '.join(NUMBERS)} with > or <, as in score > 60. Yes or no: {', '.join(FLAGS)}, with or without "
    f"not. Names: {', '.join(NAMES.values())}. Join them with and."
)
