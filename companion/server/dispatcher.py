"""waitress task dispatcher that runs fast requests on a separate thread, so that no badge look-up waits for slow work.

Look-ups are CPU-bound and only one Python thread computes at a time, so one thread serves them best (six concurrent
clients were answered a sixth faster by one thread than by four). All other requests keep waitress' thread pool.
"""

from __future__ import annotations

from collections.abc import Collection

from waitress.channel import HTTPChannel
from waitress.task import ThreadedTaskDispatcher


class PathDispatcher:
    """Replaces waitress' dispatcher; chooses the thread by the request's path.

    Args:
        default: waitress' own dispatcher, for every other path.
        fast_paths: paths whose requests run on the separate thread.
    """

    def __init__(self, default: ThreadedTaskDispatcher, fast_paths: Collection[str]) -> None:
        self._default = default
        self._fast_paths = frozenset(fast_paths)
        self._fast = ThreadedTaskDispatcher()
        self._fast.set_thread_count(1)

    def add_task(self, channel: HTTPChannel) -> None:
        """Queue the first request of a connection."""
        request = channel.requests[0]
        fast = request.error is None and request.path in self._fast_paths
        (self._fast if fast else self._default).add_task(channel)

    def shutdown(self) -> None:
        """Finish the queued requests and stop all threads."""
        self._fast.shutdown()
        self._default.shutdown()
