"""Waits until the server or this machine has news, without a look in between."""

from __future__ import annotations

import secrets
import select
import socket

from companion.share.postgres.driver import Session

CHANNEL = "mutuals"
PROBE_SECONDS = 2.0


class Bell:
    """Wakes a thread that waits on sockets, from another thread."""

    def __init__(self) -> None:
        self._here, self._there = socket.socketpair()
        self._here.setblocking(False)
        self._there.setblocking(False)

    def ring(self) -> None:
        """Wake who waits, or who waits next."""
        try:
            self._there.send(b"!")
        except OSError:
            return  # it rings already, or is closed

    def wait(self, seconds: float, other: int | None = None) -> None:
        """Wait for the bell, for another socket to have something, or for the end of some seconds."""
        watched = [self._here.fileno(), *([] if other is None or other < 0 else [other])]
        select.select(watched, [], [], max(0.0, seconds))
        try:
            while self._here.recv(4096):
                pass
        except OSError:
            return  # nothing more to read

    def close(self) -> None:
        """Free the sockets."""
        self._here.close()
        self._there.close()


def can_listen(session: Session) -> bool:
    """Hear the space's channel from now on; return whether notices come.

    A notice to oneself finds out: a pooler that lends connections by the transaction, and some distributed servers,
    take LISTEN and deliver nothing.
    """
    session.listen(CHANNEL)
    return session.hears_itself(f"mutuals_probe_{secrets.token_hex(8)}", PROBE_SECONDS)
