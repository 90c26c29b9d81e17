"""The helper that runs companions for the tests: a companion that ended is never taken for one that is ready."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.companion_process import PORTS, CompanionProcess, free_port


def test_a_companion_whose_port_is_taken_is_not_called_ready(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port()))
        taken.listen()
        for attempt in range(5):
            companion = CompanionProcess(tmp_path / str(attempt), taken.getsockname()[1])
            with pytest.raises(RuntimeError, match="is taken by another program"):
                companion.start()
            companion.kill()


def test_free_ports_are_none_that_an_outgoing_connection_can_get() -> None:
    assert {free_port() in PORTS for _ in range(20)} == {True}
    with socket.socket() as outgoing:
        outgoing.bind(("127.0.0.1", 0))
        assert outgoing.getsockname()[1] not in PORTS
