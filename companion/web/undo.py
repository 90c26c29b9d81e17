"""Undo for what a page did: kept in memory for ten minutes, offered on the next page, used once."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

SECONDS = 600
MOST = 50


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done, in words, what takes it back, and the page to show then."""

    words: str
    take_back: Callable[[], object]
    back: str
    ends: int


class Undos:
    """What can still be taken back; the oldest goes first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._done: dict[str, Done] = {}

    def offer(self, words: str, take_back: Callable[[], object], back: str, now: int) -> str:
        """Keep what was done and return the token that takes it back."""
        token = secrets.token_urlsafe(9)
        with self._lock:
            alive = {name: done for name, done in self._done.items() if done.ends >= now}
            while len(alive) >= MOST:
                del alive[next(iter(alive))]
            self._done = {**alive, token: Done(words, take_back, back, now + SECONDS)}
        return token

    def words(self, token: str, now: int) -> str | None:
        """Return what was done under a token, None if it cannot be taken back (any more)."""
        done = self._done.get(token)
        return done.words if done and done.ends >= now else None

    def use(self, token: str, now: int) -> str | None:
        """Take something back, once; return the page to show, None if it was too late."""
        with self._lock:
            done = self._done.pop(token, None)
        if done is None or done.ends < now:
            return None
        done.take_back()
        return done.back
