"""Your years: whom you wrote to most in each, as bars that are joined from year to year (pure).

A piece is one person in one year, as tall as the days on which you wrote to them; the best of a year stand in a column.
A band joins the pieces of one person; over years in which they are not among the best it is thinner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from companion.web.svg import TONES

BEST = 5
"""People shown of one year."""
STEP, WIDTH, GAP = 92, 22, 6
"""A year's column: the step to the next, its width, the gap between two people, in px."""
TALLEST = 240
"""The height of the column of most days."""
LEAST = 7.0
"""The least height of a piece, so that it can be pressed."""
BAND_YEARS = 3
"""From how many years on bands are drawn; fewer are bars side by side."""
LASTING_YEARS = 5
LONGEST = 3
"""People of most years that are named."""
THIN = 0.3
"""The height of a band over missing years, as a part of the pieces it joins."""
Days = tuple[str, int, int]
"""A person's pid, a year, and the days of it on which the user wrote to them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One person in one year."""

    pid: str
    year: int
    days: int
    x: int
    y: float
    height: float
    tone: int


@dataclass(frozen=True, slots=True)
class Band:
    """The SVG path between two pieces of a person."""

    path: str
    tone: int


@dataclass(frozen=True, slots=True)
class Years:
    """The drawing and what it says.

    Attributes:
        years: all years from the first to the last, with their column's left edge.
        pieces: people in years.
        bands: what joins them.
        width: of the drawing, in px.
        people: how many people the user ever wrote to.
        lasting: how many of them in five years or more.
        longest: those of most years, then of most days, at most `LONGEST`: (pid, years, days, first, last year).
    """

    years: list[tuple[int, int]]
    pieces: list[Piece]
    bands: list[Band]
    width: int
    people: int
    lasting: int
    longest: list[tuple[str, int, int, int, int]]


def years_of(days: Sequence[Days], people: int | None = None) -> Years:
    """Return the drawing of all years; empty where nothing was ever written.

    Args:
        days: every year of all people who are among the `BEST` of one, stayed for `LASTING_YEARS` or are among the
            `LONGEST`; others may be missing.
        people: how many people the user ever wrote to, those of ``days`` if None.
    """
    seen = sorted({year for _, year, _ in days})
    columns = [(year, place * STEP) for place, year in enumerate(range(seen[0], seen[-1] + 1))] if seen else []
    of_year: dict[int, list[tuple[str, int]]] = {year: [] for year, _ in columns}
    for pid, year, count in days:
        of_year[year].append((pid, count))
    best = {year: nsmallest(BEST, wrote, key=lambda each: (-each[1], each[0])) for year, wrote in of_year.items()}
    most = max((sum(count for _, count in wrote) for wrote in best.values()), default=1)
    pieces = [piece for year, x in columns for piece in _column(best[year], year, x, most)]
    bands = _bands(pieces) if len(columns) >= BAND_YEARS else []
    by_person = _by_person(days)
    lasting = sum(years >= LASTING_YEARS for years, *_ in by_person.values())
    width = (len(columns) - 1) * STEP + WIDTH if columns else 0
    known = len(by_person) if people is None else people
    return Years(columns, pieces, bands, width, known, lasting, _longest(by_person))


def _column(people: Sequence[tuple[str, int]], year: int, x: int, most: int) -> list[Piece]:
    """Place the people of one year under each other, the column in the middle."""
    heights = [max(LEAST, round(TALLEST * count / most, 1)) for _, count in people]
    top = (TALLEST + (BEST - 1) * GAP + BEST * LEAST - sum(heights) - GAP * (len(heights) - 1)) / 2
    placed = []
    for (pid, count), height in zip(people, heights, strict=True):
        placed.append(Piece(pid, year, count, x, round(top, 1), height, sum(pid.encode()) % TONES))
        top += height + GAP
    return placed


def _bands(pieces: Sequence[Piece]) -> list[Band]:
    latest: dict[str, Piece] = {}
    bands = []
    for piece in pieces:
        before = latest.get(piece.pid)
        if before is not None:
            bands.append(Band(_path(before, piece), piece.tone))
        latest[piece.pid] = piece
    return bands


def _path(left: Piece, right: Piece) -> str:
    """Return the closed path from one piece's right edge to the next one's left edge."""
    part = 1.0 if right.year == left.year + 1 else THIN
    x1, x2 = left.x + WIDTH, right.x
    middle = (x1 + x2) / 2
    a1, a2 = _edge(left, part)
    b1, b2 = _edge(right, part)
    return (
        f"M {x1} {a1:.1f} C {middle:.0f} {a1:.1f} {middle:.0f} {b1:.1f} {x2} {b1:.1f} "
        f"L {x2} {b2:.1f} C {middle:.0f} {b2:.1f} {middle:.0f} {a2:.1f} {x1} {a2:.1f} Z"
    )


def _edge(piece: Piece, part: float) -> tuple[float, float]:
    middle, half = piece.y + piece.height / 2, piece.height * part / 2
    return middle - half, middle + half


def _by_person(days: Sequence[Days]) -> dict[str, tuple[int, int, int, int]]:
    """Return pid -> (years, days, first year, last year)."""
    found: dict[str, tuple[int, int, int, int]] = {}
    for pid, year, count in days:
        before = found.get(pid)
        if before is None:
            found[pid] = (1, count, year, year)
        else:
            years, total, first, last = before
            found[pid] = (years + 1, total + count, min(first, year), max(last, year))
    return found


def _longest(people: Mapping[str, tuple[int, int, int, int]]) -> list[tuple[str, int, int, int, int]]:
    most = nsmallest(LONGEST, people.items(), key=lambda each: (-each[1][0], -each[1][1], each[0]))
    return [(pid, *told) for pid, told in most]
