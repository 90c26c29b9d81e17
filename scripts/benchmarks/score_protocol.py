"""Evaluation protocol on the developers' histories: does a score rank those who write next above the others?

At each time T, for each ego, the candidates are all people with any contact with the ego before T; the label is whether
they write to the ego within the horizon. AUC per (ego, T) that has both classes, averaged; and pooled over everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from companion.domain.dates import DAY
from scripts.benchmarks.auc import auc
from scripts.benchmarks.score_baselines import BASELINES, Contact
from scripts.benchmarks.score_histories import Event, Pair, Relation, read_events

PRODUCT = "Mutuals"


@dataclass(frozen=True, slots=True)
class History:
    """One data file and its protocol (days)."""

    name: str
    start: int
    horizon: int


HISTORIES = (
    History("twitter_owner_pairs_dev", 365, 30),
    History("collegemsg", 30, 30),
    History("radoslaw_email", 60, 30),
    History("higgs_activity", 4, 1),
)


@dataclass(frozen=True, slots=True)
class Result:
    """Mean AUC per ego and time, pooled AUC, and over how many (ego, time) the mean goes."""

    ego: float
    pooled: float
    groups: int


def events_of(folder: Path, history: History) -> list[Event]:
    """Return a history's events, earliest first."""
    events = list(read_events(folder / f"{history.name}.csv.gz"))
    events.sort(key=lambda event: event.at)
    return events


class _World:
    """All scores as of a time, advanced event by event."""

    def __init__(self, names: Sequence[str]) -> None:
        self.relations: dict[Pair, Relation] = defaultdict(Relation)
        self.contacts: dict[Pair, Contact] = defaultdict(Contact)
        self.names = names

    def take(self, event: Event) -> None:
        for pair, direction in (((event.target, event.source), "in"), ((event.source, event.target), "out")):
            self.relations[pair].add(direction, event.at, event.kind)
            if self.names:
                self.contacts[pair].add(direction, event.at, event.kind)

    def scores(self, pair: Pair, now: int) -> list[float]:
        scores = [self.relations[pair].rank(now)]
        if self.names:
            contact = self.contacts[pair]
            scores += [BASELINES[name](contact, now) for name in self.names]
        return scores


@dataclass(slots=True)
class _Board:
    """The AUC of all rankings so far."""

    names: Sequence[str]
    per_ego: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    pooled: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    labels: list[bool] = field(default_factory=list)

    def take(self, columns: Sequence[Sequence[float]], truth: Sequence[bool]) -> None:
        """Add one ego's candidates at one time: a column of scores for each name."""
        self.labels += truth
        for name, column in zip(self.names, columns, strict=True):
            self.pooled[name] += column
            area = auc(column, truth)
            if area is not None:
                self.per_ego[name].append(area)

    def results(self) -> dict[str, Result]:
        """Return the means and the pooled areas."""
        results = {}
        for name in self.names:
            areas = self.per_ego[name]
            results[name] = Result(sum(areas) / len(areas), auc(self.pooled[name], self.labels) or 0.0, len(areas))
        return results


def measure(
    events: Sequence[Event], history: History, baselines: Sequence[str] = tuple(BASELINES)
) -> dict[str, Result]:
    """Return the result of the product's score and of each baseline."""
    world, board = _World(baselines), _Board([PRODUCT, *baselines])
    following, now = 0, events[0].at + history.start * DAY
    while now + history.horizon * DAY <= events[-1].at:
        while following < len(events) and events[following].at <= now:
            world.take(events[following])
            following += 1
        writes = _writers(events, following, now + history.horizon * DAY)
        if writes:
            for ego, others in _candidates(world.relations).items():
                truth = [(ego, other) in writes for other in others]
                rows = (world.scores((ego, other), now) for other in others)
                board.take(list(zip(*rows, strict=True)), truth)
        now += history.horizon * DAY
    return board.results()


def _writers(events: Sequence[Event], following: int, until: int) -> set[Pair]:
    """Return (ego, other) for those who write within the horizon."""
    writes = set()
    while following < len(events) and events[following].at <= until:
        writes.add((events[following].target, events[following].source))
        following += 1
    return writes


def _candidates(relations: Mapping[Pair, Relation]) -> dict[str, list[str]]:
    others: dict[str, list[str]] = defaultdict(list)
    for ego, other in relations:
        others[ego].append(other)
    return others


def bar_of(history: History, results: Mapping[str, Result]) -> float:
    """Return the required ego AUC on this file."""
    if history.name.startswith("twitter"):
        return 0.935
    return max(results[name].ego for name in ("in-count", "last in", "in, 90 d")) - 0.01
