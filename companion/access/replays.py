"""Refuses requests that were sent before: each nonce counts once, and times must be about now."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from threading import Lock

WINDOW_MS = 60_000
"""How far a request's time may lie from ours; both clocks are this machine's, so this is generous."""
KEPT_MS = 2 * WINDOW_MS
"""After this a nonce may be forgotten: a request with it would be refused for its time."""
MOST = 10_000
"""Nonces remembered for each client; a page being scrolled asks a few times a second."""


@dataclass(slots=True)
class _Seen:
    """One client's nonces, in the order in which they came."""

    nonces: set[str] = field(default_factory=set)
    order: deque[tuple[int, int, str]] = field(default_factory=deque)
    """When it came, the time it bears, the nonce."""
    floor: int = 0
    """Requests not later than this are refused: nonces of that time were forgotten to stay within the bound."""


class Replays:
    """The nonces of one run of the companion.

    Args:
        started: when this run began, in epoch milliseconds; what was sent before it is refused, so that nothing
            recorded in an earlier run can be sent again.
        most: nonces remembered for each client.
    """

    def __init__(self, started: int, most: int = MOST) -> None:
        self._started = started
        self._most = most
        self._lock = Lock()
        self._clients: dict[str, _Seen] = {}

    def fresh(self, client: str, nonce: str, time: int, now: int) -> bool:
        """Return whether such a request would be taken; uses nothing up."""
        seen = self._clients.get(client)
        # A clock that was set back by its user must not shut the extension out until it has caught up.
        started = min(self._started, now)
        if abs(now - time) > WINDOW_MS or time < started:
            return False
        return seen is None or (time > seen.floor and nonce not in seen.nonces)

    def use(self, client: str, nonce: str, time: int, now: int) -> bool:
        """Take a request whose proof is right: return whether it is the first with this nonce."""
        with self._lock:
            if not self.fresh(client, nonce, time, now):
                return False
            seen = self._clients.setdefault(client, _Seen())
            seen.nonces.add(nonce)
            seen.order.append((now, time, nonce))
            self._forget(seen, now)
            return True

    def _forget(self, seen: _Seen, now: int) -> None:
        """Let go of what is too old to be sent again; beyond the bound also of the rest, whose time is then shut."""
        while seen.order and (len(seen.order) > self._most or now - seen.order[0][0] > KEPT_MS):
            came, time, nonce = seen.order.popleft()
            seen.nonces.discard(nonce)
            if now - came <= KEPT_MS:
                seen.floor = max(seen.floor, time)
