"""Hand-made pictures as numbers for SVG templates (pure): rings, sparklines, circles around the user, charts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

STEP, MIDDLE = 6, 11
HEIGHTS = (0.0, 5.0, 8.0, 10.0)
"""A week of the sparkline in px: its step, the line between the two, how high one, two, three and more days stand."""
RING_RADIUS = 22.0
RINGS = ((46.0, 12.0, 6), (84.0, 9.0, 12), (122.0, 7.0, 20))
"""Circles around the user: radius, size of a head, how many heads."""
CENTRE = 150.0
TONES = 6


@dataclass(frozen=True, slots=True)
class Ring:
    """The score's ring: the drawn part and the whole of the stroke's length, and how solid it is (confidence).

    ``tone`` is "they", the other side's colour in every picture (the score says how much they talk back), or "none".
    """

    part: float
    whole: float
    solid: float
    tone: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a sparkline."""

    x: int
    y: float
    height: float
    side: str


@dataclass(frozen=True, slots=True)
class Head:
    """One person in the circles.

    Attributes:
        label: what a pointer or a screen reader is told.
        pid: whose page it leads to.
        x: place of the middle; ``y`` too.
        size: radius.
        tone: one of ``TONES`` colours, the same person always the same.
        arc: SVG path of their share of the talk; empty when they said nothing, a whole round when they said all.
        letters: initials.
    """

    label: str
    pid: str
    x: float
    y: float
    size: float
    tone: int
    arc: str
    letters: str


@dataclass(frozen=True, slots=True)
class Guest:
    """Who is to be drawn: ``score`` decides the ring, ``you`` and ``they`` are days each wrote."""

    pid: str
    name: str
    score: int
    you: int
    they: int


def ring(score: int | None, confidence: float) -> Ring:
    """Return the ring of a score; none is an empty ring of dashes."""
    whole = 2 * math.pi * RING_RADIUS
    if score is None:
        return Ring(0.0, round(whole, 1), 0.0, "none")
    return Ring(round(whole * max(score, 1) / 100, 1), round(whole, 1), round(0.4 + 0.6 * confidence, 2), "they")


def spark(trend: Sequence[tuple[int, int]]) -> list[Bar]:
    """Return the bars of a two-sided sparkline: they above the line, you below it."""
    bars = []
    for week, (they, you) in enumerate(trend):
        if they:
            height = HEIGHTS[min(they, 3)]
            bars.append(Bar(week * STEP, MIDDLE - height, height, "they"))
        if you:
            bars.append(Bar(week * STEP, MIDDLE + 1, HEIGHTS[min(you, 3)], "you"))
    return bars


def heads(guests: Sequence[Guest]) -> list[Head]:
    """Place people on rings around the user: the more they talk back, the closer; within a ring by name."""
    ordered = sorted(guests, key=lambda guest: (-guest.score, guest.pid))
    placed: list[Head] = []
    for number, (radius, size, places) in enumerate(RINGS):
        page = sorted(ordered[:places], key=lambda guest: (guest.name.casefold(), guest.pid))
        ordered = ordered[places:]
        for place, guest in enumerate(page):
            angle = 2 * math.pi * place / len(page) + number * 0.4 - math.pi / 2
            placed.append(_head(guest, CENTRE + radius * math.cos(angle), CENTRE + radius * math.sin(angle), size))
    return placed


def _head(guest: Guest, x: float, y: float, size: float) -> Head:
    total = guest.you + guest.they
    share = guest.they / total if total else 0.0
    label = f"{guest.name}: {guest.score}, they wrote on {guest.they} and you on {guest.you} days"
    return Head(
        label=label, pid=guest.pid, x=round(x, 1), y=round(y, 1), size=size, tone=tone_of(guest.pid),
        arc=arc(x, y, size + 2.5, share), letters=initials(guest.name),
    )  # fmt: skip


def arc(x: float, y: float, radius: float, share: float, begin: float = 0.0) -> str:
    """Return the path of a share (0 to 1) of a circle, clockwise from the top or from ``begin`` (0 to 1) on."""
    if share <= 0:
        return ""
    start, end = (2 * math.pi * turn for turn in (begin, begin + min(share, 0.999)))
    from_x, from_y = x + radius * math.sin(start), y - radius * math.cos(start)
    to_x, to_y = x + radius * math.sin(end), y - radius * math.cos(end)
    large = int(share > 0.5)
    return f"M {from_x:.1f} {from_y:.1f} A {radius:.1f} {radius:.1f} 0 {large} 1 {to_x:.1f} {to_y:.1f}"


def tone_of(pid: str) -> int:
    """Return the tone of a person, always the same."""
    return sum(pid.encode()) % TONES


def initials(name: str) -> str:
    """Return up to two letters that begin a name's words."""
    letters = [word[0] for word in name.split() if word[0].isalnum()]
    return "".join(letters[:1] + letters[-1:] if len(letters) > 1 else letters).upper()


CELL, GAP, ROW = 10, 2, 18
"""A week in a strip: its step and the gap to the next, and the height of the strip."""
DONUT, DONUT_RADIUS = 100.0, 74.0
"""Middle and radius of a donut's ring."""
SLIT = 0.004
"""The gap between two slices as a part of the whole, so that neighbours differ by more than their colour."""
COLUMN, COLUMN_HEIGHT, COLUMN_TOP = 36, 130, 18
"""Columns: the step from one to the next, the height of the tallest, the room for its number above it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One week of a strip: ``side`` is both, they (the upper half), you (the lower half) or none."""

    x: int
    y: float
    height: float
    side: str
    title: str = ""

    def titled(self, title: str) -> Cell:
        """Return the cell with what a pointer is told."""
        return replace(self, title=title)


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a donut: SVG path of its middle line, colour, and what a pointer is told."""

    path: str
    colour: str
    title: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its left edge, top, height, colour, the number above it, and what a pointer is told."""

    x: int
    y: float
    height: float
    colour: str
    number: int
    title: str


def cells(trend: Sequence[tuple[int, int]]) -> list[Cell]:
    """Return the weeks of (days they wrote, days you wrote) as cells."""
    half = ROW / 2
    shapes = {"both": (0.0, float(ROW)), "they": (0.0, half), "you": (half, half), "none": (half - 1, 2.0)}
    squares = []
    for week, (they, you) in enumerate(trend):
        side = "both" if they and you else "they" if they else "you" if you else "none"
        squares.append(Cell(week * CELL, *shapes[side], side))
    return squares


def slices(parts: Sequence[tuple[str, str, int]]) -> list[Slice]:
    """Return the donut of (title, colour, count), clockwise from the top; counts must not be 0."""
    total = sum(number for _, _, number in parts)
    begin, sectors = 0.0, []
    for title, colour, number in parts:
        share = number / total
        path = arc(DONUT, DONUT, DONUT_RADIUS, max(share - SLIT, SLIT / 2), begin)
        sectors.append(Slice(path, colour, title))
        begin += share
    return sectors


def columns(values: Sequence[int], named: Sequence[tuple[str, str]], *, steep: bool) -> list[Column]:
    """Return columns for values with their (name, colour); with ``steep`` the height grows with the logarithm."""
    tallest = max(values, default=0) or 1

    def height(value: int) -> float:
        part = math.log1p(value) / math.log1p(tallest) if steep else value / tallest
        return round(max(part * COLUMN_HEIGHT, 2.0) if value else 0.0, 1)

    return [
        Column(
            place * COLUMN, round(COLUMN_TOP + COLUMN_HEIGHT - height(value), 1), height(value), colour, value,
            f"{name}: {value} {'person' if value == 1 else 'people'}",
        )
        for place, (value, (name, colour)) in enumerate(zip(values, named, strict=True))
    ]  # fmt: skip
