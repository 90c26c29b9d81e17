"""HTTP load generator on plain sockets that measures each response, from one or several processes."""

from __future__ import annotations

import json
import logging
import multiprocessing
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from scripts.benchmarks.table import Quantiles, quantiles
from tests.sealed_client import SealedClient

ORIGIN = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
WARM_UP = 20


@dataclass(frozen=True, slots=True)
class Address:
    """Where requests go: a port of 127.0.0.1, a path, and the secret of the pairing; without one they go unsealed."""

    port: int
    path: str = "/v1/badges"
    secret: bytes = b""
    origin: str = ORIGIN

    def request(self, body: object) -> bytes:
        """Return the bytes of one POST, as the extension sends it; the companion takes it once, within a minute."""
        text, host = json.dumps(body).encode(), f"127.0.0.1:{self.port}"
        headers = {"Host": host, "Content-Type": "application/json", "Content-Length": str(len(text))}
        if self.secret:
            headers, text = SealedClient(self.secret, self.origin, host).request(self.path, text)
        lines = (f"{name}: {value}\r\n" for name, value in headers.items())
        return f"POST {self.path} HTTP/1.1\r\n{''.join(lines)}\r\n".encode() + text


@dataclass(frozen=True, slots=True)
class Loaded:
    """Result of a run: milliseconds of each request, and requests a second of all clients together."""

    times: Quantiles
    per_second: float


class Client:
    """One persistent connection."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._left = b""

    def ask(self, request: bytes) -> bytes:
        """Send one request and return the body of the response. Raises an error unless the status is 200."""
        self._socket.sendall(request)
        data = self._left
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, rest = data.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"The server answered {head!r} {rest!r}")
        fields = (line.partition(b":") for line in head.split(b"\r\n")[1:])
        length = next(int(value) for name, _, value in fields if name.lower() == b"content-length")
        while len(rest) < length:
            rest += self._more()
        self._left = rest[length:]
        return rest[:length]

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def _more(self) -> bytes:
        data = self._socket.recv(65536)
        if not data:
            raise RuntimeError("The server hung up in the middle of an answer.")
        return data


def timed(port: int, requests: Sequence[bytes]) -> list[float]:
    """Send the requests one after the other on one connection; return milliseconds each, the first few left out."""
    client, times = Client(port), []
    for request in requests:
        start = time.perf_counter()
        client.ask(request)
        times.append((time.perf_counter() - start) * 1000)
    client.close()
    return times[WARM_UP:]


def one(address: Address, bodies: Sequence[object]) -> Loaded:
    """Measure one client. Sealing is the client's work and is done before, so that requests follow at once."""
    requests = [address.request(body) for body in bodies]
    start = time.perf_counter()
    times = timed(address.port, requests)
    return Loaded(quantiles(times), len(requests) / (time.perf_counter() - start))


def many(address: Address, bodies: Sequence[object], clients: int) -> Loaded:
    """Measure several concurrent clients, each in its own process; the requests are sealed before."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(clients) as pool:
        pool.map(_ready, range(clients))
        requests = [address.request(body) for body in bodies]
        start = time.perf_counter()
        times = pool.starmap(timed, [(address.port, requests[n::clients]) for n in range(clients)], chunksize=1)
        seconds = time.perf_counter() - start
    return Loaded(quantiles([t for share in times for t in share]), len(requests) / seconds)


def _ready(number: int) -> int:
    return number


@contextmanager
def server(target: Callable[[int, bytes], None], port: int, reply: bytes) -> Iterator[None]:
    """Run a baseline server in a process while the block runs."""
    process = multiprocessing.get_context("spawn").Process(target=target, args=(port, reply), daemon=True)
    process.start()
    _wait_for(port)
    try:
        yield
    finally:
        process.terminate()
        process.join()


def _wait_for(port: int, seconds: float = 20.0) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def bare_flask(port: int, reply: bytes) -> None:
    """Serve a fixed response with Flask on waitress and nothing else: the baseline of the libraries."""
    from flask import Flask, Response, request
    from waitress.server import create_server

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    app = Flask(__name__)

    @app.post("/v1/badges")
    def badges() -> Response:
        request.get_json()
        return Response(reply, mimetype="application/json")

    create_server(app, host="127.0.0.1", port=port, threads=4, ident=None).run()


def raw_socket(port: int, reply: bytes) -> None:
    """Serve a fixed response from a thread per connection, parsing only the end of each request."""
    import threading

    answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(reply), reply)

    def serve(connection: socket.socket) -> None:
        while connection.recv(65536):
            connection.sendall(answer)

    with socket.create_server(("127.0.0.1", port)) as listening:
        while True:
            connection, _ = listening.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=serve, args=(connection,), daemon=True).start()
