"""Measures a start from exec to the first response, and idle memory and CPU, beside bare Flask on waitress."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from companion.access.clients import Clients
from companion.settings import Settings
from scripts.benchmarks import crowd, load, notes
from scripts.benchmarks.table import print_table, quantiles
from tests.companion_process import bytecode, free_port

BARE = (
    "import sys; from flask import Flask; from waitress.server import create_server; app = Flask('bare'); "
    "app.post('/v1/badges')(lambda: {}); create_server(app, host='127.0.0.1', port=int(sys.argv[1]), threads=4).run()"
)
NOTHING = (
    "import socket, sys; s = socket.create_server(('127.0.0.1', int(sys.argv[1])))\nwhile True:\n c, _ = s.accept(); "
)
PLAIN = NOTHING + "c.recv(9999); c.sendall(b'HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\n{}')"
SETTLE_SECONDS = 4.0
"""Seconds to wait first: the companion indexes its notes in small steps after the start."""
Command = Callable[[int], list[str]]


@dataclass(frozen=True, slots=True)
class Rest:
    """An idle process: resident MiB, and per cent of one CPU."""

    memory: float
    processor: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; the subjects alternate, so that a busy moment affects them alike."""
    parser = argparse.ArgumentParser(prog="bench start", description=__doc__)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--acts", type=int, default=10_000_000, help="interactions in all")
    parser.add_argument("--starts", type=int, default=15)
    parser.add_argument("--idle", type=float, default=10.0, help="seconds at rest")
    options = parser.parse_args(arguments)
    filled = crowd.data_folder(options.people, options.acts)
    written = Settings(data=filled).notebook_path
    if not written.exists() or written.stat().st_size < options.notes * notes.SAVE_BYTES // 4:
        notes.fill(filled, options.notes)  # repeated, it changes nothing
    with tempfile.TemporaryDirectory(prefix="mutuals-bench-") as name:
        _measure(_subjects(Path(name), filled, options.notes, options.acts), options.starts, options.idle)
    return 0


def _subjects(empty: Path, filled: Path, count: int, acts: int) -> dict[str, tuple[Command, bytes, str]]:
    """Return name -> (command for a port, secret, bar)."""
    python = sys.executable

    def companion(folder: Path) -> tuple[Command, bytes]:
        secret = os.urandom(32)
        Clients(Settings(data=folder).clients_path).add(load.ORIGIN, "bench", secret, 1)
        words = [python, "-m", "companion", "start", "--data", str(folder), "--port"]
        return lambda port: [*words, str(port)], secret

    return {
        "a bare Python socket": (lambda port: [python, "-c", PLAIN, str(port)], b"", "-"),
        "bare Flask + waitress": (lambda port: [python, "-c", BARE, str(port)], b"", "-"),
        "Mutuals, empty": (*companion(empty), "<= 350 ms, 45 MiB, 0 %"),
        f"Mutuals, {count:,} notes, {acts:,} interactions": (*companion(filled), "<= 450 ms, 65 MiB, 0 %"),
    }


def _measure(subjects: dict[str, tuple[Command, bytes, str]], starts: int, idle: float) -> None:
    taken: dict[str, list[float]] = {name: [] for name in subjects}
    for command, secret, _bar in subjects.values():
        _start(command, secret)  # compiles what is not compiled yet
    for _ in range(starts):
        for name, (command, secret, _bar) in subjects.items():
            taken[name].append(_start(command, secret)[0])
    rests = {name: _start(command, secret, idle)[1] for name, (command, secret, _bar) in subjects.items()}
    rows: list[list[float | str]] = []
    for name, (_command, _secret, bar) in subjects.items():
        times, rest = quantiles(taken[name]), rests[name]
        rows.append([name, min(taken[name]), times.p50, times.worst, rest.memory, f"{rest.processor:.1f} %", bar])
    headers = ["server", "first answer, ms: best", "median", "worst", "MiB at rest", "processor at rest", "bar"]
    print_table(f"From exec to the first answer (n = {starts}, in turns; at rest {idle:.0f} s)", headers, rows)


def _start(command: Command, secret: bytes, idle: float = 0.0) -> tuple[float, Rest]:
    """Start, wait for the first response, idle, and end; return milliseconds and the idle figures."""
    port = free_port()
    address = load.Address(port, secret=secret)
    before = time.perf_counter()
    process = subprocess.Popen(command(port), env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not _answered(address):
            if process.poll() is not None:
                raise SystemExit(f"This did not start: {' '.join(command(port))}")
            time.sleep(0.002)
        taken = (time.perf_counter() - before) * 1000
        return taken, _rest(process.pid, idle)
    finally:
        process.terminate()
        process.wait()


def _environment() -> dict[str, str]:
    """Return an environment in which Python caches compiled modules, whatever this shell sets."""
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return variables | bytecode()


def _answered(address: load.Address) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", address.port), timeout=10) as connection:
            connection.sendall(address.request({"viewer": crowd.VIEWER, "handles": [crowd.handle_of(0)]}))
            return connection.recv(4096).startswith(b"HTTP/1.1 200")
    except ConnectionError:
        return False


def _rest(pid: int, seconds: float) -> Rest:
    """Measure an idle process from Linux' /proc."""
    if seconds:
        time.sleep(SETTLE_SECONDS)
    before = _ticks(pid)
    time.sleep(seconds)
    used = (_ticks(pid) - before) / os.sysconf("SC_CLK_TCK")
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    resident = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
    return Rest(resident / 1024, 100 * used / seconds if seconds else 0.0)


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


if __name__ == "__main__":
    raise SystemExit(main())
