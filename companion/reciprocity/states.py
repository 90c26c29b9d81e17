"""The state of a relationship (unknown, one-way, dormant, close ...): its rules, its limits and its score bands."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from companion.domain.dates import DAY
from companion.reciprocity.counters import Tally
from companion.reciprocity.returning import SPELL_DAYS, SPELL_GAPS, SPELL_SECONDS, ended_a_spell
from companion.reciprocity.sums import Sums, score_of, weight_of

UNKNOWN, ONE_WAY_YOU, ONE_WAY_THEM = "unknown", "one_way_you", "one_way_them"
NEW, DORMANT, BACK, CLOSE, WARM, LIGHT, FAINT = "new", "dormant", "back", "close", "warm", "light", "faint"
STATES = (UNKNOWN, ONE_WAY_YOU, ONE_WAY_THEM, NEW, DORMANT, BACK, CLOSE, WARM, LIGHT, FAINT)

BANDS = ((60.0, CLOSE), (35.0, WARM), (15.0, LIGHT), (0.0, FAINT))
"""Lower edges of the bands, on the score's scale (see ``HALF_SCORE_MASS`` for what falls where)."""
NEEDED_DAYS = 3
"""Fewer days of contact than this give no number: a single exchange would read like a friendship."""
NEW_DAYS = 21
"""A relationship younger than this is called new: its three-month sum has hardly begun."""
DORMANT_DAYS, DORMANT_GAPS = SPELL_DAYS, SPELL_GAPS
"""A relationship is dormant after 120 days of silence that are also longer than three of the person's usual gaps."""
SURE_DAYS = 5
"""Days with contact both ways at which the confidence ring is half full: n / (n + 5)."""


class Reason(msgspec.Struct, frozen=True):
    """One counted fact behind the number: a message code and its parameters (times are epoch seconds UTC)."""

    code: str
    params: dict[str, int | float | str]


class Judgement(msgspec.Struct, frozen=True):
    """What is shown of a relationship; ``value`` is ``None`` where the state is shown instead of the number."""

    state: str
    value: int | None
    band: str | None
    was: int | None
    """For a dormant relationship, the score on the day of the last contact."""
    balance: tuple[int, int]
    """(days you wrote, days they wrote)."""
    confidence: float
    """0 (hollow ring) to 1 (full)."""
    explanation: Reason
    """The one sentence as a message code with its parameters."""
    sentence: str
    """The same in English."""
    reasons: tuple[Reason, ...]


class Glance(NamedTuple):
    """The part of a judgement that a mark shows."""

    state: str
    value: int | None
    band: str | None
    balance: tuple[int, int]
    """(days you wrote, days they wrote)."""


def band_of(score: float) -> str:
    """Return the band of a score: close, warm, light or faint."""
    for floor, name in BANDS:
        if score >= floor:
            return name
    return FAINT


def state_of(sums: Sums, tally: Tally, now: int) -> str:
    """Return the state: one that hides or qualifies the number, else the band of the score."""
    return state_before_number(sums, tally, now) or band_of(score_of(sums, now))


def state_before_number(sums: Sums, tally: Tally, now: int) -> str | None:
    """Return the state that hides or qualifies the number, or None where the band of the number is the state."""
    theirs, mine = tally.days_in + tally.light_days_in, tally.days_out + tally.light_days_out
    distinct = theirs + mine - tally.two_way_days  # days with talk both ways count once
    if distinct < NEEDED_DAYS or (theirs == 0 and not _could_be_seen(tally)):
        return UNKNOWN
    if theirs == 0:
        return ONE_WAY_YOU
    if mine == 0:
        return ONE_WAY_THEM
    return _by_rhythm(sums, tally, now)


def _by_rhythm(sums: Sums, tally: Tally, now: int) -> str | None:
    """Return dormant, back (one day after a dormant spell is too early for a number) or new, or None."""
    last, first = tally.last_in, tally.first_seen_contact
    # Without any talk nothing goes quiet. The tests on whole days come first: a look-up asks for forty people.
    if last is not None and first is not None:
        silent = now - last
        if silent > SPELL_SECONDS and silent > DORMANT_GAPS * (last - first) / max(1, tally.days_in - 1):
            return DORMANT
        if last - first > SPELL_SECONDS and ended_a_spell(sums, tally):
            return BACK
    if first is not None and now - first < NEW_DAYS * DAY:
        return NEW
    return None


def _could_be_seen(tally: Tally) -> bool:
    """Return whether an answer could have been seen: inbound contact was visible by the time of your last message."""
    since = tally.inbound_seen_since
    return since is not None and (tally.last_out is None or tally.last_out >= since)


def before_silence(sums: Sums, tally: Tally) -> int:
    """Return the score on the day of the last contact, by running the fading backwards to it."""
    last = max(tally.last_in or 0, tally.last_out or 0) // DAY * DAY
    back = (sums.at - last) / DAY
    if back <= 0:
        return round(score_of(sums, sums.at))
    short, long = 2.0 ** min(back / 7.0, 900.0), 2.0 ** min(back / 90.0, 900.0)
    earlier = Sums(
        last,
        sums.talk_in_7 * short,
        sums.talk_in_90 * long,
        sums.talk_out_7 * short,
        sums.talk_out_90 * long,
        sums.light_in * long,
        sums.light_out * long,
    )
    return round(score_of(earlier, last))


def with_one_more(sums: Sums, now: int) -> int:
    """Return what the score would be if they wrote today."""
    return round(score_of(sums.added(now // DAY, "in", weight_of(1, 0)), now))
