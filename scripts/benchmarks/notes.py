"""Measures a durable save of a note beside the disk and stock TinyDB; also search and restart."""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from tinydb import TinyDB

from companion.settings import Settings
from companion.store.notebook.notebook import Notebook
from companion.store.notebook.results import LATEST
from scripts.benchmarks import load
from scripts.benchmarks.table import Quantiles, print_table, quantiles
from tests.companion_process import CompanionProcess, free_port

SEED = 11
VIEWER = "1000001"
WORDS = [f"word{number}" for number in range(2000)]
STOCK_SAVES = 30
"""Fewer, because stock TinyDB takes about 80 ms for each."""
SAVE_BYTES = 400
Sample = TypeVar("Sample")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="bench notes", description=__doc__)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--saves", type=int, default=2000)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="mutuals-bench-") as name:
        folder = Path(name)
        fill(folder, options.notes)
        _saving(folder, options.notes, options.saves)
        _reading(folder, options.notes)
        _over_http(folder, options.notes, options.saves)
    return 0


def fill(folder: Path, count: int) -> None:
    """Write ``count`` notes of 40 words, a third of the people with tags."""
    rng = random.Random(SEED)
    with Notebook.open(Settings(data=folder)) as notebook, notebook.batch():
        for number in range(count):
            notebook.write(f"fill-{number}", "note", pid(number), {"text": words(rng)}, None, number, VIEWER)
            if number % 3 == 0:
                tags = {"tags": rng.sample(WORDS[:30], 3)}
                notebook.write(f"fill-tags-{number}", "tags", pid(number), tags, None, number, VIEWER)


def pid(number: int) -> str:
    """Return the id of the n-th invented person."""
    return str(2_000_000 + number)


def words(rng: random.Random) -> str:
    """Return the text of a note."""
    return " ".join(rng.choices(WORDS, k=40))


def _saving(folder: Path, count: int, saves: int) -> None:
    rng = random.Random(SEED + 1)
    texts = [words(rng) for _ in range(saves)]
    with Notebook.open(Settings(data=folder)) as notebook:

        def save(number: int, who: int) -> None:
            notebook.write(f"save-{who}-{number}", "note", pid(who), {"text": texts[number]}, LATEST, number, VIEWER)

        floor = _each(range(saves), _appending(folder / "floor"))
        new = _each(range(saves), lambda number: save(number, count + number))
        edits = _each(range(saves), lambda number: save(number, rng.randrange(count)))
        floor_again = _each(range(saves), _appending(folder / "floor"))
    stock = _stock(folder / "stock.json", count)
    rows: list[list[str | int | float | Quantiles]] = [
        [f"append {SAVE_BYTES} bytes + fdatasync, before", floor, floor.n, 1.0, "floor"],
        ["the same, after", floor_again, floor_again.n, floor_again.p50 / floor.p50, "floor"],
        ["save a new note", new, new.n, new.p50 / floor.p50, "p99 <= 1"],
        ["edit a note (the old text is kept)", edits, edits.n, edits.p50 / floor.p50, "p99 <= 1"],
        ["stock TinyDB: insert", stock, stock.n, stock.p50 / floor.p50, "-"],
    ]
    print_table(
        f"Save a note, durable, in the process ({count:,} notes)", ["what", "ms p50 / p99", "n", "x floor", "bar"], rows
    )


def _appending(path: Path) -> Callable[[int], None]:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def append(_number: int) -> None:
        os.write(descriptor, b"x" * SAVE_BYTES)
        os.fdatasync(descriptor)

    return append


def _stock(path: Path, count: int) -> Quantiles:
    rng = random.Random(SEED)
    with TinyDB(path) as stock:
        stock.insert_multiple({"pid": pid(number), "text": words(rng)} for number in range(count))
        return _each(range(STOCK_SAVES), lambda number: stock.insert({"pid": pid(number), "text": words(rng)}))


def _reading(folder: Path, count: int) -> None:
    path = Settings(data=folder).notebook_path
    rng = random.Random(SEED + 2)
    opening = _each(range(7), lambda _number: _open(folder).close())
    decoding = _each(range(7), lambda _number: json.loads(path.read_bytes()))
    with _open(folder) as notebook:
        compacting = _each(range(7), lambda _number: notebook.compact())
        notebook.search("warm", 1)
        queries = [" ".join(rng.sample(WORDS, rng.choice([1, 2]))) for _ in range(300)]
        searching = _each(queries, lambda query: notebook.search(query, 20))
        screens = [[pid(rng.randrange(count)) for _ in range(40)] for _ in range(500)]
        summaries = _each(screens, lambda screen: [notebook.summary(one) for one in screen])
    rows: list[list[str | int | Quantiles]] = [
        ["reopen", opening, opening.n, "+ 100 at a start"],
        ["json.loads of the same file", decoding, decoding.n, "floor of reopen"],
        ["compact (in the background)", compacting, compacting.n, "-"],
        ["search, one or two words", searching, searching.n, "p99 <= 10"],
        ["40 summaries, for 40 badges", summaries, summaries.n, "-"],
    ]
    print_table(
        f"Read notes ({count:,} notes, {path.stat().st_size:,} bytes)", ["what", "ms p50 / p99", "n", "bar"], rows
    )


def _open(folder: Path) -> Notebook:
    return Notebook.open(Settings(data=folder))


def _each(samples: Iterable[Sample], act: Callable[[Sample], object]) -> Quantiles:
    times = []
    for sample in samples:
        start = time.perf_counter()
        act(sample)
        times.append((time.perf_counter() - start) * 1000)
    return quantiles(times)


def _over_http(folder: Path, count: int, saves: int) -> None:
    with CompanionProcess(folder) as companion:
        address = load.Address(companion.port, "/v1/writes", companion.pair(load.ORIGIN))
        instance = str(companion.post("status", {})["instance"])
        measured = [("Mutuals", *_both(address, instance, count, saves), "<= 1.5 / 10; <= - / 15")]
        companion.stop()
    address = load.Address(free_port(), "/v1/writes")
    with load.server(bare_flask_with_a_file, address.port, b'{"rev": 1}'):
        measured.append(("bare Flask + waitress, append + fdatasync", *_both(address, instance, count, saves), "floor"))
    headers = ["server", "1 client: ms p50 / p99", "per s", "4 clients: ms p50 / p99", "per s", "bar"]
    rows: list[list[str | float | Quantiles]] = [
        [name, one.times, one.per_second, four.times, four.per_second, bar] for name, one, four, bar in measured
    ]
    print_table(f"Save a note over HTTP, durable before the answer ({count:,} notes, n = {saves:,})", headers, rows)


def _both(address: load.Address, instance: str, count: int, saves: int) -> tuple[load.Loaded, load.Loaded]:
    rng = random.Random(SEED + 3)
    run = free_port()  # makes the op ids of this run new
    bodies = [_body(instance, f"bench-{run}-{number}", count + run + number, rng) for number in range(saves * 2)]
    return load.one(address, bodies[:saves]), load.many(address, bodies[saves:], 4)


def _body(instance: str, op: str, number: int, rng: random.Random) -> dict[str, object]:
    return {
        "instance": instance,
        "viewer": {"id": VIEWER},
        "op": op,
        "kind": "note",
        "person": {"id": str(10_000_000 + number)},
        "body": {"text": words(rng)},
        "base": None,
        "at": 1_760_000_000,
    }


def bare_flask_with_a_file(port: int, reply: bytes) -> None:
    """Serve a fixed response after an append and an fdatasync: the baseline of a durable save with these libraries."""
    from flask import Flask, Response, request
    from waitress.server import create_server

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    app = Flask(__name__)
    append = _appending(Path(tempfile.mkdtemp(prefix="mutuals-floor-")) / "floor")

    @app.post("/v1/writes")
    def writes() -> Response:
        request.get_json()
        append(0)
        return Response(reply, mimetype="application/json")

    create_server(app, host="127.0.0.1", port=port, threads=4, ident=None).run()


if __name__ == "__main__":
    raise SystemExit(main())
