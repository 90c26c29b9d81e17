"""Measures sharing, through a folder and PostgreSQL: joins with look-ups meanwhile, saves until they are there."""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from companion.settings import Settings
from companion.share import line_file
from companion.share.link import FolderLink
from companion.share.membership import Meeting, Membership
from companion.share.space import enter
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.notebook import Notebook
from companion.store.notebook.results import LATEST
from scripts.benchmarks import share_history, share_server
from scripts.benchmarks.notes import fill, pid, words
from scripts.benchmarks.table import print_table, quantiles

SEED, VIEWER = 7, "1000001"
LOOKS = 2000


class Machine:
    """One data folder that shares."""

    def __init__(self, home: Path, name: str, carried: Path) -> None:
        settings = Settings(data=home / name)
        self.notebook, self.ledger = Notebook.open(settings), Ledger.open(settings.ledger_path)
        seal = enter(carried, "an invented passphrase", cost=2)
        self.membership = Membership(f"folder:{carried}", seal.space, seal.key, name)
        self.link = FolderLink(self.membership, self.notebook, self.ledger, lambda: None, lambda: int(time.time()))
        self.meeting = Meeting()

    def meet(self) -> float:
        """Meet the others and return the seconds that it took."""
        start = time.perf_counter()
        self.meeting = self.link.meet(self.meeting)
        return time.perf_counter() - start

    def close(self) -> None:
        """Close the stores."""
        self.ledger.close()
        self.notebook.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="bench share", description=__doc__)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--saves", type=int, default=100)
    parser.add_argument("--lines", type=int, default=20_000, help="lines of texts with versions, joined alone")
    parser.add_argument("--only-lines", action="store_true", help="measure nothing but that join")
    parser.add_argument("--machines", type=int, default=3, help="machines on the PostgreSQL server")
    options = parser.parse_args(arguments)
    if options.only_lines:
        share_history.measure(options.lines)
        return 0
    with tempfile.TemporaryDirectory(prefix="mutuals-bench-") as name:
        home = Path(name)
        (home / "carried").mkdir()
        fill(home / "desk", options.notes)
        desk = Machine(home, "desk", home / "carried")
        told = desk.meet()
        lap = Machine(home, "lap", home / "carried")
        rows, latencies = _join(home, desk, lap, told, options.notes)
        print_table(f"Join a folder ({options.notes:,} notes)", ["what", "figure", "floor"], rows)
        print_table("While it goes on", ["what", "ms p50 / p99", "n"], [*latencies, *_steady(desk, lap, options.saves)])
        desk.close()
        lap.close()
    share_history.measure(options.lines)
    share_server.measure(options.notes, options.saves, options.machines)
    return 0


def _join(home: Path, desk: Machine, lap: Machine, told: float, notes: int) -> tuple[list[list[str]], list[list[str]]]:
    """Return the rows about joining, and about `about` on the joining machine meanwhile."""
    file = next((home / "carried").glob("mutuals-*.log"))
    start = time.perf_counter()
    lines = len(line_file.read(file, desk.membership.seal).lines)
    floor = time.perf_counter() - start
    samples, end = list[float](), threading.Event()
    look = threading.Thread(target=_look, args=(lap.notebook, notes, samples, end))
    look.start()
    joined = lap.meet()
    end.set()
    look.join()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = [
        [f"tell {lines:,} lines", f"{told:.2f} s", ""],
        ["take them in, with look-ups meanwhile", f"{joined:.2f} s", f"{floor:.2f} s to read and open them"],
        ["file in the folder", f"{file.stat().st_size / lines:.0f} bytes a line", ""],
        ["highest memory of both machines in one process", f"{peak:.0f} MB", ""],
    ]
    return rows, [["everything about one person, while lines arrive", str(quantiles(samples)), f"{len(samples):,}"]]


def _look(notebook: Notebook, notes: int, samples: list[float], end: threading.Event) -> None:
    rng = random.Random(SEED)
    while not end.wait(0.002):
        start = time.perf_counter()
        notebook.about(pid(rng.randrange(notes)))
        samples.append((time.perf_counter() - start) * 1000)


def _steady(desk: Machine, lap: Machine, saves: int) -> list[list[str]]:
    """Return the rows about saves that go over, and about looks that find nothing."""
    rng, whole, idle = random.Random(SEED), list[float](), list[float]()
    for number in range(saves):
        start = time.perf_counter()
        text = {"text": words(rng)}
        desk.notebook.write(f"steady-{number}", "note", pid(number), text, LATEST, number, VIEWER)
        desk.meet()
        lap.meet()
        whole.append((time.perf_counter() - start) * 1000)
    desk.meet()
    for _ in range(LOOKS):
        start = time.process_time()
        desk.link.idle()
        idle.append((time.process_time() - start) * 1000)
    return [
        ["save, hand over and take in, without the carrier's time", str(quantiles(whole)), f"{saves:,}"],
        ["a look that finds nothing (CPU)", str(quantiles(idle)), f"{LOOKS:,}"],
    ]
