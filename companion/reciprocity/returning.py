"""Tells from the sums alone whether the last day on which somebody wrote ended a dormant spell (pure).

In the 7-day sum a day before a spell of four months weighs less than a hundred-thousandth. So what that sum holds
beside the weight of the last day itself says how long it was silent before it, without the history. A last day of very
many messages, after other days of many, can hide a shorter silence; one day later the number is back.
"""

from __future__ import annotations

from companion.domain.dates import DAY
from companion.reciprocity.counters import Tally
from companion.reciprocity.sums import BURST, BURST_HALF, SHORT_DAYS, Sums

SPELL_DAYS = 120
SPELL_SECONDS = SPELL_DAYS * DAY
SPELL_GAPS = 3
"""A spell is dormant from 120 days on that are also longer than three of the person's usual gaps."""
BURST_MOST = 1.0 + BURST
"""The most that one day weighs."""
ROUNDING = 1e-13
"""What rounding may leave in a sum; spells beyond about 300 days look alike, and longer ones are not asked for."""
MOST_HALVINGS = 900.0
"""Fadings undone at most: beyond, a float overflows, and whoever wrote so long ago is dormant anyway."""
SPELL_MOST = BURST_MOST / (1.0 - 2.0 ** (-1.0 / SHORT_DAYS)) * 2.0 ** (-SPELL_DAYS / SHORT_DAYS)
"""The most that all days before any dormant spell weigh together: one of the fullest on every day."""
WHOLE = 1e-9
"""Added before a number of messages is cut to a whole one."""


def ended_a_spell(sums: Sums, tally: Tally) -> bool:
    """Return whether they wrote on just one day since a dormant spell: they are back, and it is too early for a number.

    Args:
        sums: decayed sums as stored, as of any time since their last day.
        tally: plain counts as stored.
    """
    last, first, days_in = tally.last_in, tally.first_seen_contact, tally.days_in
    if last is None or first is None or days_in < 2 or last - first <= SPELL_SECONDS:
        return False
    halvings = (sums.at - last // DAY * DAY) / (SHORT_DAYS * DAY)
    weight = sums.talk_in_7 * 2.0 ** (halvings if halvings < MOST_HALVINGS else MOST_HALVINGS)
    # A look-up asks for forty people, and the days before the last one rule the spell out for nearly all of them.
    if weight > BURST_MOST + SPELL_MOST:
        return False
    more = tally.n_in - days_in
    beside = _beside_last(weight, more) if more > 0 else weight - 1.0
    return beside <= SPELL_MOST and max(beside, ROUNDING) <= _most_after_spell((last - first) / DAY, days_in)


def _beside_last(weight: float, most: int) -> float:
    """Return the weight of earlier days: what the last one leaves, with a whole number of messages after its first.

    ``most``: messages that were not the first of their day; the last day had no more.
    """
    burst = min(weight - 1.0, BURST - WHOLE)
    more = min(int(BURST_HALF * burst / (BURST - burst) + WHOLE), most)
    return weight - 1.0 - BURST * more / (more + BURST_HALF)


def _most_after_spell(days: float, days_in: int) -> float:
    """Return the most that earlier days can weigh after a spell; ``days`` is the time from first to last contact."""
    spell = max(SPELL_DAYS, SPELL_GAPS * days / (max(1, days_in - 2) + SPELL_GAPS))
    usual = max(1.0, days / (days_in - 1))
    return float(BURST_MOST / (1.0 - 2.0 ** (-usual / SHORT_DAYS)) * 2.0 ** (-spell / SHORT_DAYS))
