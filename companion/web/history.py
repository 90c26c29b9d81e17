"""The history of one relation as lines to show: who did what, when, where it is known from, with its link (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from companion.domain.kinds import act_words
from companion.practice.timeline import Line
from companion.web import wording

SIDES = {"in": "they", "out": "you", "both": "both"}


@dataclass(frozen=True, slots=True)
class Moment:
    """One line; a touch of both is one line and not two.

    Attributes:
        line: as the history has it; its key goes into the form that deletes it.
        said: who did what.
        side: they, you or both.
        date: the day.
        iso: the time for machines.
        source: where it is known from.
        link: the post's address on X, empty if there is none.
    """

    line: Line
    said: str
    side: str
    date: str
    iso: str
    source: str
    link: str


def moments_of(lines: Iterable[Line]) -> list[Moment]:
    """Return the lines in words."""
    return [_moment(line) for line in lines]


def _moment(line: Line) -> Moment:
    said = act_words(line.kind, line.direction)
    return Moment(
        line=line,
        said=f"{said}: {line.words}" if line.words else said,
        side=SIDES[line.direction],
        date=wording.date(line.at),
        iso=wording.iso(line.at),
        source=wording.source(line.source),
        link=f"https://x.com/i/status/{line.post}" if line.post and line.post.isdigit() else "",
    )
