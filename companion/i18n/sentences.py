"""Recognises English sentences that hold values, so that they can be said in another language (pure).

Lower layers speak English and know no language; what they say is translated where it is shown. A pattern is an English
sentence with places: ``{n}`` the number that chooses the plural, ``{n_…}`` a further number, ``{date…}`` a day,
``{said_…}`` words that are translated in their turn, ``{list_…}`` such words with commas between, ``{known_…}`` words
that are if there is a translation, any other name a value that stays as it is (a name, a file).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from companion.i18n.formats import FORMATS

PLACE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
NUMBER = r"\d[\d,]*(?:\.\d+)?"
BEGIN = 3
"""Letters by which sentences that begin otherwise are passed over."""
LEAST_LETTERS = 7
"""Fixed letters from which a sentence is recognised by them alone."""
_MONTH = "|".join(FORMATS["en"].months)
DATE = rf"\d{{1,2}} (?:{_MONTH}) \d{{4}}"
DAY_OF_YEAR = rf"\d{{1,2}} (?:{_MONTH})"
"""A day of the current year, such as 3 Mar."""
MOMENT = r"\d{4}-\d\d-\d\d(?: \d\d:\d\d(?: UTC)?)?"
"""A day in the form of ISO 8601, with the minute if that is told, such as 2026-03-03 17:20 UTC."""


@dataclass(frozen=True)
class Pattern:
    """A sentence with places.

    Attributes:
        msgid: its entry in the catalogue.
        source: the regular expression of what it matches.
        weight: how many letters are fixed.
        begin: the fixed letters before the first place.
        end: those after the last.
    """

    msgid: str
    source: str
    weight: int
    begin: str
    end: str

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """What it matches, compiled when first needed: most patterns never are."""
        return re.compile(self.source, re.DOTALL)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A recognised sentence: its entry and its values by place."""

    msgid: str
    values: dict[str, str]


def pattern(sentence: str, msgid: str) -> Pattern:
    """Return the pattern of a sentence; ``msgid`` differs from it where the sentence is a plural."""
    parts, at, seen = [], 0, set()
    for place in PLACE.finditer(sentence):
        parts.append(re.escape(sentence[at : place.start()]))
        name = place[1]
        parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>{_kind(name)})")
        seen.add(name)
        at = place.end()
    parts.append(re.escape(sentence[at:]))
    begin = PLACE.split(sentence)[0]
    return Pattern(msgid, "".join(parts), len(PLACE.sub("", sentence)), begin, sentence[at:])


def tells(sentence: str) -> bool:
    """Return whether a sentence can be recognised: "{done} of {all}" would be found in anything."""
    names = PLACE.findall(sentence)
    checked = any(is_number(name) or name.startswith(("said_", "date")) for name in names)
    return bool(names) and (checked or len(PLACE.sub("", sentence)) >= LEAST_LETTERS)


def is_number(name: str) -> bool:
    """Whether a place holds a number."""
    return name == "n" or name.startswith("n_")


def _kind(name: str) -> str:
    if is_number(name):
        return NUMBER
    return f"(?:{DATE}|{DAY_OF_YEAR}|{MOMENT})" if name.startswith("date") else ".+?"


class Recogniser:
    """Finds the pattern of a sentence: the one with most fixed letters first.

    There are hundreds: only those that begin and end as the sentence does are tried.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._ranked = sorted(patterns, key=lambda one: (-one.weight, one.msgid))
        self._open = [one for one in self._ranked if len(one.begin) < BEGIN]
        self._near: dict[str, list[Pattern]] = {one.begin[:BEGIN]: [] for one in self._ranked}

    def _tried(self, begin: str) -> list[Pattern]:
        """Return the patterns that may fit a sentence by its first letters; the list is made when first asked for."""
        near = self._near.get(begin, self._open)
        if not near:
            near += [one for one in self._ranked if one.begin[:BEGIN] in (begin, begin[: len(one.begin)])]
        return near

    def all(self, sentence: str) -> Iterable[Recognised]:
        """Return every reading of a sentence, the most exact first."""
        for one in self._tried(sentence[:BEGIN]):
            match = one.expression.fullmatch(sentence) if sentence.endswith(one.end) else None
            if match:
                yield Recognised(one.msgid, match.groupdict())


def parts(text: str) -> list[str]:
    """Return the sentences of a text."""
    return re.split(r"(?<=[.!?]) (?=[A-Z“`])", text)
