"""Formats the history with one person: who did what, when, the source and the link of each line (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from companion.domain.dates import local_day
from companion.domain.kinds import KINDS, LIGHT_KINDS, NO_WEIGHT_KINDS, OFF_X_KINDS, TALK, act_words
from companion.domain.word_diff import Piece
from companion.machine_zone import MACHINE
from companion.practice.timeline import HistoryLine
from companion.web import wording

SIDES = {"in": "they", "out": "you", "both": "both"}


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One row of the history; a touch in both directions is one row.

    Attributes:
        day: the user's day.
        at: when, epoch seconds UTC; puts the rows of one day in order.
        text: who did what, in English.
        side: they, you or both; "own" for what the user wrote about the person.
        line: the line of the timeline; the form that deletes it sends its key. None for what the user wrote.
        told: further words of ours, such as reasons, each to be said in the page's language.
        words: the user's own words.
        source: the source, in words.
        link: the post's address on X, empty if there is none.
        light: whether it is a like, a repost or a follow, which are told quietly.
        quote: the words of the post, as far as they are kept.
        pieces: what a version of the note changed.
    """

    day: date
    at: int
    text: str
    side: str
    line: HistoryLine | None = None
    told: tuple[str, ...] = ()
    words: str = ""
    source: str = ""
    link: str = ""
    light: bool = False
    quote: str = ""
    pieces: tuple[Piece, ...] = ()


SHOWN: Mapping[str, frozenset[str]] = {
    "words": frozenset(kind.name for kind in KINDS.values() if kind.weight == TALK and not kind.off_x),
    "off-x": frozenset(OFF_X_KINDS),
    "light": LIGHT_KINDS | NO_WEIGHT_KINDS,
}
"""What a filter of the history shows -> the kinds of act."""


def history_rows(lines: Iterable[HistoryLine], texts: Mapping[str, str], show: str = "") -> list[HistoryRow]:
    """Return the lines of a timeline as rows, each with the words of its post where they are kept.

    Args:
        lines: the lines, latest first.
        texts: post -> its words.
        show: a key of ``SHOWN``; anything else shows all.
    """
    rows: list[HistoryRow] = []
    for line in lines:
        if line.kind in SHOWN.get(show, KINDS):
            row = _row(line)
            rows.append(row if row.light else replace(row, quote=texts.get(line.post or "", "")))
    return rows


def _row(line: HistoryLine) -> HistoryRow:
    return HistoryRow(
        day=date.fromisoformat(line.day) if line.day else local_day(line.at, MACHINE),
        at=line.at,
        text=act_words(line.kind, line.direction),
        side=SIDES[line.direction],
        line=line,
        words=line.words,
        source=wording.source(line.source),
        light=line.kind in LIGHT_KINDS | NO_WEIGHT_KINDS,
        link=f"https://x.com/i/status/{line.post}" if line.post and line.post.isdigit() else "",
    )
