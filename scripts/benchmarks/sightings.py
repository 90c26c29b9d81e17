"""Measures parsing and storing one page of X's JSON, beside parsing alone, with concurrent look-ups."""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from companion.domain.dates import DAY
from companion.sources.page import understand
from companion.store.ledger.ledger import Ledger
from scripts.benchmarks import crowd, load
from scripts.benchmarks.table import Quantiles, print_table, quantiles
from tests.companion_process import CompanionProcess
from tests.x_json import PostFacts, UserFacts, tweet_json, user_json
from tests.x_timeline import timeline_json, tweet_entry

OP = "HomeTimeline"
HANDLES = 40
T = TypeVar("T")
Cell = float | int | str | Quantiles | None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark on a copy of the invented ledger."""
    parser = argparse.ArgumentParser(prog="bench sightings", description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--acts", type=int, default=10_000_000, help="interactions in all")
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--kilobytes", type=int, default=1000, help="size of one page")
    options = parser.parse_args(arguments)
    made = crowd.data_folder(options.people, options.acts)
    chance = random.Random(5)
    pages = [page(chance, options.people, options.kilobytes * 1000) for _ in range(options.pages)]
    with tempfile.TemporaryDirectory(prefix="mutuals-bench-") as folder:
        shutil.copyfile(made / "ledger.db", Path(folder) / "ledger.db")
        _in_process(Path(folder) / "ledger.db", pages)
        _over_http(
            Path(folder), options.people, [page(chance, options.people, options.kilobytes * 1000) for _ in pages]
        )
    return 0


def page(chance: random.Random, people: int, size: int) -> str:
    """Return one timeline as X sends it, of about ``size`` bytes, by people of the crowd; a fifth answer me."""
    entries: list[dict[str, object]] = []
    written = 0
    while written < size:
        number = crowd.skewed(chance, people)
        author = user_json(
            UserFacts(
                crowd.pid_of(number), crowd.handle_of(number), f"Person {number}", "A bio of usual length. " * 4,
                followers=chance.randrange(9000), following=300, follows_me=chance.random() < 0.3, i_follow=True,
            )
        )  # fmt: skip
        at = crowd.NOW + chance.randrange(DAY)
        facts = PostFacts(str(crowd.FIRST_ID * 1 + at * 1000 + chance.randrange(1000)), author, "Words. " * 30, at)
        if chance.random() < 0.2:
            facts.reply_to = ("1", crowd.OWNER, "adaquill")
        entries.append(tweet_entry(tweet_json(facts) | {"card": card(number)}, sort_index=len(entries)))
        written += len(json.dumps(entries[-1]))
    return json.dumps(timeline_json(OP, entries))


def card(number: int) -> dict[str, object]:
    """Return a link card with many pictures, which is what makes X's real posts about 12 kB."""
    picture = {"height": 600, "width": 1200, "url": f"https://pbs.twimg.com/card_img/{number}?format=jpg&name=large"}
    values = [
        {"key": f"player_image_{size}_{turn}", "value": {"image_value": dict(picture), "type": "IMAGE"}}
        for turn in range(9)
        for size in ("small", "large", "original", "x_large", "color")
    ]
    return {"rest_id": f"https://t.co/{number}", "legacy": {"binding_values": values, "name": "player"}}


def _in_process(path: Path, pages: list[str]) -> None:
    ledger = Ledger.open(path)
    ledger.settled()
    at = crowd.NOW + 2 * DAY
    understood = [understand(text, op=OP, viewer_id=crowd.OWNER, viewer_handle="adaquill", at=at) for text in pages]
    parse = _cpu(json.loads, pages)
    reading = _cpu(lambda text: understand(text, op=OP, viewer_id=crowd.OWNER, at=at), pages)
    first = _cpu(lambda understanding: ledger.record(crowd.OWNER, understanding, at), understood)
    again = _cpu(lambda understanding: ledger.record(crowd.OWNER, understanding, at + 60), understood)
    ledger.close()
    one = understood[0]
    people, posts, acts = len(one.people), len(one.posts), len(one.interactions)
    rows: list[list[Cell]] = [
        ["floor: json.loads", *parse, "-"],
        ["understand", *reading, "-"],
        ["record, first time", *first, "-"],
        ["record, seen again later", *again, "-"],
        ["understand and record, first time", reading[0] + first[0], reading[1] + first[1], "<= 40"],
    ]
    title = (
        f"One page of {len(pages[0]):,} bytes: {people} people, {posts} posts, {acts} interactions; n = {len(pages)}"
    )
    print_table(title, ["what", "CPU ms, median", "worst", "bar"], rows)


def _cpu(work: Callable[[T], object], things: list[T]) -> tuple[float, float]:
    times = []
    for thing in things:
        start = time.process_time()
        work(thing)
        times.append((time.process_time() - start) * 1000)
    result = quantiles(times)
    return result.p50, result.worst


def _over_http(folder: Path, people: int, pages: list[str]) -> None:
    """Send the pages to a real companion while another process requests badges."""
    with CompanionProcess(folder) as companion:
        address = load.Address(companion.port, "/v1/sightings", companion.pair(load.ORIGIN))
        looks = load.Address(companion.port, secret=address.secret)
        chance = random.Random(9)
        screens = [
            {"viewer": crowd.VIEWER, "handles": [_handle(chance, people) for _ in range(HANDLES)]} for _ in range(4000)
        ]
        client, before = load.Client(address.port), _cpu_seconds(companion.pid)
        with get_context("spawn").Pool(1) as pool:
            quiet = load.one(looks, screens[:400]).times
            cpu_looks = (_cpu_seconds(companion.pid) - before) / 400
            pool.apply(len, ((),))
            running = pool.apply_async(paced, (looks, screens, len(pages) * 0.25))
            before, started = _cpu_seconds(companion.pid), time.perf_counter()
            for text in pages:
                client.ask(address.request(_sighting(text)))
                time.sleep(max(0.0, 0.25 - (time.perf_counter() - started) % 0.25))
            busy = running.get()
            cpu = _cpu_seconds(companion.pid) - before - cpu_looks * len(busy)
        client.close()
        companion.stop()
    rows: list[list[Cell]] = [
        ["lookups of 40, nothing else going on", quiet, "-"],
        ["lookups of 40, four pages a second coming in", quantiles(busy), "p99 <= 5"],
        ["CPU ms of the companion per page", cpu * 1000 / len(pages), "<= 40"],
    ]
    print_table("The same over HTTP, with a real companion", ["what", "ms p50 / p99", "bar"], rows)


def paced(address: load.Address, bodies: Sequence[object], seconds: float) -> list[float]:
    """Request a screenful of badges every 20 ms, like a user who scrolls; return milliseconds each."""
    client, times, until = load.Client(address.port), [], time.perf_counter() + seconds
    for body in bodies:
        request = address.request(body)
        if time.perf_counter() > until:
            break
        start = time.perf_counter()
        client.ask(request)
        times.append((time.perf_counter() - start) * 1000)
        time.sleep(0.02)
    client.close()
    return times


def _handle(chance: random.Random, people: int) -> str:
    return crowd.handle_of(crowd.skewed(chance, people))


def _sighting(text: str) -> dict[str, object]:
    seen = {"op": OP, "url": f"https://x.com/i/api/graphql/x/{OP}", "at": int(time.time()), "text": text}
    return {"viewer": crowd.VIEWER, "seen": [seen], "readings": []}


def _cpu_seconds(pid: int) -> float:
    """Return the processor time of a process and its threads so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    raise SystemExit(main())
