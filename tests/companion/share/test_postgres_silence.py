"""A connection that is gone and does not say so, as after a night's sleep, is left at the next look; news comes in."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from companion.share.postgres import driver, link
from tests.companion.share.conftest import Team
from tests.companion.share.test_postgres_link import settle

pytestmark = pytest.mark.kill  # the server is a process of its own


class Router:
    """Passes connections on to a server until it forgets them: then nothing comes through, and nobody is told."""

    def __init__(self, port: int) -> None:
        self._server, self._forgotten = port, set[int]()
        self._passed: list[socket.socket] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def forget(self) -> None:
        """Forget every connection that there is."""
        self._forgotten = {id(one) for one in self._passed}

    def close(self) -> None:
        """End every connection, and take no more."""
        for one in (self._door, *self._passed):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client = self._door.accept()[0]
                server = socket.create_connection(("127.0.0.1", self._server))
                self._passed += [client, server]
                for ends in ((client, server), (server, client)):
                    threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if id(source) not in self._forgotten:
                    target.sendall(data)


@pytest.fixture
def router(guarded: Team) -> Iterator[Router]:
    """What stands between the machines and the server."""
    one = Router(guarded.server.port)
    yield one
    one.close()


@pytest.mark.parametrize("listens", [True, False])
def test_a_connection_that_a_router_forgot_is_noticed_at_the_next_look_and_news_comes_in(
    guarded: Team, router: Router, listens: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded.listens = listens
    lap = guarded.seat("ken")
    guarded.port = router.port
    desk = guarded.seat("ines")
    settle(desk, lap, desk, lap)
    monkeypatch.setattr(driver, "LIMIT_SECONDS", 1.0)
    for name in ("LOOK_SECONDS", "POLL_SECONDS"):
        monkeypatch.setattr(link, name, 0.2)
    desk.meet()  # knows of the shorter times
    router.forget()
    lap.note("written meanwhile")
    assert lap.meet().problem == ""
    assert desk.meet().problem != "", "no notice came, and no answer"
    while desk.text() is None:
        desk.link.wait(60.0)
        desk.meet()
    assert (desk.text(), desk.meeting.problem) == ("written meanwhile", "")
