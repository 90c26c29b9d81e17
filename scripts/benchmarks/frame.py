"""Measures how fast the card's frame starts: its deferred classic scripts beside the same files as modules."""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from scripts.benchmarks.table import Quantiles, print_table, quantiles
from tests.browser.chromium import EXTENSION, Chromium, start_chromium
from tests.replica.server import Replica
from tests.replica.world import World

PAGE = "card/card.html"
SCRIPT = re.compile(r'<script defer src="([^"]+)"></script>')
SHARED = re.compile(r"^(?:const|class) (\w+)", re.MULTILINE)
"""What a classic script shares with those behind it; a module must be told to."""
END = "ready"
SIDES = {"classic scripts, deferred": "classic.html", "the same files as modules": "modules.html"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; the two pages alternate, so that a busy moment affects both."""
    parser = argparse.ArgumentParser(prog="bench frame", description=__doc__)
    parser.add_argument("--openings", type=int, default=100, help="how often each page is opened (default 100)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="mutuals-bench-") as name:
        extension = Path(name) / "extension"
        shutil.copytree(EXTENSION, extension)
        count = lay_pages(extension)
        with Replica(World()) as replica:
            browser = start_chromium(replica, extension=extension)
            try:
                times = _measure(browser, options.openings)
            finally:
                browser.quit()
    _print(times, count)
    return 0


def lay_pages(extension: Path) -> int:
    """Write both pages beside the card's own, with the modules; return how many scripts each has."""
    folder = (extension / PAGE).parent
    html = (extension / PAGE).read_text(encoding="utf-8")
    scripts = SCRIPT.findall(html)
    (folder / "end.js").write_text(f'performance.mark("{END}");\n', encoding="utf-8")
    for script in scripts:
        file = (folder / script).resolve()
        text = file.read_text(encoding="utf-8")
        shared = "".join(f"globalThis.{name} = {name};\n" for name in SHARED.findall(text))
        file.with_suffix(".mjs").write_text(f"{text}\n{shared}", encoding="utf-8")
    last = '<script defer src="end.js"></script>'
    classic = html.replace("</head>", f"{last}</head>")
    modules = SCRIPT.sub(lambda found: f'<script type="module" src="{found[1].removesuffix("js")}mjs"></script>', html)
    (folder / "classic.html").write_text(classic, encoding="utf-8")
    (folder / "modules.html").write_text(modules.replace("</head>", f"{last}</head>"), encoding="utf-8")
    return len(scripts)


def _measure(browser: Chromium, openings: int) -> dict[str, Quantiles]:
    times: dict[str, list[float]] = {name: [] for name in SIDES}
    for _ in range(openings):
        for name, page in SIDES.items():
            browser.driver.get(browser.url(f"card/{page}"))
            ended = "return performance.getEntriesByName(arguments[0]).map((one) => one.startTime)"
            times[name] += browser.driver.execute_script(ended, END)
    return {name: quantiles(each) for name, each in times.items()}


def _print(times: dict[str, Quantiles], count: int) -> None:
    classic, modules = times.values()
    rows: list[list[str | int | float | Quantiles]] = [
        ["classic scripts, deferred", classic, classic.n, 1.0],
        ["the same files as modules", modules, modules.n, modules.p50 / classic.p50],
    ]
    headers = ["how they are loaded", "ms p50 / p99", "n", "x classic"]
    print_table(f"The card's page, from its address to its last script ({count} scripts)", headers, rows)


if __name__ == "__main__":
    raise SystemExit(main())
