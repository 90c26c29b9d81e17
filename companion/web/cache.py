"""Figures over everybody, kept for a minute: nobody watches them change, and each is a walk over all people."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

Found = TypeVar("Found")
SECONDS = 60
MOST = 200


class FigureCache:
    """Values by key, each with the time it was made (epoch seconds)."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._values: dict[Hashable, tuple[int, object]] = {}

    def get(self, key: Hashable, now: int, make: Callable[[], Found]) -> Found:
        """Return what is kept under the key, made anew if it is older than a minute."""
        kept = self._values.get(key)
        if kept is not None and 0 <= now - kept[0] < SECONDS:
            return cast("Found", kept[1])
        found = make()
        with self._lock:
            if len(self._values) >= MOST:
                self._values.clear()
            self._values[key] = (now, found)
        return found

    def clear(self) -> None:
        """Forget everything, after the user changed something here: they watch for that change."""
        with self._lock:
            self._values.clear()
