"""Gives the quick calls a thread of their own, so that a screenful of badges never waits behind slow work.

Look-ups are all computing, and only one thread computes at a time: more of them at once would only get in each other's
way (six callers were answered a sixth faster by one thread than by four). Everything else keeps the usual threads.
"""

from __future__ import annotations

from collections.abc import Collection

from waitress.channel import HTTPChannel
from waitress.task import ThreadedTaskDispatcher


class PathDispatcher:
    """Stands in for waitress' own dispatcher.

    Args:
        usual: that dispatcher.
        quick: paths whose calls go to the thread of their own.
    """

    def __init__(self, usual: ThreadedTaskDispatcher, quick: Collection[str]) -> None:
        self._usual = usual
        self._quick = frozenset(quick)
        self._lane = ThreadedTaskDispatcher()
        self._lane.set_thread_count(1)

    def add_task(self, channel: HTTPChannel) -> None:
        """Have the first request of a connection answered."""
        request = channel.requests[0]
        quick = request.error is None and request.path in self._quick
        (self._lane if quick else self._usual).add_task(channel)

    def shutdown(self) -> None:
        """End all threads, once they have answered."""
        self._lane.shutdown()
        self._usual.shutdown()
