"""Measures a rebuild of all sums and a recount from the interactions, with concurrent look-ups."""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from companion.store.ledger.ledger import Ledger
from scripts.benchmarks import crowd
from scripts.benchmarks.table import Quantiles, print_table, quantiles

HANDLES = 40
PAUSE_SECONDS = 0.02


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark on a copy of the invented ledger."""
    parser = argparse.ArgumentParser(prog="bench rebuild", description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--acts", type=int, default=10_000_000, help="interactions in all")
    options = parser.parse_args(arguments)
    made = crowd.data_folder(options.people, options.acts)
    with tempfile.TemporaryDirectory(prefix="mutuals-bench-") as folder:
        path = Path(folder) / "ledger.db"
        shutil.copyfile(made / "ledger.db", path)
        ledger = Ledger.open(path)
        ledger.settled()
        rows: list[list[float | str | Quantiles | None]] = [
            ["floor: read every day of contact", *_timed(lambda: _read(ledger, "contact_day")), None, "-"],
            ["make all sums again", *_beside_lookups(ledger, options.people, ledger.rebuild), "<= 15 s"],
            ["floor: read every interaction", *_timed(lambda: _read(ledger, "event")), None, "-"],
            ["count all again and compare", *_beside_lookups(ledger, options.people, ledger.recount), "-"],
        ]
        ledger.close()
    title = f"All scores of {options.people:,} people with {options.acts:,} interactions"
    print_table(title, ["what", "seconds", "CPU s", "lookups meanwhile: ms p50 / p99", "bar"], rows)
    return 0


def _read(ledger: Ledger, table: str) -> int:
    columns = {"contact_day": "pid, day, direction, talk, light", "event": "pid, direction, kind, at, last, gone"}
    rows = ledger.connections.reading().execute(f"select {columns[table]} from {table} order by owner, pid")
    return sum(1 for _ in rows)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def _beside_lookups(ledger: Ledger, people: int, work: Callable[[], object]) -> tuple[float, float, Quantiles]:
    times: list[float] = []
    done = threading.Event()

    def look() -> None:
        chance = random.Random(3)
        while not done.is_set():
            handles = [crowd.handle_of(crowd.skewed(chance, people)) for _ in range(HANDLES)]
            start = time.perf_counter()
            ledger.badges(crowd.OWNER, handles)
            times.append((time.perf_counter() - start) * 1000)
            done.wait(PAUSE_SECONDS)

    looker = threading.Thread(target=look)
    looker.start()
    seconds, cpu = _timed(work)
    done.set()
    looker.join()
    return seconds, cpu, quantiles(times)


if __name__ == "__main__":
    raise SystemExit(main())
