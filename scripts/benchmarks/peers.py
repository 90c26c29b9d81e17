"""Measures the nearest peers on this machine: promnesia looking up 40 addresses, aw-server recording one event durably.

They are installed from the package index into an environment of their own in the system's temporary folder.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.benchmarks.table import print_table, quantiles
from tests.companion_process import free_port

WARM_UP, REQUESTS = 50, 300
ROWS = 5000
"""Rows in a peer's store, as in the published comparison that this follows."""
READY_SECONDS = 30
PROMNESIA = """
import sys
from datetime import datetime, timezone
from pathlib import Path
from promnesia.common import Loc, Source, Visit
from promnesia.database.dump import visits_to_sqlite
from promnesia.extract import extract_visits
def visits():
    at = datetime(2026, 6, 1, tzinfo=timezone.utc)
    for n in range(int(sys.argv[2])):
        yield Visit(url=f"https://x.com/user{n:05}", dt=at, locator=Loc.make("t"), context="note 1")
found = extract_visits(source=Source(visits), src="t")
list(visits_to_sqlite(vit=found, overwrite_db=True, _db_path=Path(sys.argv[1])))
"""

Ask = Callable[[http.client.HTTPConnection, int], None]


def main(name: str) -> None:
    """Print the table of the peer of one of our benchmarks."""
    {"badges": _promnesia, "notes": _aw_server}[name]()


def environment(name: str, *packages: str) -> Path:
    """Return the folder of a virtual environment with these packages, created once per machine."""
    folder = Path(tempfile.gettempdir(), f"mutuals-peer-{name}")
    if not (folder / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin/python", "-m", "pip", "install", "--quiet", *packages], check=True)
        (folder / "ready").touch()
    return folder


@contextmanager
def _running(command: list[str | Path], port: int, home: Path) -> Iterator[http.client.HTTPConnection]:
    """Run a server until the block ends; it is ready once its port answers."""
    places = {name: str(home) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet, env={**os.environ, **places})
    try:
        ends = time.monotonic() + READY_SECONDS
        while socket.socket().connect_ex(("127.0.0.1", port)):
            if process.poll() is not None or time.monotonic() > ends:
                raise SystemExit(f"{command[0]} did not start.")
            time.sleep(0.02)
        yield http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    finally:
        process.terminate()
        process.wait(10)


def _post(connection: http.client.HTTPConnection, path: str, body: object) -> bytes:
    connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    text = answer.read()
    if answer.status >= 400:
        raise SystemExit(f"{path} answered {answer.status}: {text[:200]!r}")
    return text


def _timed(label: str, connection: http.client.HTTPConnection, ask: Ask) -> list[object]:
    """Return a table row: name, p50 and p99 in ms, requests a second."""
    for number in range(WARM_UP):
        ask(connection, number)
    samples = []
    for number in range(WARM_UP, WARM_UP + REQUESTS):
        start = time.perf_counter()
        ask(connection, number)
        samples.append((time.perf_counter() - start) * 1000)
    times = quantiles(samples)
    return [label, str(times), f"{1000 / times.mean:,.0f}"]


def _promnesia() -> None:
    env = environment("promnesia", "promnesia")
    with tempfile.TemporaryDirectory() as folder:
        database, port = Path(folder, "p.sqlite"), free_port()
        subprocess.run(
            [env / "bin/python", "-c", PROMNESIA, database, str(ROWS)], check=True, env={**os.environ, "HOME": folder}
        )
        command: list[str | Path] = [
            env / "bin/promnesia",
            "serve",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--db",
            database,
            "--quiet",
        ]
        with _running(command, port, Path(folder)) as connection:
            urls = [f"https://x.com/user{n * 97 % ROWS:05}" for n in range(40)]
            row = _timed(
                "promnesia /visited, 40 addresses",
                connection,
                lambda c, _n: void(_post(c, "/visited", {"urls": urls, "client_version": "1.4.0"})),
            )
    _print([row], "looking up 40")


def _aw_server() -> None:
    env = environment("aw-server", "aw-server", "peewee<4")  # its storage answers 500 with peewee 4
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        command: list[str | Path] = [
            env / "bin/aw-server",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--storage",
            "peewee",
        ]
        with _running(command, port, Path(folder)) as connection:
            _post(connection, "/api/0/buckets/b", {"client": "x", "type": "t", "hostname": "h"})
            row = _timed("aw-server heartbeat, new data", connection, _heartbeat)
    _print([row], "recording one thing")


def _heartbeat(connection: http.client.HTTPConnection, number: int) -> None:
    at = f"2026-06-01T{number // 60 % 24:02}:{number % 60:02}:01+00:00"
    event = {"timestamp": at, "duration": 0, "data": {"handle": f"user{number}"}}
    _post(connection, "/api/0/buckets/b/heartbeat?pulsetime=0.0", event)


def void(_answer: bytes) -> None:
    """Discard a response: only the time counts."""


def _print(rows: list[list[object]], what: str) -> None:
    print_table(
        f"Peers, {what} ({ROWS:,} rows, n = {REQUESTS})",
        ["peer", "ms p50 / p99", "per s"],
        [[str(cell) for cell in row] for row in rows],
    )
