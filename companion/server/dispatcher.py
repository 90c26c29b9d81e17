"""waitress task dispatcher that has look-ups answered at once, so that none of them waits for slow work.

Look-ups are CPU-bound and only one Python thread computes at a time. Handing one to another thread and waking the loop
after it takes longer than a sixth of its work, more with several clients, so the thread that received it answers it.
While a look-up could have to wait for a lock, it goes to a thread of its own: the loop must never wait. All other
requests keep waitress' thread pool.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from threading import get_ident

from waitress.channel import HTTPChannel
from waitress.task import ThreadedTaskDispatcher


class PathDispatcher:
    """Replaces waitress' dispatcher; chooses the thread by the request's path.

    Args:
        default: waitress' own dispatcher, for every other path.
        fast_paths: paths whose requests are answered at once, or on the separate thread.
        unhindered: tells whether such a request would find every lock free.
    """

    def __init__(
        self, default: ThreadedTaskDispatcher, fast_paths: Collection[str], unhindered: Callable[[], bool]
    ) -> None:
        self._default = default
        self._fast_paths = frozenset(fast_paths)
        self._unhindered = unhindered
        self._fast = ThreadedTaskDispatcher()
        self._fast.set_thread_count(1)

    def add_task(self, channel: HTTPChannel) -> None:
        """Queue the first request of a connection, or mark it as due in the thread that received it."""
        request = channel.requests[0]
        if request.error is not None or request.path not in self._fast_paths:
            self._default.add_task(channel)
        elif channel.server.loop_thread == get_ident() and self._unhindered():
            channel.due = True
        else:
            self._fast.add_task(channel)

    def shutdown(self) -> None:
        """Finish the queued requests and stop all threads."""
        self._fast.shutdown()
        self._default.shutdown()
