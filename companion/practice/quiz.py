"""Name your followers: who is asked about, whether a name fits, and hints that do not give it away (pure).

Essay 4: "Can you really name all of your followers?" Nothing of it is kept: it is a game of one day.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from random import Random

QUESTIONS, FEWEST = 10, 4
"""How many are asked; with fewer than the fewest there is no game."""
LETTERS = 3
"""Letters of an alphabet that name somebody; one or two characters are a name in Chinese, Japanese and Korean."""
_WIDE = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_GAP = "…"


def choose(known: Iterable[str], others: Iterable[str], seed: str, most: int = QUESTIONS) -> list[str]:
    """Return whom to ask about: half known (a note, or talk of both) and half not, if there are; the same for a seed.

    Args:
        known: people with a note or talk of both.
        others: further people.
        seed: such as the day; a reload shows the same.
        most: how many are asked.
    """
    dice = Random(seed)
    first = sorted(set(known))
    second = sorted(set(others) - set(first))
    for listed in (first, second):
        dice.shuffle(listed)
    half = max(most // 2, most - len(second))
    chosen = first[:half]
    chosen += second[: most - len(chosen)]
    dice.shuffle(chosen)
    return chosen


def plain(text: str) -> str:
    """Return a text without case, accents, signs and spaces, as names are compared."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in parts if not unicodedata.combining(character))
    return "".join(character for character in unicodedata.normalize("NFKC", bare) if character.isalnum())


def names_them(typed: str, names: Sequence[str]) -> bool:
    """Return whether what was typed is a name of theirs or enough of one."""
    guess = plain(typed)
    enough = 1 if _WIDE.search(unicodedata.normalize("NFKC", typed)) else LETTERS
    wholes = [plain(name) for name in names if plain(name)]
    return guess in wholes or (len(guess) >= enough and any(guess in whole for whole in wholes))


def hint(text: str, names: Sequence[str], most: int = 160) -> str:
    """Return a text as a hint: without their names and handles, on one line, shortened."""
    parts = {
        part for name in names for part in (name, *name.split()) if len(plain(part)) >= LETTERS or _WIDE.search(part)
    }
    pattern = "|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True))
    told = re.sub(rf"@?(?:{pattern})", _GAP, text, flags=re.IGNORECASE) if pattern else text
    told = " ".join(told.split())
    return told if len(told) <= most else f"{told[: most - 1].rstrip()}{_GAP}"
