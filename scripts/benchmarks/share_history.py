"""Measures joining a folder of texts with all their earlier versions, in processes of their own, beside floors."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import resource
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

from companion.settings import Settings
from companion.share import line_file
from companion.share.folder import file_of
from companion.share.link import AT_ONCE, FolderLink
from companion.share.membership import Meeting, Membership
from companion.share.sealing import Seal
from companion.share.space import enter
from companion.store.documents import Document, Json, encode
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.notebook import Notebook
from scripts.benchmarks.notes import VIEWER, pid
from scripts.benchmarks.table import print_table, quantiles

VERSIONS, TOLD, PHRASE, SEED = 10, "b" * 16, "an invented passphrase", 7
Figures = dict[str, float | list[float]]
"""What one process measured; seconds, and MB of memory."""


def measure(lines: int) -> None:
    """Print the table; ``lines`` is how many lines are taken in."""
    with tempfile.TemporaryDirectory(prefix="mutuals-bench-") as name:
        home = Path(name)
        (home / "carried").mkdir()
        seal = enter(home / "carried", PHRASE, cost=2)
        told = _lines(lines)
        while batch := list(islice(told, AT_ONCE)):
            line_file.append(file_of(home / "carried", TOLD), seal, TOLD, batch)
        rows = [
            _floor("fetch, check and fdatasync the same lines", _alone(_fetched, home)),
            _floor("read the same lines with json.loads", _alone(_parsed, home)),
            *_joined(_alone(_join, home)),
        ]
    print_table(f"Join {lines:,} lines: texts with {VERSIONS} versions each", ["what", "time", "highest memory"], rows)


def _lines(count: int) -> Iterator[Document]:
    for number in range(count):
        person, version = divmod(number, VERSIONS)
        parents: list[Json] = [f"op-{number - 1}"] if version else []
        body: Document = {"text": f"note number {number} with some words in it, about fifty letters"}
        line: Document = {"n": number + 1, "op": f"op-{number}", "kind": "note", "pid": pid(person), "at": number}
        yield {**line, "viewer": VIEWER, "body": body, "gen": version + 1, "parents": parents}


def _floor(what: str, figures: Figures) -> list[str]:
    return [f"floor: {what}", f"{figures['seconds']:.1f} s", f"{figures['peak']:.0f} MB"]


def _joined(figures: Figures) -> list[list[str]]:
    looks = figures["looks"]
    about = quantiles(looks if isinstance(looks, list) else [])
    return [
        [f"join, with look-ups meanwhile ({figures['cpu']:.1f} s of CPU)", *_floor("", figures)[1:]],
        [f"everything about one person meanwhile, p50 / p99 (n = {about.n:,})", f"{about} ms", ""],
        ["close, and open again", f"{figures['close']:.1f} s, {figures['open']:.1f} s", ""],
    ]


# --- in a process of its own -----------------------------------------------------------------------------------------


def _alone(work: Callable[[Path], Figures], home: Path) -> Figures:
    """Return what some work measured in a fresh process, with the highest memory that it had."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_report, args=(work, home, there))
    process.start()
    there.close()
    try:
        figures: Figures = here.recv()
    finally:
        process.join()
    return figures


def _report(work: Callable[[Path], Figures], home: Path, there: Connection) -> None:
    figures = work(home)
    there.send({"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, **figures})
    there.close()


def _batches(home: Path) -> Iterator[list[Document]]:
    seal = enter(home / "carried", PHRASE, cost=2)
    for content in line_file.stream(file_of(home / "carried", TOLD), seal, 0, AT_ONCE):
        yield list(content.lines.values())


def _fetched(home: Path) -> Figures:
    start = time.perf_counter()
    with (home / "floor").open("wb") as file:
        for lines in _batches(home):
            data = b"".join(encode(line) + b"\n" for line in lines)
            file.write(b"%08x\n%b" % (zlib.crc32(data), data))
            file.flush()
            os.fdatasync(file.fileno())
    return {"seconds": time.perf_counter() - start}


def _parsed(home: Path) -> Figures:
    start = time.perf_counter()
    with (home / "floor").open("rb") as file:
        held = [json.loads(line) for line in file if line.startswith(b"{")]
    return {"seconds": time.perf_counter() - start, "lines": len(held)}


def _join(home: Path) -> Figures:
    settings, seal = Settings(data=home / "lap"), enter(home / "carried", PHRASE, cost=2)
    with Notebook.open(settings) as notebook:
        ledger, samples, end = Ledger.open(settings.ledger_path), list[float](), threading.Event()
        look = threading.Thread(target=_look, args=(notebook, samples, end))
        look.start()
        wall, cpu = time.perf_counter(), time.process_time()
        link = FolderLink(_membership(home, seal), notebook, ledger, lambda: None, lambda: int(time.time()))
        link.meet(Meeting())
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        end.set()
        look.join()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        ledger.close()
        start = time.perf_counter()
    closed = time.perf_counter()
    with Notebook.open(settings):
        opened = time.perf_counter()
    times: Figures = {"close": closed - start, "open": opened - closed}
    return {**times, "seconds": wall, "cpu": cpu, "looks": samples, "peak": peak}


def _membership(home: Path, seal: Seal) -> Membership:
    return Membership(f"folder:{home / 'carried'}", seal.space, seal.key, "lap")


def _look(notebook: Notebook, samples: list[float], end: threading.Event) -> None:
    rng = random.Random(SEED)
    while not end.wait(0.002):
        people = max(1, notebook.note_count())
        start = time.perf_counter()
        notebook.about(pid(rng.randrange(people)))
        samples.append((time.perf_counter() - start) * 1000)
