"""Reads histories of who wrote to whom and feeds them, day by day, to the score's sums."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from companion.domain.dates import DAY
from companion.domain.kinds import LIGHT_KINDS, NO_WEIGHT_KINDS
from companion.reciprocity.sums import DayWeight, Sums, rank_of, score_of, weight_of

Pair = tuple[str, str]
"""(ego, other)."""


@dataclass(frozen=True, slots=True)
class Event:
    """One contact: ``source`` wrote to ``target`` at ``at`` (epoch seconds)."""

    source: str
    target: str
    at: int
    kind: str


def read_events(path: Path) -> Iterator[Event]:
    """Yield the events of a gzip (or plain) CSV with the columns src, dst, unix_time and, if known, kind.

    Events of people with themselves are left out: they say nothing about a relation.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        header = next(rows)
        source, target, at = (header.index(name) for name in ("src", "dst", "unix_time"))
        kind = header.index("kind") if "kind" in header else None
        for row in rows:
            if row[source] != row[target]:
                what = "other" if kind is None else row[kind]
                yield Event(row[source], row[target], int(float(row[at])), what)


@dataclass(slots=True)
class Relation:
    """The score's sums of one ego and one other person, updated event by event in order of time."""

    sums: Sums = field(default_factory=Sums)
    today: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """Direction -> (day, talk, light) of the latest day with contact."""

    def add(self, direction: str, at: int, kind: str) -> None:
        """Add one event."""
        if kind in NO_WEIGHT_KINDS:
            return
        day, talk, light = self.today.get(direction, (0, 0, 0))
        before = weight_of(talk, light) if day == at // DAY else DayWeight()
        if day != at // DAY:
            day, talk, light = at // DAY, 0, 0
        talk, light = (talk, light + 1) if kind in LIGHT_KINDS else (talk + 1, light)
        self.today[direction] = (day, talk, light)
        self.sums = self.sums.added(day, direction, weight_of(talk, light) - before)

    def score(self, now: int) -> float:
        """Return the score, unrounded; it is 0 without any inbound event."""
        return score_of(self.sums, now) if "in" in self.today else 0.0

    def rank(self, now: int) -> float:
        """Return the key that orders people in lists: the score, or a hair above 0 without any inbound event."""
        return rank_of(self.sums, now)


Line = list[tuple[int, bool, str]]
"""Events of one unordered pair: (time, whether the first name wrote, kind), earliest first."""


def by_pair(path: Path, wanted: Container[Pair]) -> dict[Pair, Line]:
    """Return the events of the wanted unordered pairs (names in order), each earliest first."""
    lines: dict[Pair, Line] = defaultdict(list)
    for event in read_events(path):
        forward = event.source < event.target
        pair = (event.source, event.target) if forward else (event.target, event.source)
        if pair in wanted:
            lines[pair].append((event.at, forward, event.kind))
    for line in lines.values():
        line.sort(key=lambda what: what[0])
    return lines
