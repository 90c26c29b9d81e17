"""Ends the process on SIGTERM and SIGINT: at once, or when the main thread has finished the answer in work."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType

ENDING = (signal.SIGTERM, signal.SIGINT)


class _Ending:
    """Whether an answer is in work, and whether a signal came meanwhile."""

    answering = False
    wanted = False


def end_on_signals() -> None:
    """Make SIGTERM and SIGINT raise SystemExit, so that ``finally`` clauses run."""
    _Ending.answering = _Ending.wanted = False
    for number in ENDING:
        signal.signal(number, _end)


def finish(answer: Callable[[], None]) -> None:
    """Call ``answer``; a signal that comes meanwhile raises SystemExit after it."""
    _Ending.answering = True
    try:
        answer()
    finally:
        _Ending.answering = False
    if _Ending.wanted:
        raise SystemExit(0)


def _end(number: int, frame: FrameType | None) -> None:
    """Leave the server's loop; ignore further signals, which would interrupt the closing of the stores."""
    for other in ENDING:
        signal.signal(other, signal.SIG_IGN)
    _Ending.wanted = True
    if not _Ending.answering:
        raise SystemExit(0)
