"""Measures badge look-ups of 40 handles: in process beside a dict, over HTTP beside bare servers."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from companion.access import wire
from companion.store.ledger.ledger import Ledger
from scripts.benchmarks import crowd, load
from scripts.benchmarks.table import Quantiles, print_table, quantiles
from tests.companion_process import CompanionProcess, free_port
from tests.sealed_client import SealedClient

HANDLES = 40
SECRET = bytes(32)
SEED = 7


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="bench badges", description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--acts", type=int, default=10_000_000, help="interactions in all")
    parser.add_argument("--requests", type=int, default=2000)
    options = parser.parse_args(arguments)
    folder = crowd.data_folder(options.people, options.acts)
    chance = random.Random(SEED)
    screens = [
        [crowd.handle_of(crowd.skewed(chance, options.people)) for _ in range(HANDLES)] for _ in range(options.requests)
    ]
    size = f"{options.people:,} people, {options.acts:,} interactions, n = {options.requests:,}"
    _in_process(folder / "ledger.db", screens, options.people, size)
    _over_http(folder, screens, size)
    return 0


def _in_process(path: Path, screens: list[list[str]], people: int, size: str) -> None:
    ledger = Ledger.open(path)
    ledger.settled()
    look_ups = _each(screens, lambda handles: ledger.badges(crowd.OWNER, handles))
    ledger.close()
    known = {crowd.handle_of(number): number for number in range(people)}
    floor = _each(screens, lambda handles: {handle: known.get(handle) for handle in handles})
    rows: list[list[str | Quantiles]] = [
        ["dict: handle -> number", floor, "-"],
        ["ledger.badges", look_ups, "p99 <= 1.5"],
    ]
    print_table(f"{HANDLES} handles in the process ({size})", ["what", "ms p50 / p99", "bar"], rows)


def _seal(screens: list[list[str]], reply: bytes) -> Quantiles:
    """Time what the sealed wire adds to one answer: the proof checked twice, a body opened, an answer sealed."""
    client, keys = SealedClient(SECRET, load.ORIGIN, "127.0.0.1"), wire.Keys.of(SECRET)
    times = []
    for handles in screens:
        headers, sealed = client.request(
            "/v1/badges", json.dumps({"viewer": crowd.VIEWER, "handles": handles}).encode()
        )
        who, moment, nonce = (headers[f"X-Mutuals-{name}"] for name in ("Client", "Time", "Nonce"))
        length = headers["Content-Length"]
        claims = wire.Claims("POST", "/v1/badges", client.host, client.origin, who, moment, nonce, length)
        start = time.perf_counter()
        for _ in range(2):
            wire.proof_fits(keys.head, claims.listed(), headers["X-Mutuals-Proof"])
        exchange = wire.Exchange(keys, claims.listed(), claims.nonce)
        exchange.open(sealed)
        exchange.seal(200, reply)
        times.append((time.perf_counter() - start) * 1000)
    return quantiles(times[load.WARM_UP :])


def _each(screens: list[list[str]], look: Callable[[list[str]], object]) -> Quantiles:
    times = []
    for handles in screens:
        start = time.perf_counter()
        look(handles)
        times.append((time.perf_counter() - start) * 1000)
    return quantiles(times[load.WARM_UP :])


def _over_http(folder: Path, screens: list[list[str]], size: str) -> None:
    bodies = [{"viewer": crowd.VIEWER, "handles": handles} for handles in screens]
    with CompanionProcess(folder) as companion:
        address = load.Address(companion.port, secret=companion.pair(load.ORIGIN))
        client = load.Client(companion.port)
        reply = client.ask(address.request(bodies[0]))
        client.close()
        measured = [("Mutuals", *_both(address, bodies), "<= 1.5 / 5; <= - / 20, >= 800/s")]
        companion.stop()
    for name, target in (("bare Flask + waitress", load.bare_flask), ("raw socket", load.raw_socket)):
        address = load.Address(free_port())
        with load.server(target, address.port, reply):
            measured.append((name, *_both(address, bodies), "-"))
    seal = _seal(screens, reply)
    print_table("Of this, the sealed wire", ["what", "ms p50 / p99", "bar"], [["prove, open, seal", seal, "<= 0.3"]])
    headers = ["server", "1 client: ms p50 / p99", "per s", "6 clients: ms p50 / p99", "per s", "bar"]
    rows: list[list[float | str | Quantiles]] = [
        [name, one.times, one.per_second, six.times, six.per_second, bar] for name, one, six, bar in measured
    ]
    print_table(f"{HANDLES} handles over HTTP, {len(reply):,} bytes back ({size})", headers, rows)


def _both(address: load.Address, bodies: Sequence[object]) -> tuple[load.Loaded, load.Loaded]:
    return load.one(address, bodies), load.many(address, bodies, 6)


if __name__ == "__main__":
    raise SystemExit(main())
