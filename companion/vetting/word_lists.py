"""Finds listed words and phrases in a text as whole words, in any script and in spite of disguises."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import msgspec

from companion.domain.typed_json import decoded

DATA = Path(__file__).parent / "data"

_INVISIBLE = re.compile("[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff\u064b-\u0652]")
"""Soft hyphens, direction marks, zero-width characters, Arabic vowel signs and stretching: displayed, but not read."""
_UNSPACED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
"""Scripts without spaces between words, or with endings joined to them (Thai, Lao, Khmer, Japanese, Chinese, Korean):
there a listed word is found anywhere."""
_SHORTENED = re.compile(r"https?://t\.co/\w+")
"""X's own short links, which are in most posts and carry no words."""
_SIGNS = ".!?:/#@"
"""The commonest of the signs below, split off first: the rest is nearly always a plain word."""
_TOKEN = re.compile(r"\w+(?:'\w+)*\*?|[.!?%$+/:#@()*]")
"""Words, and the few signs that belong to phrases; commas, quotes, dashes and emoji only separate."""


@lru_cache(maxsize=2048)
def readable(text: str) -> str:
    """Return the text normalised: NFKC, case-folded, without invisible characters, single spaces."""
    plain = text.replace("…", "...").replace("’", "'")
    if not plain.isascii():  # else there is nothing to make one form of, and nothing invisible
        plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", plain))
    return " ".join(plain.casefold().split())


@lru_cache(maxsize=2048)
def tokens_of(text: str) -> list[str]:
    """Return the words and signs of the normalised text. The list is cached: callers must not change it."""
    read = _SHORTENED.sub("", readable(text))
    for sign in _SIGNS:
        if sign in read:
            read = read.replace(sign, f" {sign} ")
    tokens: list[str] = []
    for word in read.split():
        if word.isalnum() or word in _SIGNS:
            tokens.append(word)
        else:
            tokens += _TOKEN.findall(word)
    return [word for word in tokens if word != "*"] if "*" in text else tokens


@dataclass(frozen=True, slots=True)
class _Phrase:
    category: str
    shown: str
    tokens: list[str]
    exact: bool
    """The phrase has no wildcard."""

    def matches(self, tokens: list[str], start: int) -> bool:
        """Return whether the phrase is at ``start``; * matches any word, and a word ending in * any word it begins."""
        there = tokens[start : start + len(self.tokens)]
        if self.exact or len(there) < len(self.tokens):
            return there == self.tokens
        return all(map(_fits, self.tokens, there))


def _fits(wanted: str, there: str) -> bool:
    return wanted == there or (wanted[-1] == "*" and there.startswith(wanted[:-1]))


class Matcher:
    """Searches for many phrases at once: indexed by their first two words, those of unspaced scripts as they are."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Index (category, phrase) pairs."""
        self._first: dict[str, list[_Phrase]] = defaultdict(list)
        self._open: list[_Phrase] = []
        self._unspaced: list[tuple[str, str]] = []
        for category, phrase in phrases:
            self._add(category, readable(phrase))
        self._begun = {word: _by_second([*listed, *self._open]) for word, listed in self._first.items()}
        self._open.sort(key=_longest)

    def _add(self, category: str, phrase: str) -> None:
        tokens = _TOKEN.findall(phrase)
        if _UNSPACED.search(phrase):
            self._unspaced.append((category, phrase))
        elif tokens:
            exact = not any(token.endswith("*") for token in tokens)
            made = _Phrase(category, phrase.replace("*", "").strip(), tokens, exact)
            (self._open if tokens[0].endswith("*") else self._first[tokens[0]]).append(made)

    def find(self, text: str) -> dict[str, tuple[str, ...]]:
        """Return category -> phrases found, in the order of the text, each once, the longest where several begin."""
        matches: dict[str, dict[str, None]] = defaultdict(dict)
        self._walk(tokens_of(text), matches)
        if self._unspaced and not text.isascii() and _UNSPACED.search(read := readable(text)):
            for category, shown in self._unspaced:
                if shown in read:
                    matches[category][shown] = None
        return {category: tuple(shown) for category, shown in matches.items()}

    def _walk(self, tokens: list[str], matches: dict[str, dict[str, None]]) -> None:
        """Add the phrases in the tokens to ``matches``; phrases of one category do not overlap."""
        taken: dict[str, int] = {}
        begins = [at for at, word in enumerate(tokens) if self._open or word in self._begun]
        for start in begins:
            begun = self._begun.get(tokens[start])
            second = tokens[start + 1] if start + 1 < len(tokens) else ""
            for phrase in begun.get(second, begun[""]) if begun else self._open:
                if phrase.matches(tokens, start) and taken.get(phrase.category, 0) <= start:
                    taken[phrase.category] = start + len(phrase.tokens)
                    matches[phrase.category][phrase.shown] = None


def _longest(phrase: _Phrase) -> int:
    return -len(phrase.tokens)


def _by_second(phrases: list[_Phrase]) -> dict[str, list[_Phrase]]:
    """Return second word -> phrases that it continues, the longest first; under "" those that fit any second word."""
    any_second = [phrase for phrase in phrases if len(phrase.tokens) == 1 or phrase.tokens[1].endswith("*")]
    seconds = {phrase.tokens[1] for phrase in phrases if phrase not in any_second}
    exact = {word: [phrase for phrase in phrases if phrase.tokens[1:2] == [word]] for word in seconds}
    return {"": sorted(any_second, key=_longest)} | {
        word: sorted(any_second + listed, key=_longest) for word, listed in exact.items()
    }


class _Stored(msgspec.Struct, frozen=True):
    """The lists as stored in a file: category -> language -> phrases, with where they come from."""

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
        """Return the phrases of a category that the text contains."""
        return _find(self, text).get(category, ())

    def found(self, text: str) -> Mapping[str, tuple[str, ...]]:
        """Return category -> its phrases that the text contains; categories without any are left out."""
        return _find(self, text)


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
        stored = decoded(path.read_bytes(), _Stored)
        joined |= {name: tuple(p for phrases in by.values() for p in phrases) for name, by in stored.categories.items()}
    return WordLists(joined)


@lru_cache(maxsize=1)
def supplied_lists() -> WordLists:
    """Return the supplied lists, read once."""
    return read_lists()


@lru_cache(maxsize=64)
def _matcher(phrases: tuple[str, ...]) -> Matcher:
    return Matcher(("", phrase) for phrase in phrases)


def found_words(text: str, phrases: Iterable[str]) -> tuple[str, ...]:
    """Return which of the phrases (such as the viewer's topics) the text contains as words."""
    return _matcher(tuple(phrases)).find(text).get("", ())


def is_only_symbols(text: str) -> bool:
    """Return whether a text has no letter or digit at all: emoji, hearts, dots."""
    return bool(text.strip()) and not any(character.isalnum() for character in readable(text))
