"""Formats the history with one person: who did what, when, the source and the link of each line (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from companion.domain.kinds import act_words
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
    """

    line: HistoryLine
    text: str
    side: str
    date: str
    iso: str
    source: str
    link: str


def history_rows(lines: Iterable[HistoryLine]) -> list[HistoryRow]:
    """Return the lines of a timeline as rows."""
    return [_row(line) for line in lines]


def _row(line: HistoryLine) -> HistoryRow:
    text = act_words(line.kind, line.direction)
    return HistoryRow(
        line=line,
        text=f"{text}: {line.words}" if line.words else text,
        side=SIDES[line.direction],
        date=wording.day(line.day) if line.day else wording.date(line.at),
        iso=line.day or wording.iso(line.at),
        source=wording.source(line.source),
        link=f"https://x.com/i/status/{line.post}" if line.post and line.post.isdigit() else "",
    )
