"""Caches figures over all people for a minute: they change slowly, and each reads the whole directory."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

Figure = TypeVar("Figure")
SECONDS = 60
MOST = 200


class FigureCache:
    """Values by key, each with the time it was computed (epoch seconds)."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._values: dict[Hashable, tuple[int, object]] = {}

    def get(self, key: Hashable, now: int, make: Callable[[], Figure]) -> Figure:
        """Return the value of a key, computed again by ``make`` if it is older than a minute."""
        cached = self._values.get(key)
        if cached is not None and 0 <= now - cached[0] < SECONDS:
            return cast("Figure", cached[1])
        value = make()
        with self._lock:
            if len(self._values) >= MOST:
                self._values.clear()
            self._values[key] = (now, value)
        return value

    def clear(self) -> None:
        """Drop all values, after the user changed something and expects to see it."""
        with self._lock:
            self._values.clear()
