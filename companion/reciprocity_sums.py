"""The score's arithmetic: what one day weighs, sums that fade by half-lives, and the number made from them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields

DAY = 86_400
SHORT_DAYS = 7.0
LONG_DAYS = 90.0

LIGHT_KINDS = frozenset({"like", "repost"})
NO_WEIGHT_KINDS = frozenset({"follow"})

EXTRA_TALK = 1.0
EXTRA_TALK_HALF = 4.0
LIGHT_WEIGHT = 0.1
LIGHT_CEILING = 0.1
OUTBOUND_SHARE = 0.3
OUTBOUND_CEILING = 2.0
AGE_POWER = 0.75
HALF_SCORE_MASS = 0.75


@dataclass(frozen=True, slots=True)
class DayWeight:
    """What one person-day weighs in one direction: ``talk`` (written to each other) and ``light`` (likes, reposts)."""

    talk: float = 0.0
    light: float = 0.0

    def __sub__(self, other: DayWeight) -> DayWeight:
        """Return the change from ``other`` to this weight, as ``Sums.added`` takes it."""
        return DayWeight(self.talk - other.talk, self.light - other.light)


def day_weight(kinds: Iterable[str]) -> DayWeight:
    """Weigh one day of one direction from the kinds of its interactions (automatic ones left out by the caller)."""
    talk = light = 0
    for kind in kinds:
        if kind in LIGHT_KINDS:
            light += 1
        elif kind not in NO_WEIGHT_KINDS:
            talk += 1
    return weight_of(talk, light)


def weight_of(talk: int, light: int) -> DayWeight:
    """Weigh a day from its counts: the first talk counts 1, further ones add less and less up to 1 more; lights 1."""
    extra = talk - 1
    full = 1.0 + EXTRA_TALK * extra / (extra + EXTRA_TALK_HALF) if talk else 0.0
    return DayWeight(full, 1.0 if light else 0.0)


@dataclass(frozen=True, slots=True)
class Sums:
    """Decayed sums of day weights for one person, as of ``at`` (epoch seconds UTC).

    The pair form (a reference time and the values at that time) takes a day at any time, in any order, in O(1),
    can take it back, and never overflows: only ages are exponentiated.
    """

    at: int = 0
    talk_in_7: float = 0.0
    talk_in_90: float = 0.0
    talk_out_7: float = 0.0
    talk_out_90: float = 0.0
    light_in: float = 0.0
    light_out: float = 0.0

    def advanced(self, now: int) -> Sums:
        """Return the sums as of ``now``; a time before ``at`` gives them unchanged, for silence never raises them."""
        days = (now - self.at) / DAY
        if days <= 0:
            return self
        short, long = 2.0 ** (-days / SHORT_DAYS), 2.0 ** (-days / LONG_DAYS)
        return Sums(
            now,
            self.talk_in_7 * short,
            self.talk_in_90 * long,
            self.talk_out_7 * short,
            self.talk_out_90 * long,
            self.light_in * long,
            self.light_out * long,
        )

    def added(self, day: int, direction: str, delta: DayWeight) -> Sums:
        """Return the sums with a day's weight changed by ``delta`` (negative takes it back).

        Args:
            day: Unix day number (UTC); the weight counts from the start of that day, so no event is ever in the future.
            direction: ``"in"`` (they to me) or ``"out"``.
            delta: new weight of that person-day minus the weight it had.
        """
        start = day * DAY
        base = self.advanced(start)
        age = (base.at - start) / DAY
        short, long = 2.0 ** (-age / SHORT_DAYS), 2.0 ** (-age / LONG_DAYS)
        talk, light = delta.talk, delta.light
        into, out = (1.0, 0.0) if direction == "in" else (0.0, 1.0)
        return Sums(
            base.at,
            _kept(base.talk_in_7 + into * talk * short),
            _kept(base.talk_in_90 + into * talk * long),
            _kept(base.talk_out_7 + out * talk * short),
            _kept(base.talk_out_90 + out * talk * long),
            _kept(base.light_in + into * light * long),
            _kept(base.light_out + out * light * long),
        )


SUM_FIELDS = tuple(field.name for field in fields(Sums))
"""Column names of a stored ``Sums``, in order (``at`` first)."""


def _kept(value: float) -> float:
    """Drop the rounding dust that a retraction leaves, so that taking the only day back gives exactly nothing."""
    return value if value > 1e-12 else 0.0


def mass_of(sums: Sums, now: int) -> float:
    """Return the mutual mass at ``now``: theirs over both half-lives, mine up to a share of theirs, lights capped."""
    s = sums.advanced(now)
    short = _pair(s.talk_in_7, s.talk_out_7) / SHORT_DAYS**AGE_POWER
    long = _pair(s.talk_in_90, s.talk_out_90) / LONG_DAYS**AGE_POWER
    light = LIGHT_CEILING * -math.expm1(-LIGHT_WEIGHT * _pair(s.light_in, s.light_out))
    return short + long + light


def _pair(theirs: float, mine: float) -> float:
    return theirs + OUTBOUND_SHARE * min(mine, OUTBOUND_CEILING * theirs)


def score_of(sums: Sums, now: int) -> float:
    """Return the score 0..100 at ``now``, unrounded, so that people can be ranked by it."""
    mass = mass_of(sums, now)
    return 100.0 * mass / (mass + HALF_SCORE_MASS)
