"""Measures the content script on the replica of X: boot, cost per frame over 1,000 posts, long tasks."""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scripts.benchmarks.page_trace import Trace, traced
from scripts.benchmarks.table import Quantiles, print_table, quantiles
from tests.browser.chromium import Chromium, start_chromium
from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.options import OptionsPage
from tests.browser.pages import XPage
from tests.replica import people
from tests.replica.server import Replica
from tests.replica.world import World

BARS = "boot <= 5 ms; our part of a frame <= 0.5 ms median, <= 4 ms p99; no long task of ours"
VIEWER: dict[str, object] = {"id": people.ADA.id, "handle": people.ADA.handle}
SCROLL = """
const [wanted, done] = arguments;
const frames = [];
const list = () => window.Replica.currentList();
const place = (slot) => list().rows.findIndex((row) => row.key === slot.key);
const last = () => Math.max(0, ...list().slots.map(place));
let before = performance.now();
function step(now) {
  frames.push(now - before);
  before = now;
  scrollBy(0, 420);
  if (last() >= wanted || frames.length > 4000) done(frames.slice(1));
  else requestAnimationFrame(step);
}
requestAnimationFrame(step);
"""


@dataclass
class Walk:
    """Result of one scroll through the posts, in milliseconds."""

    frames: list[float] = field(default_factory=list)
    boots: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)
    long_tasks: list[int] = field(default_factory=list)
    our_long_tasks: list[int] = field(default_factory=list)

    def add(self, frames: list[float], trace: Trace) -> None:
        """Add the samples of one round."""
        self.frames += frames
        self.boots.append(trace.boot)
        self.ours += trace.per_frame
        self.long_tasks.append(trace.long_tasks)
        self.our_long_tasks.append(trace.our_long_tasks)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="bench page", description=__doc__)
    parser.add_argument("--posts", type=int, default=1000, help="how many posts to scroll past (default 1000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each side is measured (default 3)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="mutuals-bench-") as folder:
        bare, ours = _measure(Path(folder), options.posts, options.rounds)
    _print(bare, ours, options.posts, options.rounds)
    return 0


def _measure(folder: Path, posts: int, rounds: int) -> tuple[Walk, Walk]:
    house = House(folder)
    bare, ours = Walk(), Walk()
    try:
        with Replica(World(crowd=160, home_posts=posts + 200)) as replica:
            replica.world.look.page_size = 100
            sides = [(start_chromium(replica, extension=None), bare), (start_chromium(replica), ours)]
            try:
                _know(sides[1][0], house, replica)
                for _ in range(rounds):
                    for browser, walk in sides:
                        _walk(browser, walk, posts)
            finally:
                for browser, _ in sides:
                    browser.quit()
    finally:
        house.close()
    return bare, ours


def _know(browser: Chromium, house: House, replica: Replica) -> None:
    """Pair, and make every fourth person known."""
    page = OptionsPage(browser)
    page.open()
    page.set_port(house.port)
    page.pair(house.process.open_pairing())
    for account in list(replica.world.accounts.values())[2::4]:
        house.write(VIEWER, {"id": account.id, "handle": account.handle}, "tags", {"tags": ["known"]})


def _walk(browser: Chromium, walk: Walk, posts: int) -> None:
    x = XPage(browser)
    x.driver.get("about:blank")
    x.driver.set_script_timeout(180)
    with traced(browser.devtools) as trace:
        x.open("/home")
        until(x.authors, "the timeline")
        frames = x.driver.execute_async_script(SCROLL, posts)
    walk.add(frames, trace)


def _print(bare: Walk, ours: Walk, posts: int, rounds: int) -> None:
    rows: list[list[float | int | str | Quantiles | None]] = []
    for name, walk in (("the page alone", bare), ("the page with Mutuals", ours)):
        frames = quantiles(walk.frames)
        part = quantiles(walk.ours or [0.0])
        rows.append(
            [
                name,
                statistics.median(walk.boots),
                f"{part.p50:.2f} / {part.p99:.2f}",
                f"{frames.p50:.1f} / {frames.p99:.1f}",
                statistics.median(walk.long_tasks),
                max(walk.our_long_tasks),
            ]
        )
    headers = ["what", "boot ms", "our ms per frame p50 / p99", "frame ms p50 / p99", "long tasks", "of them ours"]
    print_table(f"{posts:,} posts scrolled, {rounds} rounds; bars: {BARS}", headers, rows)


if __name__ == "__main__":
    raise SystemExit(main())
