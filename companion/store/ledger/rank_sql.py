"""The score as SQL expressions, which rank a hundred thousand people without reading them into Python.

The same formula and constants as ``companion.reciprocity``; a test compares the two on invented relationships. In the
expressions ``:now`` is the present, epoch seconds UTC. They use ``pow``, ``exp`` and ``min`` and ``max`` of two values
(``least`` and ``greatest`` elsewhere); ``add_math_functions`` adds the first two to an SQLite built without them.
"""

from __future__ import annotations

import math
import sqlite3

from companion.domain.dates import DAY
from companion.reciprocity import returning
from companion.reciprocity.states import DORMANT_DAYS, DORMANT_GAPS, NEEDED_DAYS
from companion.reciprocity.sums import (
    AGE_POWER,
    BURST,
    BURST_HALF,
    HALF_SCORE_MASS,
    LIGHT_CEILING,
    LIGHT_SHARE,
    LONG_DAYS,
    OUTBOUND_SHARE,
    SHORT_DAYS,
    SILENT_MOST,
)


def _faded(days: float) -> str:
    return f"pow(2.0, -max(0, :now - sums_at) / {DAY * days!r})"


def _returned(theirs: str, mine: str) -> str:
    return f"({theirs} + {OUTBOUND_SHARE!r} * min({mine}, {theirs}))"


_SHORT = f"{_returned('talk_in_7', 'talk_out_7')} * {_faded(SHORT_DAYS)} * {SHORT_DAYS**-AGE_POWER!r}"
_LONG = f"{_returned('talk_in_90', 'talk_out_90')} * {_faded(LONG_DAYS)} * {LONG_DAYS**-AGE_POWER!r}"
_LIGHT = (
    f"case when light_in > 0 then {LIGHT_CEILING!r} * (1.0 - exp(-{_returned('light_in', 'light_out')} * "
    f"{_faded(LONG_DAYS)} * {LIGHT_SHARE * LONG_DAYS**-AGE_POWER / LIGHT_CEILING!r})) else 0.0 end"
)
MASS = f"({_SHORT} + {_LONG} + {_LIGHT})"
"""The mass, which orders people as the score does, at half its cost."""
SCORE = f"(100.0 - {100.0 * HALF_SCORE_MASS!r} / ({MASS} + {HALF_SCORE_MASS!r}))"
MOST_MASS = (
    f"{1 + OUTBOUND_SHARE!r} * (talk_in_7 * {SHORT_DAYS**-AGE_POWER!r} + talk_in_90 * {LONG_DAYS**-AGE_POWER!r}) "
    f"+ min({LIGHT_CEILING!r}, {(1 + OUTBOUND_SHARE) * LIGHT_SHARE * LONG_DAYS**-AGE_POWER!r} * light_in)"
)
"""An upper bound of the mass without decay: rows below a limit need no powers."""
QUIET_FROM = f"max({DORMANT_DAYS * DAY}, {DORMANT_GAPS} * (last_in - first_seen_contact) / (1.0 * max(1, days_in - 1)))"
_SINCE = f"min((sums_at - last_in / {DAY} * {DAY}) / {DAY * SHORT_DAYS!r}, {returning.MOST_HALVINGS!r})"
_WEIGHT = f"(talk_in_7 * pow(2.0, {_SINCE}))"
_BURST = f"min({_WEIGHT} - 1.0, {BURST - returning.WHOLE!r})"
_WHOLE = f"cast({BURST_HALF!r} * {_BURST} / ({BURST!r} - {_BURST}) + {returning.WHOLE!r} as integer)"
_MORE = f"min({_WHOLE}, max(0, n_in - days_in))"
_BESIDE_LAST = f"({_WEIGHT} - 1.0 - {BURST!r} * {_MORE} / ({_MORE} + {BURST_HALF!r}))"
_DAYS = f"((last_in - first_seen_contact) / {DAY}.0)"
_SPELL = f"max({DORMANT_DAYS}, {DORMANT_GAPS} * {_DAYS} / (max(1, days_in - 2) + {DORMANT_GAPS}))"
_USUAL = f"max(1.0, {_DAYS} / (days_in - 1))"
_MOST_BEFORE = (
    f"{returning.BURST_MOST!r} / (1.0 - pow(2.0, -{_USUAL} / {SHORT_DAYS!r})) * pow(2.0, -{_SPELL} / {SHORT_DAYS!r})"
)
BACK = (
    f"(days_in > 1 and last_in - first_seen_contact > {DORMANT_DAYS * DAY} "
    f"and {returning.ROUNDING!r} <= {_MOST_BEFORE} and {_BESIDE_LAST} <= {_MOST_BEFORE})"
)
"""Whether their last day ended a dormant spell (``returning.ended_a_spell``); null where they never wrote.

What may be left after a long spell is compared with rounding first: it rules most people out at a fifth of the cost.
"""
_SENT = (
    f"(talk_out_7 * {_faded(SHORT_DAYS)} * {SHORT_DAYS**-AGE_POWER!r} "
    f"+ (talk_out_90 + {LIGHT_SHARE!r} * light_out) * {_faded(LONG_DAYS)} * {LONG_DAYS**-AGE_POWER!r})"
)
RANK = (
    f"(case when days_in + light_days_in > 0 then {SCORE} when days_out + light_days_out > 0 "
    f"then {SILENT_MOST!r} * {_SENT} / (1.0 + {_SENT}) else 0.0 end)"
)
"""The key that orders people without a number among themselves (``sums.rank_of``)."""
SHOWN = (
    "(days_in + light_days_in > 0 and days_out + light_days_out > 0 "
    f"and days_in + days_out - two_way_days + light_days_in + light_days_out >= {NEEDED_DAYS} "
    f"and (last_in is null or first_seen_contact is null or :now - last_in <= {QUIET_FROM}) "
    f"and case when {BACK} then 0 else 1 end)"
)
"""Whether the number is shown; otherwise a state is shown instead (``reciprocity.judgement.HIDDEN``)."""


def mass_for(score: float) -> float:
    """Return the mass that gives a score (below 100)."""
    return HALF_SCORE_MASS * score / (100.0 - score)


def add_math_functions(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Add ``pow`` and ``exp`` to the connection if it has none, and return it."""
    try:
        connection.execute("select pow(2.0, 1.0), exp(0.0)").fetchone()
    except sqlite3.OperationalError:
        connection.create_function("pow", 2, math.pow, deterministic=True)
        connection.create_function("exp", 1, math.exp, deterministic=True)
    return connection
