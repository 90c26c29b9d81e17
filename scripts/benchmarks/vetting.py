"""Evaluates the vetting checks on labelled accounts beside published rule sets, or vets a file of profiles."""

from __future__ import annotations

import argparse
import json
import math
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from companion.vetting.facts import Facts
from companion.vetting.report import BETTER_NOT, VERDICTS, Report, vet
from scripts.benchmarks.auc import auc
from scripts.benchmarks.score import shared_folder
from scripts.benchmarks.table import Quantiles, print_table, quantiles
from scripts.benchmarks.vetting_profiles import Row, facts_of, label_of, read_rows
from scripts.benchmarks.vetting_rules import RULES

SETS = (
    ("fame2015", "fame2015_dev.csv.gz", 0.94),
    ("cresci2017", "cresci2017_dev.csv.gz", 0.80),
    ("rtbust2019", "rtbust2019_dev.csv.gz", 0.78),
    ("twibot20 sample", "twibot20_sample_dev.jsonl.gz", None),
    ("pan19 (posts only)", "pan19_tweets_dev.jsonl.gz", None),
)
HUMANS_FLAGGED = 0.05
"""Most people that may be called "better not", on every set."""
Made = TypeVar("Made")
PAGE_POSTS = (20, 50, 100)
PAGE_PEOPLE = 100


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; returns 1 where a bar is missed, 2 where there is nothing to measure."""
    parser = argparse.ArgumentParser(prog="bench vetting", description=__doc__)
    parser.add_argument("--profiles", type=Path, help="JSON lines (or CSV) with the columns of the labelled sets")
    parser.add_argument("--out", type=Path, help="where one line per profile goes")
    options = parser.parse_args(arguments)
    if options.profiles or options.out:
        if not (options.profiles and options.out):
            parser.error("--profiles and --out go together")
        print(f"{vet_file(options.profiles, options.out):,} profiles vetted into {options.out}")
        return 0
    folder = shared_folder("vetting")
    if not folder.is_dir():
        print("The labelled sets are not here; set MUTUALS_SHARED to the folder that holds data/vetting.")
        return 2
    return _print_all(folder)


def vet_file(profiles: Path, out: Path) -> int:
    """Vet each profile and write {"dataset", "account_id", "score", "verdict", "findings"}; return how many."""
    count = 0
    with out.open("w", encoding="utf-8") as lines:
        for row in read_rows(profiles):
            report = vet(facts_of(row))
            output = {
                "dataset": row.get("dataset"),
                "account_id": row.get("account_id"),
                "score": report.score,
                "verdict": report.verdict,
                "findings": [finding.code for finding in report.findings],
            }
            lines.write(json.dumps(output) + "\n")
            count += 1
    return count


@dataclass(frozen=True, slots=True)
class Confusion:
    """Confusion matrix of flags and labels."""

    true: int
    false: int
    missed: int
    passed: int

    @property
    def mcc(self) -> float:
        """Matthews correlation, 0 where it is not defined."""
        product = (
            (self.true + self.false)
            * (self.true + self.missed)
            * (self.passed + self.false)
            * (self.passed + self.missed)
        )
        return (self.true * self.passed - self.false * self.missed) / math.sqrt(product) if product else 0.0

    @property
    def humans(self) -> float:
        """The share of people who were flagged."""
        return self.false / max(1, self.false + self.passed)

    @property
    def recall(self) -> float:
        """The share of the others who were flagged."""
        return self.true / max(1, self.true + self.missed)


def confusion(flags: Sequence[bool], labels: Sequence[bool]) -> Confusion:
    """Count flags against labels."""
    counts = Counter(zip(flags, labels, strict=True))
    return Confusion(counts[True, True], counts[True, False], counts[False, True], counts[False, False])


def _print_all(folder: Path) -> int:
    missed = 0
    spent: list[list[str | Quantiles]] = []
    for name, file, bar in SETS:
        rows = list(read_rows(folder / file))
        reports, times = _timed(vet, map(facts_of, rows))
        missed += _print_set(name, bar, rows, reports)
        spent.append([name, quantiles(times)])
        if name.startswith("pan19"):
            spent += _page_reports(rows)
    print_table("One report, ms p50 / p99 of processor time (bar: < 5 ms from what a page shows)", ["set", "ms"], spent)
    return 1 if missed else 0


def _page_reports(rows: Sequence[Row]) -> list[list[str | Quantiles]]:
    """Time reports on what a page shows of somebody, each on people of its own; the floor only cuts text into words."""
    result: list[list[str | Quantiles]] = []
    for start, posts in enumerate(PAGE_POSTS):
        people = [facts_of(row) for row in rows[start : PAGE_PEOPLE * len(PAGE_POSTS) : len(PAGE_POSTS)]]
        shown = [replace(facts, posts=facts.posts[:posts]) for facts in people]
        result.append([f"{posts} posts", quantiles(_timed(vet, shown)[1])])
        result.append([f"{posts} posts, floor: only cut into words", quantiles(_timed(_cut, shown)[1])])
    return result


def _timed(work: Callable[[Facts], Made], people: Iterable[Facts]) -> tuple[list[Made], list[float]]:
    """Return the results, and the milliseconds of CPU time of each."""
    made, times = [], []
    for facts in people:
        started = time.process_time()
        made.append(work(facts))
        times.append((time.process_time() - started) * 1000)
    return made, times


def _cut(facts: Facts) -> list[list[str]]:
    return [re.findall(r"\w+", (post.text or "").casefold()) for post in facts.posts]


def _print_set(name: str, bar: float | None, rows: Sequence[Row], reports: Sequence[Report]) -> int:
    labels = [bool(label_of(row)) for row in rows]
    area = auc([report.score for report in reports], labels) or 0.0
    result = confusion([report.verdict == BETTER_NOT for report in reports], labels)
    missed = (bar is not None and area < bar) or result.humans > HUMANS_FLAGGED
    bars = f"bar {bar:.2f}" if bar else "no bar"
    title = (
        f"{name}: {labels.count(False):,} people, {labels.count(True):,} others; {bars}{', MISSED' if missed else ''}"
    )
    table = [
        ["Mutuals (better not)", f"{area:.3f}", f"{result.mcc:.3f}", f"{result.humans:.3f}", f"{result.recall:.3f}"]
    ]
    if any("followers_count" in row for row in rows):
        table += [_rule_row(rule, rows, labels) for rule in RULES]
    print_table(title, ["who", "AUC", "MCC", "people flagged", "others flagged"], table)
    verdicts: list[list[str]] = [[v, *(_share(reports, labels, v, side) for side in (False, True))] for v in VERDICTS]
    print_table(f"{name}: verdicts", ["verdict", "people", "others"], verdicts)
    return int(missed)


def _share(reports: Sequence[Report], labels: Sequence[bool], verdict: str, side: bool) -> str:
    mine = [report.verdict == verdict for report, label in zip(reports, labels, strict=True) if label == side]
    return f"{sum(mine) / max(1, len(mine)):.1%}"


def _rule_row(rule: str, rows: Sequence[Row], labels: Sequence[bool]) -> list[str]:
    points, limit = RULES[rule]
    scores = [points(facts_of(row)) for row in rows]
    result = confusion([score >= limit for score in scores], labels)
    area = auc(scores, labels) or 0.0
    return [rule, f"{area:.3f}", f"{result.mcc:.3f}", f"{result.humans:.3f}", f"{result.recall:.3f}"]


if __name__ == "__main__":
    raise SystemExit(main())
