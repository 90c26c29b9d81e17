"""Scores a file of tasks: each (ego, other, t) from the events up to t only."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from scripts.benchmarks.score_histories import Line, Pair, Relation, by_pair

Task = tuple[str, str, float]
Scored = tuple[float, float]
"""The score that is shown, and the key that orders people in lists."""


def score_tasks(events: Path, tasks: Path, out: Path) -> int:
    """Write one line {"ego", "other", "t", "score", "rank"} per task, in the order of the tasks; return how many."""
    read = [json.loads(line) for line in tasks.read_text(encoding="utf-8").splitlines() if line.strip()]
    keys = [(str(task["ego"]), str(task["other"]), float(task["t"])) for task in read]
    scores = _scores(events, keys)
    with out.open("w", encoding="utf-8") as lines:
        for task, (score, rank) in zip(read, scores, strict=True):
            scored = {"ego": task["ego"], "other": task["other"], "t": task["t"], "score": score, "rank": rank}
            lines.write(json.dumps(scored) + "\n")
    return len(read)


def _scores(events: Path, tasks: Sequence[Task]) -> list[Scored]:
    """Score all tasks, with one pass over each pair's events."""
    by_key: dict[Pair, list[int]] = defaultdict(list)
    for index, (ego, other, _) in enumerate(tasks):
        by_key[ego, other].append(index)
    lines = by_pair(events, {(min(pair), max(pair)) for pair in by_key})
    scores = [(0.0, 0.0)] * len(tasks)
    for (ego, other), indexes in by_key.items():
        line = lines.get((min(ego, other), max(ego, other)), [])
        if line and ego != other:
            _sweep(line, ego < other, sorted(indexes, key=lambda index: tasks[index][2]), tasks, scores)
    return scores


def _sweep(line: Line, ego_first: bool, indexes: Sequence[int], tasks: Sequence[Task], scores: list[Scored]) -> None:
    """Score the tasks of one pair; ``line`` and ``indexes`` are both in order of time."""
    relation, following = Relation(), 0
    for index in indexes:
        now = tasks[index][2]
        while following < len(line) and line[following][0] <= now:
            at, forward, kind = line[following]
            relation.add("out" if forward == ego_first else "in", at, kind)
            following += 1
        scores[index] = (relation.score(int(now)), relation.rank(int(now)))
