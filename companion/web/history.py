"""Formats the history with one person: who did what, when, the source and the link of each line (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from companion.domain.kinds import KINDS, LIGHT_KINDS, NO_WEIGHT_KINDS, OFF_X_KINDS, TALK, act_words
from companion.practice.timeline import HistoryLine
from companion.web import wording

SIDES = {"in": "they", "out": "you", "both": "both"}


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One row of the history; a touch in both directions is one row.

    Attributes:
        line: the line of the timeline; the form that deletes it sends its key.
        text: who did what.
        side: they, you or both.
        date: the day.
        iso: the time in ISO 8601.
        source: the source, in words.
        link: the post's address on X, empty if there is none.
        light: whether it is a like, a repost or a follow, which are told quietly.
        quote: the words of the post, as far as they are kept.
        same_day: whether the row before is of the same day, which is told once.
    """

    line: HistoryLine
    text: str
    side: str
    date: str
    iso: str
    source: str
    link: str
    light: bool = False
    quote: str = ""
    same_day: bool = False


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
            quote = texts.get(line.post or "", "") if line.kind not in LIGHT_KINDS | NO_WEIGHT_KINDS else ""
            same = bool(rows) and rows[-1].date == row.date
            rows.append(replace(row, quote=quote, same_day=same))
    return rows


def _row(line: HistoryLine) -> HistoryRow:
    text = act_words(line.kind, line.direction)
    return HistoryRow(
        line=line,
        text=f"{text}: {line.words}" if line.words else text,
        side=SIDES[line.direction],
        date=wording.day(line.day) if line.day else wording.date(line.at),
        iso=line.day or wording.iso(line.at),
        source=wording.source(line.source),
        light=line.kind in LIGHT_KINDS | NO_WEIGHT_KINDS,
        link=f"https://x.com/i/status/{line.post}" if line.post and line.post.isdigit() else "",
    )
