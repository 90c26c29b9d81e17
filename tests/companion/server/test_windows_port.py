"""The port on Windows: nobody else may bind it too, and one that the system keeps for itself is called that."""

from __future__ import annotations

import socket
import sys
from types import SimpleNamespace

import pytest

from companion.server.connections import BoundedServer
from companion.server.serve import _port_problem

EXCLUSIVE = -5


def server(options: list[tuple[int, int, int]]) -> BoundedServer:
    """A server as far as its socket's options go."""
    made = BoundedServer.__new__(BoundedServer)
    made.socket = SimpleNamespace(setsockopt=lambda *given: options.append(given), getsockopt=lambda *_: 0)
    return made


def test_on_windows_the_port_is_taken_for_us_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    options: list[tuple[int, int, int]] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(socket, "SO_EXCLUSIVEADDRUSE", EXCLUSIVE, raising=False)
    server(options).set_reuse_addr()
    assert options == [(socket.SOL_SOCKET, EXCLUSIVE, 1)], "with SO_REUSEADDR a second program could answer as well"


def test_elsewhere_a_restart_gets_its_port_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    options: list[tuple[int, int, int]] = []
    monkeypatch.setattr(sys, "platform", "linux")
    server(options).set_reuse_addr()
    assert options == [(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)]


def test_a_port_that_windows_reserves_is_not_called_another_programs() -> None:
    error = PermissionError(13, "An attempt was made to access a socket in a way forbidden by its access permissions")
    error.winerror = 10013  # type: ignore[attr-defined]  # Windows' own field
    said = _port_problem(error, 17653)
    assert "Windows keeps port 17653 for itself" in said
    assert "--port" in said
    assert "another program" not in said
