"""TCP server that stays reachable for the paired extension whatever strangers do with connections.

A connection is proved once the gate has admitted a request on it by a key or a cookie. Others have a deadline for each
request, and when connections run short the longest idle of them is closed for a new one, but none before the loop has
received what came with it: closing it then would take a request away that had arrived.
"""

from __future__ import annotations

import errno
import logging
import socket as socket_module
import sys
import time
from collections.abc import Iterator
from socket import SOL_SOCKET, socket
from threading import get_ident
from typing import Protocol

from waitress.server import TcpWSGIServer

from companion.access.log_limit import LogLimit

CONNECTIONS = 100
"""Open connections; a browser keeps about six."""
DEADLINE_SECONDS = 10.0
"""A connection that is not proved is closed when it delivered no whole request for so long."""
SWEEP_SECONDS = 1.0
PAUSE_SECONDS = 0.1
"""How long no connection is accepted after the system had no descriptor for it."""
FREED_AT_ONCE = 8
EXCLUSIVE = "SO_EXCLUSIVEADDRUSE"
"""Windows' option; other systems' Pythons do not have the name."""
SHARE_AT_ONCE = 4
"""One of so many parts of the limit is accepted before the open ones are served again."""
HEARD_TURNS = 2
"""Accepted in one turn of the loop, a connection is received from in the next, perhaps behind what accepts others."""
EXHAUSTED = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})

log = logging.getLogger("mutuals.server")


class Connection(Protocol):
    """What the server knows of a connection (`companion.server.early_refusal.GatedChannel`)."""

    requests: list[object]
    total_outbufs_len: int
    proved: bool
    since: float
    turn: int
    """The server's turn in which it was accepted."""
    will_close: bool
    """Set, it is closed in the next turn of the loop: in this one its descriptor may be in use yet."""


def connection_limit() -> int:
    """Return how many connections may be open: at most a third of the descriptors that this process may have."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return CONNECTIONS
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return CONNECTIONS if allowed == resource.RLIM_INFINITY else max(8, min(CONNECTIONS, allowed // 3))


class BoundedServer(TcpWSGIServer):  # type: ignore[misc]  # waitress has no types
    """waitress' server with a bound on connections that closes old ones instead of refusing new ones."""

    _next_sweep = 0.0
    _paused_until = 0.0
    _log_limit = LogLimit(1)
    limit = CONNECTIONS
    turn = 0
    """Counts the turns of the loop."""
    loop_thread: int | None = None
    """The thread that receives from all connections."""
    reserved: socket | None = None
    """Holds the same port of ::1."""

    def run(self) -> None:
        """Serve until a signal."""
        self.loop_thread = get_ident()
        super().run()

    def pull_trigger(self) -> None:
        """Have the loop look at its connections anew; in its own thread it does so next anyway."""
        if get_ident() != self.loop_thread:
            super().pull_trigger()

    def set_reuse_addr(self) -> None:
        """Let no other program have the port: on Windows SO_REUSEADDR, which waitress sets, would let both bind."""
        if sys.platform == "win32":
            self.socket.setsockopt(SOL_SOCKET, getattr(socket_module, EXCLUSIVE), 1)
        else:
            super().set_reuse_addr()

    def readable(self) -> bool:
        """Return whether to accept connections now; closes overdue ones once a second."""
        self.turn += 1
        now = time.time()
        if now >= self._next_sweep:
            self._next_sweep = now + SWEEP_SECONDS
            self.maintenance(now)
            for connection in [*self._idle()]:
                if not connection.proved and now - connection.since > DEADLINE_SECONDS:
                    connection.will_close = True
        return bool(self.accepting) and now >= self._paused_until

    def handle_accept(self) -> None:
        """Accept what waits, making room where there is none."""
        for taken in range(max(1, self.limit // SHARE_AT_ONCE)):
            try:
                accepted = self.accept()
                if accepted is None:
                    return
                connection, address = accepted
                self.set_socket_options(connection)
            except OSError as error:
                if error.errno in EXHAUSTED and not taken:  # later, it is said of an empty queue as well
                    self._free_descriptors(error)
                return
            if len(self.active_channels) >= self.limit and not self._make_room():
                connection.close()
                continue
            self.channel_class(self, connection, self.fix_addr(address), self.adj, map=self._map)

    def _free_descriptors(self, error: OSError) -> None:
        """Close a few connections for the one that waits; pause if there are none, as it is reported at every turn."""
        if self._log_limit.count(int(time.time())) is not None:
            log.warning("Connections are closed for others or have to wait: %s.", error.strerror)
        for _ in range(FREED_AT_ONCE):
            self._make_room()
        if all(self._heard(connection) and not connection.will_close for connection in self.active_channels.values()):
            self._paused_until = time.time() + PAUSE_SECONDS

    def _make_room(self) -> bool:
        """Close the connection that was idle longest, a proved one last; return whether there was any."""
        oldest = min(self._idle(), key=lambda connection: (connection.proved, connection.since), default=None)
        if oldest is not None:
            oldest.will_close = True
        return oldest is not None

    def _idle(self) -> Iterator[Connection]:
        """Yield the connections that were received from, with no whole request in work and no response to send."""
        for connection in [*self.active_channels.values()]:
            busy = connection.requests or connection.total_outbufs_len or connection.will_close
            if self._heard(connection) and not busy:
                yield connection

    def _heard(self, connection: Connection) -> bool:
        """Return whether the loop has received what came with a connection."""
        return self.turn - connection.turn >= HEARD_TURNS
