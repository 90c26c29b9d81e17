"""Baselines of the score's evaluation: counts, recency, decayed counts, balance, the common 0-10 scheme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from companion.domain.dates import DAY

LONG_AGO = -1e12


@dataclass(slots=True)
class Contact:
    """Counts of one ego's contact with one other person, updated event by event in order of time."""

    n_in: int = 0
    n_out: int = 0
    first: int = 0
    last_in: float = LONG_AGO
    last_out: float = LONG_AGO
    kinds: set[str] = field(default_factory=set)
    faded: dict[float, tuple[float, int]] = field(default_factory=lambda: {30.0: (0.0, 0), 90.0: (0.0, 0)})
    """Half-life -> (decayed count of inbound events, time of the count)."""

    def add(self, direction: str, at: int, kind: str) -> None:
        """Add one event."""
        self.first = self.first or at
        self.kinds.add(kind)
        if direction == "out":
            self.n_out, self.last_out = self.n_out + 1, at
            return
        self.n_in, self.last_in = self.n_in + 1, at
        for half_life, (value, as_of) in self.faded.items():
            self.faded[half_life] = (value * 0.5 ** ((at - as_of) / DAY / half_life) + 1.0, at)

    def fading(self, half_life: float, now: int) -> float:
        """Return the decayed count of inbound events at ``now``."""
        value, as_of = self.faded[half_life]
        return float(value * 0.5 ** ((now - as_of) / DAY / half_life))


def _balance(contact: Contact) -> float:
    most = max(contact.n_in, contact.n_out)
    return min(contact.n_in, contact.n_out) / most if most else 0.0


def _steps(value: float, *steps: tuple[float, float]) -> float:
    return next((points for edge, points in steps if value >= edge), 0.0)


def common_scheme(contact: Contact, now: int) -> float:
    """The common 0-10 practice: balance 0-4, stepped recency 0-3, frequency 0-2, breadth 0-1, tenure 0-2, cut at 10."""
    ago = (now - max(contact.last_in, contact.last_out)) / DAY
    recency = 3.0 if ago <= 7 else 2.0 if ago <= 30 else 1.0 if ago <= 90 else 0.0
    recency *= 1.0 if contact.n_in else 0.5
    frequency = _steps(contact.n_in + contact.n_out, (20, 2.0), (5, 1.0))
    tenure = _steps((now - contact.first) / DAY, (365, 2.0), (90, 1.0))
    return min(10.0, 4.0 * _balance(contact) + recency + frequency + (len(contact.kinds) > 1) + tenure)


BASELINES: dict[str, Callable[[Contact, int], float]] = {
    "in-count": lambda contact, _: contact.n_in,
    "total": lambda contact, _: contact.n_in + contact.n_out,
    "product": lambda contact, _: (1 + contact.n_in) * (1 + contact.n_out),
    "last in": lambda contact, now: contact.last_in - now,
    "last any": lambda contact, now: max(contact.last_in, contact.last_out) - now,
    "in, 30 d": lambda contact, now: contact.fading(30.0, now),
    "in, 90 d": lambda contact, now: contact.fading(90.0, now),
    "min/max": lambda contact, _: _balance(contact),
    "0-10 scheme": common_scheme,
}
