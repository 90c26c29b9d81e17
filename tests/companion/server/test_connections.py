"""Connections run short: strangers hold hundreds or take every descriptor, and the paired extension is answered."""

from __future__ import annotations

import http.client
import os
import resource
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from companion.server.connections import CONNECTIONS, BoundedServer, connection_limit
from tests.companion_process import CompanionProcess

MANY = 1000
HALF = b"POST /v1/status HTTP/1.1\r\nHost: 127.0.0.1\r\n"


@pytest.fixture
def companion(tmp_path: Path) -> Iterator[CompanionProcess]:
    """A running companion with a paired extension."""
    with CompanionProcess(tmp_path / "data") as process:
        process.pair()
        yield process


@contextmanager
def strangers(companion: CompanionProcess, count: int, said: bytes) -> Iterator[list[socket.socket]]:
    """Open connections that say so much and then nothing more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count + 200
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(wanted, hard)), hard))
    with ExitStack() as stack:
        opened = []
        for _ in range(count):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", companion.port), timeout=20))
            if said:
                one.sendall(said)
            opened.append(one)
        yield opened
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize("said", [b"", HALF], ids=["idle", "slow"])
def test_a_thousand_connections_do_not_keep_the_extension_out(companion: CompanionProcess, said: bytes) -> None:
    with strangers(companion, MANY, said):
        for _ in range(20):
            assert companion.post("status", {})["api"] == 2
        held = len(list(Path(f"/proc/{companion.pid}/fd").iterdir()))
        assert held < CONNECTIONS + 60
    assert "Traceback" not in companion.output


def test_the_extensions_own_connection_is_closed_last(companion: CompanionProcess) -> None:
    client = companion.sealed
    own = http.client.HTTPConnection("127.0.0.1", companion.port, timeout=20)
    own.connect()
    first = own.sock
    for _ in range(3):
        headers, data = client.request("/v1/status", b"{}")
        own.request("POST", "/v1/status", data, headers)
        answer = own.getresponse()
        assert answer.status == 200
        assert client.open(headers["X-Mutuals-Nonce"], 200, answer.read())
        assert own.sock is first, "it was closed and opened anew"
        with strangers(companion, CONNECTIONS + 50, b""):
            companion.post("status", {})
    own.close()


def descriptors(companion: CompanionProcess) -> int:
    return max(int(path.name) for path in Path(f"/proc/{companion.pid}/fd").iterdir())


def test_without_descriptors_left_the_log_is_not_flooded_and_it_recovers(companion: CompanionProcess) -> None:
    said = len(companion.output)
    allowed = resource.prlimit(companion.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(companion.pid, resource.RLIMIT_NOFILE, (descriptors(companion) + 4, allowed[1]))
    with strangers(companion, 60, b""):
        for _ in range(3):
            assert companion.post("status", {})["api"] == 2
    resource.prlimit(companion.pid, resource.RLIMIT_NOFILE, allowed)
    assert companion.post("status", {})["api"] == 2
    companion.stop()
    lines = companion.output[said:].splitlines()
    assert any("have to wait" in line for line in lines), lines
    assert len(lines) < 10, lines
    assert "Traceback" not in companion.output


@pytest.mark.parametrize("after", [0, 57], ids=["last", "before others"])
def test_a_request_that_came_with_its_connection_is_answered_without_descriptors_left(
    companion: CompanionProcess, after: int
) -> None:
    companion.post("status", {})
    resource.prlimit(companion.pid, resource.RLIMIT_NOFILE, (descriptors(companion) + 4, descriptors(companion) + 4))
    client = companion.sealed
    headers, data = client.request("/v1/status", b"{}")
    own = http.client.HTTPConnection("127.0.0.1", companion.port, timeout=20)
    os.kill(companion.pid, signal.SIGSTOP)  # so that all are taken in one turn
    with strangers(companion, 3, b""), closing(own):
        own.request("POST", "/v1/status", data, headers)
        with strangers(companion, after, b""):
            os.kill(companion.pid, signal.SIGCONT)
            answer = own.getresponse()
            assert client.open(headers["X-Mutuals-Nonce"], 200, answer.read())


def test_connections_take_at_most_a_third_of_what_the_process_may_open(monkeypatch: pytest.MonkeyPatch) -> None:
    for allowed, limit in ((1024, 100), (256, 85), (60, 20), (10, 8), (resource.RLIM_INFINITY, 100)):
        monkeypatch.setattr(resource, "getrlimit", lambda _what, soft=allowed: (soft, soft))
        assert connection_limit() == limit


class Stub:
    """A connection as the server knows it."""

    def __init__(self, *, proved: bool = False, since: float = 0.0, busy: bool = False, turn: int = -9) -> None:
        self.proved, self.since, self.turn = proved, since, turn
        self.requests: list[object] = [object()] if busy else []
        self.total_outbufs_len = 0
        self.last_activity = since
        self.will_close = False


@contextmanager
def server(monkeypatch: pytest.MonkeyPatch, now: float, *held: Stub) -> Iterator[BoundedServer]:
    monkeypatch.setattr(time, "time", lambda: now)
    made = BoundedServer(lambda environ, start: [], host="127.0.0.1", port=0, threads=1)
    made.active_channels = dict(enumerate(held))
    yield made
    made.active_channels = {}
    made.close()
    made.task_dispatcher.shutdown()


def test_a_connection_that_sends_no_whole_request_in_time_is_closed_unless_it_is_proved_or_at_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 1000.0
    slow, fresh, busy, proved = (
        Stub(since=980),
        Stub(since=995),
        Stub(since=980, busy=True),
        Stub(since=980, proved=True),
    )
    with server(monkeypatch, now, slow, fresh, busy, proved) as made:
        assert made.readable()
    assert [one.will_close for one in (slow, fresh, busy, proved)] == [True, False, False, False]


def test_room_is_made_at_the_cost_of_the_longest_idle_stranger(monkeypatch: pytest.MonkeyPatch) -> None:
    proved, busy = Stub(proved=True, since=1), Stub(since=2, busy=True)
    held = [proved, busy, Stub(since=4), Stub(since=3)]
    with server(monkeypatch, 5.0, *held) as made:
        assert made._make_room()
        assert [one.will_close for one in held] == [False, False, False, True]
        made.active_channels = {1: proved, 2: busy}
        assert made._make_room()
        assert proved.will_close
        made.active_channels = {2: busy}
        assert not made._make_room()
