"""Undo of dashboard actions: held in memory for ten minutes, offered on the next page, usable once."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

SECONDS = 600
MOST = 50


@dataclass(frozen=True, slots=True)
class UndoOffer:
    """An action in words, the function that undoes it, the page to show then, and when the offer ends."""

    words: str
    take_back: Callable[[], object]
    back: str
    ends: int


class Undos:
    """The open offers; a further one replaces the oldest."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._offers: dict[str, UndoOffer] = {}

    def offer(self, words: str, take_back: Callable[[], object], back: str, now: int) -> str:
        """Store an offer and return its token."""
        token = secrets.token_urlsafe(9)
        with self._lock:
            alive = {name: offer for name, offer in self._offers.items() if offer.ends >= now}
            while len(alive) >= MOST:
                del alive[next(iter(alive))]
            self._offers = {**alive, token: UndoOffer(words, take_back, back, now + SECONDS)}
        return token

    def words(self, token: str, now: int) -> str | None:
        """Return the words of an offer, None if it is unknown, used or expired."""
        offer = self._offers.get(token)
        return offer.words if offer and offer.ends >= now else None

    def use(self, token: str, now: int) -> str | None:
        """Undo the action, once; return the page to show, None if the offer is unknown, used or expired."""
        with self._lock:
            offer = self._offers.pop(token, None)
        if offer is None or offer.ends < now:
            return None
        offer.take_back()
        return offer.back
