"""Prints a benchmark's results as a table and computes quantiles of samples."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TextIO


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Statistics of a list of samples, in the samples' unit (usually milliseconds).

    Attributes:
        n: how many samples there were.
        p50: the median.
        p99: the value that 99 of 100 samples do not exceed (nearest rank).
        worst: the largest sample.
        mean: the arithmetic mean.
    """

    n: int
    p50: float
    p99: float
    worst: float
    mean: float

    def __str__(self) -> str:
        return f"{figure(self.p50)} / {figure(self.p99)}"


def quantiles(samples_ms: Iterable[float]) -> Quantiles:
    """Return median, p99, worst and mean of at least one sample; ``ValueError`` for none."""
    ordered = sorted(samples_ms)
    if not ordered:
        raise ValueError("A benchmark without a single sample has no quantiles.")
    return Quantiles(
        n=len(ordered),
        p50=ordered[_rank(len(ordered), 0.50)],
        p99=ordered[_rank(len(ordered), 0.99)],
        worst=ordered[-1],
        mean=math.fsum(ordered) / len(ordered),
    )


def figure(value: float | int | str | None) -> str:
    """Write a number with three significant digits, at most three decimals; ``None`` is a dash."""
    if value is None:
        return "-"
    if isinstance(value, str):
        return value
    if isinstance(value, int) or abs(value) >= 1000:
        return f"{value:,.0f}"
    decimals = 0 if value == 0 else max(0, min(3, 2 - math.floor(math.log10(abs(value)))))
    return f"{value:.{decimals}f}"


def print_table(
    title: str,
    headers: Sequence[str],
    rows: Iterable[Sequence[float | int | str | Quantiles | None]],
    file: TextIO | None = None,
) -> None:
    """Print a Markdown table with aligned columns, ready to be kept in ``docs/performance.md``."""
    out = file or sys.stdout
    cells = [[str(cell) if isinstance(cell, Quantiles) else figure(cell) for cell in row] for row in rows]
    widths = [max([3, len(header), *(len(row[i]) for row in cells)]) for i, header in enumerate(headers)]
    print(f"\n## {title}\n", file=out)
    print(_line(headers, widths), file=out)
    print(_line(["-" * width for width in widths], widths), file=out)
    for row in cells:
        print(_line(row, widths), file=out)


def _rank(count: int, share: float) -> int:
    return max(0, math.ceil(count * share) - 1)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"
