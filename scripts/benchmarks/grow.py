"""Measures how each resource and each page slows down as the number of people grows, in this process."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from companion.server.app import create_app
from companion.settings import Settings
from companion.store import faces
from companion.store.faces import keep_face
from companion.stores import Stores
from companion.web.context import STATE
from scripts.benchmarks import crowd
from scripts.benchmarks.grow_requests import BUSY, LISTS, PAGES, asks
from scripts.benchmarks.table import figure, print_table
from tests.companion.conftest import ORIGIN, PORT, SECRET, House
from tests.companion.web.browser import Browser

SIZES = (5_000, 100_000)
MILLION = 1_000_000
ACTS_EACH = 10
NOTES = 1_000
"""Notes and decisions of the user, the same at every size: they grow with what one writes, not with who is seen."""
MOST_GROWTH, MOST_MS, MOST_PAGE_MS = 2, 50, 300
Figures = dict[str, tuple[float, float]]
"""Name -> (wall-clock milliseconds, milliseconds of processor time), medians."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="bench grow", description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=list(SIZES), help="sizes, smallest first")
    parser.add_argument("--million", action="store_true", help="also at a million people (made in some minutes)")
    parser.add_argument("--times", type=int, default=9, help="how often each is asked")
    options = parser.parse_args(arguments)
    sizes = [*options.people, *([MILLION] if options.million else [])]
    figures = [_measured(people, options.times) for people in sizes]
    heads = ["what", *(f"{people:,} people" for people in sizes), "growth", "bar"]
    print_table(f"Growth (ms, and of these on the processor; medians of {options.times})", heads, _rows(figures))
    return 0


def _rows(figures: Sequence[Figures]) -> Iterator[list[str]]:
    for name in figures[0]:
        times = [f"{figure(each[name][0])} ({figure(each[name][1])})" for each in figures]
        growth = figures[-1][name][1] / max(figures[0][name][1], 0.001)
        yield [name, *times, f"{growth:.1f}", _bar(name)]


def _bar(name: str) -> str:
    resource = name.removeprefix("/v1/").partition(" ")[0]
    if name.startswith("/web"):
        return f"<= {MOST_PAGE_MS} ms"
    return f"<= {MOST_MS} ms" + (f", growth <= {MOST_GROWTH}" if resource in LISTS else "")


def _measured(people: int, times: int) -> Figures:
    with tempfile.TemporaryDirectory(prefix="mutuals-bench-") as place:
        folder = Path(place) / "data"
        shutil.copytree(crowd.data_folder(people, people * ACTS_EACH), folder, ignore=all_but_ledger)
        with _companion(folder) as (house, forget):
            browser = Browser(house.app, house.stores)
            figures = {page.address: _timed(times, _opening(browser, page.address), forget) for page in PAGES}
            for ask in asks(house.stores.notebook.instance):
                figures[ask.name] = _timed(times, _asking(house, ask.resource, ask.body))
    return figures


def all_but_ledger(_folder: str, names: list[str]) -> list[str]:
    """Return the files that are not to be copied with the ledger: another benchmark leaves its notes beside it."""
    return [name for name in names if not name.startswith("ledger.db")]


@contextmanager
def _companion(folder: Path) -> Iterator[tuple[House, Callable[[], None]]]:
    """Yield a companion with notes, and a function that clears the dashboard's cached figures."""
    settings = Settings(data=folder, port=PORT)
    stores = Stores.open(settings)
    stores.ledger.settled()
    stores.clients.add(ORIGIN, "bench", SECRET, crowd.NOW)
    with stores.notebook.batch():
        _write_notes(stores)
    app = create_app(settings, stores, lambda: crowd.NOW)
    house = House(settings, stores, app, app.test_client(), [crowd.NOW])
    house.ask("queue", {"viewer": crowd.VIEWER})
    yield house, lambda: app.extensions[STATE].figures.clear() if STATE in app.extensions else None
    stores.close()


def _write_notes(stores: Stores) -> None:
    for number in range(NOTES):
        kind, body = ("decision", {"decision": "no"}) if number % 3 == 0 else ("note", {"text": f"Note {number}."})
        pid, op = crowd.pid_of(1000 + number), f"op-bench-{number:06}"
        stores.notebook.write(op, kind, pid, body, None, crowd.NOW - number * 3600, crowd.OWNER)
    for number in range(faces.MOST):
        keep_face(stores.notebook, crowd.pid_of(BUSY + number), bytes(faces.MOST_BYTES // 2), crowd.NOW - number)


def _opening(browser: Browser, address: str) -> Callable[[int], None]:
    def open_page(turn: int) -> None:
        answer = browser.fetch(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"

    return open_page


def _asking(house: House, resource: str, body: Callable[[int], dict[str, object]]) -> Callable[[int], None]:
    def ask(turn: int) -> None:
        answer = house.raw(f"/v1/{resource}", json.dumps(body(turn)).encode())
        assert answer.status_code == 200, f"{resource}: {answer.status_code} {answer.get_data(as_text=True)}"

    return ask


def _timed(times: int, do: Callable[[int], None], before: Callable[[], None] | None = None) -> tuple[float, float]:
    wall, processor = [], []
    do(0)
    for turn in range(1, times + 1):
        if before:
            before()
        start, used = time.perf_counter(), time.thread_time()
        do(turn)
        processor.append((time.thread_time() - used) * 1000)
        wall.append((time.perf_counter() - start) * 1000)
    return median(wall), median(processor)


if __name__ == "__main__":
    raise SystemExit(main())
