"""A PostgreSQL server for the tests of sharing, and a team that shares one of its databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from companion.share.postgres import admin
from companion.share.postgres.driver import Session
from tests.companion.share.devices import Laptop, Make, Seat
from tests.postgres_server import PASSWORD, Server, running


class Team:
    """A database with a shared notebook, and everybody's data folders."""

    def __init__(self, server: Server, home: Path, stack: ExitStack, *, portable: bool, listens: bool = True) -> None:
        self.server, self.home, self._stack, self.listens = server, home, stack, listens
        self.guarded, self.port = not portable, server.port
        self.logins = {name: server.login() for name in ("ines", "ken", "ruth")}
        self.database = server.database(*self.logins.values())
        stack.callback(server.release, self.database)
        self.admin: Session = stack.enter_context(server.admin(self.database))
        roles = {"ines": "owner", "ken": "member", "ruth": "reader"}
        admin.create(self.admin, [(self.logins[who], role) for who, role in roles.items()], portable=portable)

    def place(self, who: str) -> str:
        """The address of the database for somebody."""
        return self.server.place(self.logins[who], self.database, port=self.port)

    def seat(self, who: str, name: str = "", home: Path | None = None) -> Seat:
        """A data folder of somebody's."""
        seat = Seat(home or self.home, name or who, self.place(who), listens=self.listens)
        self._stack.callback(seat.stop)
        return seat


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Laptops that all see one folder."""
    with ExitStack() as stack:

        def one(name: str) -> Laptop:
            laptop = Laptop(tmp_path, name, tmp_path / "carried")
            stack.callback(laptop.stop)
            return laptop

        yield one


@pytest.fixture(params=["guarded", "portable"])
def team(
    request: pytest.FixtureRequest, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Team]:
    """Ines (owner), Ken (member) and Ruth (reader); on a server that holds the rules, and on one that cannot."""
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    portable = request.param == "portable"
    with ExitStack() as stack:
        yield Team(server, tmp_path, stack, portable=portable, listens=not portable)


@pytest.fixture
def guarded(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Team]:
    """The same team on a server that holds the rules."""
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    with ExitStack() as stack:
        yield Team(server, tmp_path, stack, portable=False)


@pytest.fixture
def server_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Team]:
    """The same team on a server of its own, which a test may stop and start."""
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    with running() as one, ExitStack() as stack:
        yield Team(one, tmp_path, stack, portable=False)
