"""Runs a real companion as a process of its own, for tests that need the whole way: server, gate, stores, signals."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from companion.access.clients import Clients
from companion.access.wire import SEALED
from companion.settings import Settings
from companion.stores import pairing_window
from tests import sealed_client
from tests.sealed_client import SealedClient

ORIGIN = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
READY_SECONDS = 30.0
ROOT = Path(__file__).resolve().parents[1]
PORTS = range(20_000, 32_000)
"""Below those of outgoing connections (Linux from 32768, others from 49152), of which a browser makes many."""


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody has right now, and that no outgoing connection can take meanwhile."""
    while True:
        port = random.SystemRandom().choice(PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def bytecode() -> dict[str, str]:
    """Keep compiled modules outside the checkout, as an installed companion has them: a start is six times faster."""
    return {"PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "mutuals-bytecode")}


class CompanionProcess:
    """One `mutuals start` on a data folder; start, stop, kill and start again as often as a test likes.

    Args:
        data: the data folder (made if missing).
        port: the port; 0 or None chooses a free one and keeps it over restarts.
        env: further environment variables.
    """

    def __init__(self, data: Path, port: int | None = None, env: dict[str, str] | None = None) -> None:
        self.data = Path(data)
        self.port = port or free_port()
        self.settings = Settings(data=self.data, port=self.port)
        self.secret = b""
        self.origin = ORIGIN
        self.lines: list[str] = []
        self._env = {**os.environ, "PYTHONUNBUFFERED": "1", **bytecode(), **(env or {})}
        self._env.pop("PYTHONDONTWRITEBYTECODE", None)
        self._ready, self._over = threading.Event(), threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Where the companion answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The running process."""
        assert self._process is not None, "the companion was not started"
        return self._process.pid

    @property
    def output(self) -> str:
        """Everything printed so far, over all starts."""
        return "\n".join(self.lines)

    def spawn(self) -> CompanionProcess:
        """Start without waiting until it answers."""
        self._ready.clear()
        self._over.clear()
        command = [sys.executable, "-m", "companion", "start", "--data", str(self.data), "--port", str(self.port)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=self._env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        self._reader = threading.Thread(target=self._drain, args=(self._process,), daemon=True)
        self._reader.start()
        return self

    def start(self) -> CompanionProcess:
        """Start and wait until it answers."""
        return self.spawn().wait_ready()

    def wait_ready(self, seconds: float = READY_SECONDS) -> CompanionProcess:
        """Wait for the ready line; an end of the process before it is an error that shows what it printed."""
        if not self._ready.wait(seconds) or self._over.is_set():
            raise RuntimeError(f"the companion did not get ready:\n{self.output}")
        return self

    def stop(self, seconds: float = 15.0) -> int:
        """Ask it to end (SIGTERM), wait, and return its exit code."""
        return self._end(signal.SIGTERM, seconds)

    def kill(self) -> int:
        """End it at once (SIGKILL), as a power cut would."""
        return self._end(signal.SIGKILL, 15.0)

    def wait(self, seconds: float = 15.0) -> int:
        """Wait until it ends by itself and return its exit code."""
        assert self._process is not None, "the companion was not started"
        return self._ended(self._process, seconds)

    def open_pairing(self, now: int | None = None) -> str:
        """Open a pairing window as `mutuals pair` does and return the code to type."""
        import time

        return pairing_window(self.settings).open(now if now is not None else int(time.time()))

    def pair(self, origin: str = ORIGIN, code: str | None = None) -> bytes:
        """Pair `origin` over HTTP and return the secret; later calls of `post` use both."""
        self.secret, _ = sealed_client.pair(
            code or self.open_pairing(), self.host, origin, lambda path, body: self._paired(path, body, origin)
        )
        self.origin = origin
        return self.secret

    def _paired(self, path: str, body: Mapping[str, object], origin: str) -> dict[str, str]:
        status, _, answer = self.plain(path, body, origin)
        assert status == 200, answer
        told: dict[str, str] = json.loads(answer)
        return told

    @property
    def host(self) -> str:
        """The Host header that the gate wants."""
        return f"127.0.0.1:{self.port}"

    @property
    def sealed(self) -> SealedClient:
        """The paired extension's keys."""
        return SealedClient(self.secret, self.origin, self.host)

    def clients(self) -> Clients:
        """Return the list of paired extensions on disk."""
        return Clients(self.settings.clients_path)

    def post(self, resource: str, body: object, expect: int = 200) -> dict[str, object]:
        """Ask `/v1/<resource>` as the paired extension and return the answer, which must have the expected status."""
        status, _, answer = self.raw(f"/v1/{resource}", body)
        assert status == expect, f"{status}: {answer!r}"
        reply: dict[str, object] = json.loads(answer)
        return reply

    def raw(
        self, path: str, body: object, *, method: str = "POST", headers: Mapping[str, str] | None = None
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Send one sealed request; the headers given win over the extension's usual ones. A sealed reply is opened."""
        client = self.sealed
        usual, data = client.request(path, json.dumps(body).encode(), method)
        status, told, answer = self.send(path, data, {**usual, **(headers or {})}, method)
        if told.get("Content-Type") == SEALED:
            answer = client.open(usual["X-Mutuals-Nonce"], status, answer)
        return status, told, answer

    def plain(
        self, path: str, body: Mapping[str, object], origin: str = ORIGIN
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Send JSON as it is, as pairing does."""
        return self.send(path, json.dumps(body).encode(), {"Origin": origin, "Content-Type": "application/json"})

    def send(
        self, path: str, data: bytes, headers: Mapping[str, str], method: str = "POST"
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Send one request as it is, on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body=data, headers=dict(headers))
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def _drain(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.lines.append(line.rstrip("\n"))
            if "is ready on http://" in line:
                self._ready.set()
        self._over.set()
        self._ready.set()

    def _end(self, how: signal.Signals, seconds: float) -> int:
        if self._process is None:
            return 0
        if self._process.poll() is None:
            self._process.send_signal(how)
        return self._ended(self._process, seconds)

    def _ended(self, process: subprocess.Popen[str], seconds: float) -> int:
        """Wait for the end, and for its last words to be read."""
        code = process.wait(seconds)
        if self._reader is not None:
            self._reader.join(seconds)
        return code

    def __enter__(self) -> CompanionProcess:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
