"""Finds listed words and phrases as words, in any script, however the text dresses them up."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import msgspec

DATA = Path(__file__).parent / "data"

_INVISIBLE = re.compile("[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff\u064b-\u0652]")
"""Soft hyphens, direction marks, zero-width characters, Arabic vowel signs and stretching: drawn, but not read."""
_UNSPACED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
"""Scripts without spaces between words, or with endings joined to them (Thai, Lao, Khmer, Japanese, Chinese, Korean):
there a listed word is found anywhere."""
_TOKEN = re.compile(r"\w+(?:'\w+)*\*?|[.!?%$+/:#@()*]")
"""Words, and the few signs that belong to phrases; commas, quotes, dashes and emoji only separate."""


@lru_cache(maxsize=2048)
def readable(text: str) -> str:
    """Return the text as it is read: one form per character, folded case, nothing invisible, single spaces."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return re.sub(r"\s+", " ", plain.replace("’", "'")).strip()


@dataclass(frozen=True, slots=True)
class _Phrase:
    category: str
    shown: str
    tokens: tuple[str, ...]

    def matches(self, tokens: list[str], start: int) -> bool:
        """Whether the phrase stands at ``start``; * is any word, and a word ending in * may go on."""
        if start + len(self.tokens) > len(tokens):
            return False
        return all(_fits(wanted, tokens[at]) for at, wanted in enumerate(self.tokens, start))


def _fits(wanted: str, there: str) -> bool:
    return wanted == there or (wanted[-1] == "*" and there.startswith(wanted[:-1]))


class Matcher:
    """Phrases made ready to be looked for all at once: by their first word, and unspaced ones as they stand."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Take (category, phrase) pairs."""
        self._first: dict[str, list[_Phrase]] = defaultdict(list)
        self._open: list[_Phrase] = []
        self._unspaced: list[tuple[str, str]] = []
        for category, phrase in phrases:
            self._add(category, readable(phrase))
        for listed in (*self._first.values(), self._open):
            listed.sort(key=lambda phrase: -len(phrase.tokens))

    def _add(self, category: str, phrase: str) -> None:
        tokens = tuple(_TOKEN.findall(phrase))
        if _UNSPACED.search(phrase):
            self._unspaced.append((category, phrase))
        elif tokens:
            made = _Phrase(category, phrase.replace("*", "").strip(), tokens)
            (self._open if tokens[0].endswith("*") else self._first[tokens[0]]).append(made)

    def find(self, text: str) -> dict[str, tuple[str, ...]]:
        """Return category -> phrases found, in the order of the text, each once, the longest where several begin."""
        read = readable(text)
        tokens = [word for word in _TOKEN.findall(read) if word != "*"]
        found: dict[str, dict[str, None]] = defaultdict(dict)
        taken: dict[str, int] = {}
        for start, word in enumerate(tokens):
            for phrase in (*self._first.get(word, ()), *self._open):
                if taken.get(phrase.category, 0) <= start and phrase.matches(tokens, start):
                    taken[phrase.category] = start + len(phrase.tokens)
                    found[phrase.category][phrase.shown] = None
        if _UNSPACED.search(read):
            for category, shown in self._unspaced:
                if shown in read:
                    found[category][shown] = None
        return {category: tuple(shown) for category, shown in found.items()}


class _Stored(msgspec.Struct, frozen=True):
    """The lists as they lie in a file: category -> language -> phrases, with where they come from."""

    source: str
    categories: dict[str, dict[str, list[str]]]


@dataclass(frozen=True, eq=False)
class WordLists:
    """The word lists: category -> phrases of every language."""

    categories: Mapping[str, tuple[str, ...]]
    matcher: Matcher = field(init=False)

    def __post_init__(self) -> None:
        pairs = [(category, phrase) for category, phrases in self.categories.items() for phrase in phrases]
        object.__setattr__(self, "matcher", Matcher(pairs))

    def find(self, text: str, category: str) -> tuple[str, ...]:
        """Return the phrases of a category that stand in the text."""
        return _find(self, text).get(category, ())


@lru_cache(maxsize=2048)
def _find(lists: WordLists, text: str) -> Mapping[str, tuple[str, ...]]:
    return lists.matcher.find(text)


def read_lists(own: Path | None = None) -> WordLists:
    """Return the lists: the user's own file where there is one (it replaces whole categories), else those supplied.

    Raises:
        OSError: if the user's file cannot be read.
        msgspec.DecodeError: if it is not a word list.
    """
    paths = [DATA / "words.json", *([own] if own is not None and own.is_file() else [])]
    joined: dict[str, tuple[str, ...]] = {}
    for path in paths:
        stored = msgspec.json.decode(path.read_bytes(), type=_Stored)
        joined |= {name: tuple(p for told in by.values() for p in told) for name, by in stored.categories.items()}
    return WordLists(joined)


@lru_cache(maxsize=1)
def supplied_lists() -> WordLists:
    """Return the supplied lists, read once."""
    return read_lists()


@lru_cache(maxsize=64)
def _matcher(phrases: tuple[str, ...]) -> Matcher:
    return Matcher(("", phrase) for phrase in phrases)


def found_words(text: str, phrases: Iterable[str]) -> tuple[str, ...]:
    """Return which of the phrases (the viewer's topics, say) stand in the text as words."""
    return _matcher(tuple(phrases)).find(text).get("", ())


def is_only_symbols(text: str) -> bool:
    """Tell whether a text has no letter or digit at all: emoji, hearts, dots."""
    return bool(text.strip()) and not any(character.isalnum() for character in readable(text))
