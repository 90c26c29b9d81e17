"""Measures taking in texts with all their earlier versions, as a machine that joins does, without a carrier."""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path

from companion.settings import Settings
from companion.store.documents import Document, Json
from companion.store.notebook.notebook import Notebook
from scripts.benchmarks.notes import VIEWER, pid
from scripts.benchmarks.table import print_table

VERSIONS, AT_ONCE = 10, 1000
TOLD, OWN = "b" * 16, "a" * 16


def measure(lines: int) -> None:
    """Print the table; ``lines`` is how many lines are taken in."""
    told = [_line(number) for number in range(lines)]
    with tempfile.TemporaryDirectory(prefix="mutuals-bench-") as name, Notebook.open(Settings(data=Path(name))) as book:
        book.shared.begin(OWN, "bench")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        wall, cpu = time.perf_counter(), time.process_time()
        for start in range(0, lines, AT_ONCE):
            book.shared.receive(TOLD, told[start : start + AT_ONCE], lambda _who, _act: None)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    rows = [["take them in", f"{wall:.1f} s", f"{cpu:.1f} s of CPU"], ["memory", f"{more:.0f} MB more", ""]]
    print_table(f"{lines:,} lines: texts with {VERSIONS} versions each", ["what", "figure", "of it"], rows)


def _line(number: int) -> Document:
    person, version = divmod(number, VERSIONS)
    parents: list[Json] = [f"op-{number - 1}"] if version else []
    body: Document = {"text": f"note number {number} with some words in it, about fifty letters"}
    line: Document = {"n": number + 1, "op": f"op-{number}", "kind": "note", "pid": pid(person), "at": number}
    return {**line, "viewer": VIEWER, "body": body, "gen": version + 1, "parents": parents}
