"""The score's arithmetic: the weight of a day, sums that decay by half-lives, and the score computed from them.

The number in one sentence: days on which they wrote to you, faded by half every week and every three months, plus 0.4
for each day of yours that theirs return, on a scale that fills up towards 100.

Every figure below was measured on the developers' histories by ``scripts/bench score`` (mean ego AUC: does the score
rank those who write in the next 30 days above those who do not?); the grid is in ``docs/score.md``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

from companion.domain.dates import DAY
from companion.domain.kinds import LIGHT_KINDS, NO_WEIGHT_KINDS

SHORT_DAYS = 7.0
"""Half-life of "lately". Without it the student messages fall from .735 to .710; 3 to 14 days are alike."""
LONG_DAYS = 90.0
"""Half-life of "at all". Best on the Twitter pairs (.936; 180 days .927); 30 days cost .008 on the e-mails."""
AGE_POWER = 0.75
"""A sum counts 1 / half-life ** this. At 0.6 the Twitter pairs lose .004, at 0.9
the e-mails lose .003."""
_SHORT_MASS: float = SHORT_DAYS**-AGE_POWER
_LONG_MASS: float = LONG_DAYS**-AGE_POWER
OUTBOUND_SHARE = 0.4
"""What a day of yours adds, as far as a day of theirs returns it. 0 costs .005 on the Twitter pairs, 1 costs .004
on the student messages; 0.4 and 0.5 are alike."""
BURST = 0.5
"""The most that further messages of a day add to its first, and only in the short sum: a burst says something about
this week (.006 on the one-week Higgs data) and nothing about the quarter (counting days, not messages, is better)."""
BURST_HALF = 4.0
"""Messages after the first at which half of the burst is reached."""
LIGHT_BURST = 1.0
"""The same for likes and reposts, which only have the long sum."""
LIGHT_SHARE = 0.5
"""A day with nothing but likes or reposts, beside a day of talk. 0.3 to 1 are alike within .002; 0 costs .017
on the Twitter pairs and .040 on Higgs."""
LIGHT_CEILING = 0.06
"""The most mass that likes and reposts can give together: 100 * .06 / (.06 + .38) = 13.6, inside the lowest band.
A higher ceiling ranks no better."""
HALF_SCORE_MASS = 0.38
"""Mass that gives 50. It ranks nobody; it is set so that weekly talk both ways for half a year reads "close" (60 and
up), monthly talk "warm" (35 and up), and quarterly talk "light" (15 and up)."""


class DayWeight(msgspec.Struct, frozen=True, gc=False):
    """What one person-day weighs in one direction."""

    talk: float = 0.0
    """1 for a day with talk, up to ``BURST`` more for a burst."""
    light: float = 0.0
    """1 for a day with likes or reposts, up to ``LIGHT_BURST`` more."""
    day: float = 0.0
    """1 for a day with talk, however much."""

    def __sub__(self, other: DayWeight) -> DayWeight:
        """Return the change from ``other`` to this weight, as ``Sums.added`` takes it."""
        return DayWeight(self.talk - other.talk, self.light - other.light, self.day - other.day)


def day_weight(kinds: Iterable[str]) -> DayWeight:
    """Return the weight of one day in one direction from its interactions' kinds (the caller drops automatic ones)."""
    talk = light = 0
    for kind in kinds:
        if kind in LIGHT_KINDS:
            light += 1
        elif kind not in NO_WEIGHT_KINDS:
            talk += 1
    return weight_of(talk, light)


def weight_of(talk: int, light: int) -> DayWeight:
    """Return the weight of a day from its numbers of talk and of light interactions; bursts saturate."""
    return DayWeight(_saturated(talk, BURST), _saturated(light, LIGHT_BURST), 1.0 if talk > 0 else 0.0)


def _saturated(count: int, most: float) -> float:
    return 1.0 + most * (count - 1) / (count - 1 + BURST_HALF) if count > 0 else 0.0


class Sums(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Decayed sums of day weights for one person, as of ``at`` (epoch seconds UTC).

    The pair form (a reference time and the values at that time) adds or subtracts a day at any time, in any order, in
    O(1), and never overflows: only ages are exponentiated.
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
            day: Unix day number (UTC); the weight counts from the start of that day, so today's is never in the future.
            direction: ``"in"`` (they to me) or ``"out"``.
            delta: new weight of that person-day minus the weight it had.
        """
        start = day * DAY
        base = self.advanced(start)
        age = (base.at - start) / DAY
        long = 2.0 ** (-age / LONG_DAYS)
        talk, days, light = delta.talk * 2.0 ** (-age / SHORT_DAYS), delta.day * long, delta.light * long
        if direction == "in":
            return Sums(
                base.at,
                _plus(base.talk_in_7, talk),
                _plus(base.talk_in_90, days),
                base.talk_out_7,
                base.talk_out_90,
                _plus(base.light_in, light),
                base.light_out,
            )
        return Sums(
            base.at,
            base.talk_in_7,
            base.talk_in_90,
            _plus(base.talk_out_7, talk),
            _plus(base.talk_out_90, days),
            base.light_in,
            _plus(base.light_out, light),
        )


SUM_FIELDS = Sums.__struct_fields__
"""Column names of a stored ``Sums``, in order (``at`` first)."""


def _plus(value: float, change: float) -> float:
    """Add, and drop the rounding error of a subtraction, so that subtracting the only day leaves exactly 0."""
    total = value + change
    return total if total > abs(change) * 1e-12 else 0.0


def mass_of(sums: Sums, now: int) -> float:
    """Return the mutual mass at ``now``: talk over both half-lives, and likes and reposts under their ceiling."""
    days = (now - sums.at) / DAY
    short, long = (2.0 ** (-days / SHORT_DAYS), 2.0 ** (-days / LONG_DAYS)) if days > 0 else (1.0, 1.0)
    mass = _returned(sums.talk_in_7, sums.talk_out_7) * short * _SHORT_MASS
    mass += _returned(sums.talk_in_90, sums.talk_out_90) * long * _LONG_MASS
    if sums.light_in > 0.0:
        light = LIGHT_SHARE * _returned(sums.light_in, sums.light_out) * long * _LONG_MASS
        mass += LIGHT_CEILING * -math.expm1(-light / LIGHT_CEILING)
    return mass


def _returned(theirs: float, mine: float) -> float:
    """Return theirs, and a share of mine up to theirs: with nothing from them the result is 0."""
    return theirs + OUTBOUND_SHARE * (mine if mine < theirs else theirs)


def score_of(sums: Sums, now: int) -> float:
    """Return the score 0..100 at ``now``, unrounded, so that people can be ranked by it."""
    mass = mass_of(sums, now)
    return 100.0 * mass / (mass + HALF_SCORE_MASS)


SILENT_MOST = 1e-10
"""Rank keys of those from whom nothing came are below this: under any score of somebody who wrote in seven years."""


def rank_of(sums: Sums, now: int) -> float:
    """Return the key that orders people, most first: the score, or a hair above 0 where nothing came from them.

    Those are ordered among themselves by the viewer's own faded days. It is for lists only; the number shown stays
    ``score_of``, which what the viewer sends to them never raises.
    """
    score = score_of(sums, now)
    if score > 0.0:
        return score
    sent = _sent_mass(sums, now)
    return SILENT_MOST * sent / (1.0 + sent)


def _sent_mass(sums: Sums, now: int) -> float:
    days = max(0.0, (now - sums.at) / DAY)
    long = 2.0 ** (-days / LONG_DAYS) * _LONG_MASS
    sent = sums.talk_out_7 * 2.0 ** (-days / SHORT_DAYS) * _SHORT_MASS + sums.talk_out_90 * long
    return float(sent + LIGHT_SHARE * sums.light_out * long)
