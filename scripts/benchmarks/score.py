"""Evaluates the reciprocity score on real histories beside plain baselines, or scores a file of tasks."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from scripts.benchmarks.score_grid import print_grid
from scripts.benchmarks.score_protocol import HISTORIES, bar_of, events_of, measure
from scripts.benchmarks.score_tasks import score_tasks
from scripts.benchmarks.table import print_table

ROOT = Path(__file__).resolve().parents[2]


def shared_folder(name: str) -> Path:
    """Return a folder of the shared research data: under ``MUTUALS_SHARED``, else beside the project."""
    shared = Path(os.environ.get("MUTUALS_SHARED") or ROOT.parent / "shared")
    return shared / "data" / name


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; returns 1 where a bar is missed, 2 where there is nothing to measure."""
    parser = argparse.ArgumentParser(prog="bench score", description=__doc__)
    parser.add_argument("--events", type=Path, help="gzip CSV with src,dst,unix_time,kind")
    parser.add_argument("--tasks", type=Path, help='JSON lines {"ego","other","t"}; only events up to t are used')
    parser.add_argument("--out", type=Path, help='where {"ego","other","t","score"} lines go')
    parser.add_argument("--grid", action="store_true", help="vary one constant at a time on the developers' files")
    options = parser.parse_args(arguments)
    given = (options.events, options.tasks, options.out)
    if any(given):
        if not all(given):
            parser.error("--events, --tasks and --out go together")
        print(f"{score_tasks(*given):,} tasks scored into {options.out}")
        return 0
    folder = shared_folder("reciprocity")
    if not folder.is_dir():
        print("The histories are not here; set MUTUALS_SHARED to the folder that holds data/reciprocity.")
        return 2
    return print_grid(folder) if options.grid else _print_all(folder)


def _print_all(folder: Path) -> int:
    missed = 0
    for history in HISTORIES:
        results = measure(events_of(folder, history), history)
        bar, reached = bar_of(history, results), results["Mutuals"].ego
        missed += reached < bar
        title = (
            f"{history.name}: {results['Mutuals'].groups:,} (ego, time) groups, next {history.horizon} d; "
            f"bar {bar:.4f}, {'reached' if reached >= bar else 'MISSED'}"
        )
        rows = [[name, f"{result.ego:.4f}", f"{result.pooled:.4f}"] for name, result in results.items()]
        print_table(title, ["score", "ego AUC", "pooled AUC"], rows)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
