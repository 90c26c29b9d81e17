"""The score benchmark's task mode: only the past counts, and the figures are the product's own."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from companion.domain.dates import DAY
from companion.domain.sightings import Interaction
from companion.reciprocity.counters import recount
from companion.reciprocity.sums import score_of
from scripts.benchmarks.auc import auc
from scripts.benchmarks.score import main

EVENTS = [
    ("ada", "wren", 100 * DAY + 10, "reply"),
    ("wren", "ada", 101 * DAY, "mention"),
    ("wren", "ada", 101 * DAY + 60, "mention"),
    ("ada", "ada", 102 * DAY, "reply"),
    ("tomo", "ada", 103 * DAY, "repost"),
    ("wren", "ada", 140 * DAY, "dm"),
    ("ada", "ines", 141 * DAY, "reply"),
]


def scores(folder: Path, tasks: list[tuple[str, str, int]]) -> list[float]:
    with gzip.open(folder / "events.csv.gz", "wt") as lines:
        lines.write("src,dst,unix_time,kind\n")
        lines.writelines(f"{src},{dst},{at},{kind}\n" for src, dst, at, kind in EVENTS)
    asked = [json.dumps({"ego": ego, "other": other, "t": at}) for ego, other, at in tasks]
    (folder / "tasks.jsonl").write_text("\n".join(asked) + "\n")
    given = ["--events", "events.csv.gz", "--tasks", "tasks.jsonl", "--out", "scores.jsonl"]
    assert main([str(folder / name) if "." in name else name for name in given]) == 0
    told = [json.loads(line) for line in (folder / "scores.jsonl").read_text().splitlines()]
    assert [(line["ego"], line["other"], line["t"]) for line in told] == tasks
    return [line["score"] for line in told]


def product(ego: str, other: str, now: int) -> float:
    ways = {(other, ego): "in", (ego, other): "out"}
    acts = [
        Interaction(ways[src, dst], kind, at, str(at))
        for src, dst, at, kind in EVENTS
        if (src, dst) in ways and at <= now
    ]
    return score_of(recount(acts, now)[0], now)


def test_each_task_gets_the_products_score_from_its_own_past(tmp_path: Path) -> None:
    tasks = [
        ("ada", "wren", 200 * DAY),
        ("ada", "wren", 100 * DAY + 10),
        ("ada", "wren", 101 * DAY + 30),
        ("wren", "ada", 139 * DAY),
        ("ada", "tomo", 110 * DAY),
        ("ada", "ines", 150 * DAY),
        ("ada", "nobody", 150 * DAY),
    ]
    found = scores(tmp_path, tasks)
    assert all(abs(score - product(*task)) < 1e-9 for score, task in zip(found, tasks, strict=True))
    assert found[1] == 0.0
    assert found[2] > found[0] > 0.0
    assert found[5] == found[6] == 0.0


def test_a_tie_counts_half_in_the_area() -> None:
    assert auc([1, 2, 3, 4], [False, False, True, True]) == 1.0
    assert auc([1, 1, 1, 1], [False, True, False, True]) == 0.5
    assert auc([1, 2], [True, True]) is None
