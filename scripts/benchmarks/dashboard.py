"""Measures the dashboard's pages at 100,000 people and a million interactions, beside plain SQLite queries."""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from companion.server.app import create_app
from companion.settings import Settings
from companion.stores import Stores
from companion.web.context import STATE
from scripts.benchmarks import crowd
from scripts.benchmarks.grow import all_but_ledger
from scripts.benchmarks.table import Quantiles, print_table, quantiles
from tests.companion.web.browser import Browser

BAR = "p99 <= 300"
PAGES = (
    ("first page", "/web"),
    ("people, last contact first", "/web/people"),
    ("people, search", "/web/people?q=kalo"),
    ("people, score > 60 and not met", "/web/people?filter=score+%3E+60+and+not+met"),
    ("people, by score", "/web/people?sort=score"),
    ("people, by name", "/web/people?sort=name"),
    ("a person with a long history", f"/web/person/{crowd.pid_of(99)}"),
    ("circles", "/web/circles"),
    ("a list, one by one", "/web/triage?list=mentioned"),
    ("reminders", "/web/reminders"),
    ("pictures", "/web/pictures"),
    ("first hour", "/web/first"),
    ("people, who say more than they link", "/web/people?filter=discusses"),
    ("people, by a role", "/web/people?filter=role:+customer"),
    ("mirror", "/web/mirror"),
    ("outreach", "/web/outreach"),
    ("name your followers", "/web/quiz"),
    ("chats", "/web/chats"),
    ("referrals", "/web/referrals"),
    ("year", "/web/year"),
)
FLOORS = (
    ("50 people by last contact (index)", "select * from badge where owner = 1 and contact_at is not null "
     "order by contact_at desc limit 50"),
    ("50 people by one stored number (scan)", "select * from badge where owner = 1 and hkey >= '' "
     "order by talk_in_90 desc limit 50"),
    ("count of people in contact (scan)", "select count(*) from badge where owner = 1 and hkey >= '' "
     "and +contact_at is not null"),
    ("text inside names (scan)", "select * from badge where owner = 1 and hkey >= '' "
     "and nkey like '%son 99%' limit 50"),
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="bench dashboard", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--acts", type=int, default=1_000_000, help="interactions in all")
    parser.add_argument("--times", type=int, default=20, help="how often each page is asked for")
    options = parser.parse_args(arguments)
    size = f"{options.people:,} people, {options.acts:,} interactions, n = {options.times}"
    with tempfile.TemporaryDirectory(prefix="mutuals-bench-") as place:
        folder = Path(place) / "data"
        shutil.copytree(crowd.data_folder(options.people, options.acts), folder, ignore=all_but_ledger)
        rows = [*_floors(folder / "ledger.db", options.times), *_pages(folder, options.times)]
    heads = ["what", "figures made anew: ms p50 / p99", "within the minute they are kept", "bar"]
    print_table(f"Dashboard pages, server time ({size})", heads, rows)
    return 0


Row = list[str | Quantiles]


def _floors(path: Path, times: int) -> Iterator[Row]:
    connection = sqlite3.connect(path)
    for name, sql in FLOORS:
        floor = _timed(times, _query(connection, sql))
        yield [f"SQLite: {name}", floor, floor, "floor"]
    connection.close()


def _query(connection: sqlite3.Connection, sql: str) -> Callable[[], object]:
    return lambda: connection.execute(sql).fetchall()


def _pages(folder: Path, times: int) -> Iterator[Row]:
    with _browser(folder) as (browser, forget):
        for name, address in PAGES:
            ask = _asking(browser, address)
            ask()
            anew = _timed(times, ask, before=forget)
            yield [name, anew, _timed(times, ask), BAR]


@contextmanager
def _browser(folder: Path) -> Iterator[tuple[Browser, Callable[[], None]]]:
    """Yield a logged-in test client, and a function that clears the cached figures."""
    settings = Settings(data=folder)
    stores = Stores.open(settings)
    stores.ledger.settled()
    app = create_app(settings, stores, lambda: crowd.NOW)
    browser = Browser(app, stores)
    browser.get("/web/circles")
    yield browser, app.extensions[STATE].figures.clear
    stores.close()


def _asking(browser: Browser, address: str) -> Callable[[], None]:
    def ask() -> None:
        answer = browser.fetch(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"

    return ask


def _timed(times: int, do: Callable[[], object], before: Callable[[], None] | None = None) -> Quantiles:
    samples = []
    for _ in range(times):
        if before:
            before()
        start = time.perf_counter()
        do()
        samples.append((time.perf_counter() - start) * 1000)
    return quantiles(samples)


if __name__ == "__main__":
    raise SystemExit(main())
