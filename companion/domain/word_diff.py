"""Compares two texts word by word, so that a version of a note shows only what it changed (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, NEW, GONE = "same", "new", "gone"
AROUND = 3
"""Words left and right of a change that are shown with it."""
_WORD = re.compile(r"\s*\S+|\s+$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: ``how`` is "same", "new" or "gone"."""

    how: str
    text: str


def changes(before: str, after: str) -> list[Piece]:
    """Return what changed from one text to the next, with a few words around it; empty for equal words."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    blocks = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False)
    codes = blocks.get_opcodes()
    if all(code[0] == "equal" for code in codes):
        return []
    pieces: list[Piece] = []
    for place, (tag, a, b, c, d) in enumerate(codes):
        if tag == "equal":
            pieces.append(Piece(SAME, _shortened(new[c:d], first=place == 0, last=place == len(codes) - 1)))
            continue
        pieces += [Piece(how, "".join(run).strip()) for how, run in ((GONE, old[a:b]), (NEW, new[c:d])) if run]
    return [piece for piece in pieces if piece.text]


def _shortened(words: list[str], *, first: bool, last: bool) -> str:
    """Return an unchanged run: what is far from a change is told by an ellipsis."""
    left, right = (0 if first else AROUND), (0 if last else AROUND)
    if len(words) <= left + right + 1:
        return "".join(words).strip()
    parts = ["".join(words[:left]).strip(), "…", "".join(words[len(words) - right :]).strip() if right else ""]
    return " ".join(part for part in parts if part)
