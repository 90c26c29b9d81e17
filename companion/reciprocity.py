"""Reciprocity: "do they talk back, and lately?" as a number 0-100 with its state and reasons (pure; the parts joined).

``reciprocity_sums`` has the formula and its measured constants, ``reciprocity_tally`` the plain counts,
``reciprocity_states`` what stands before the number, ``reciprocity_reasons`` the words.
"""

from __future__ import annotations

from companion.reciprocity_reasons import glance, judge
from companion.reciprocity_states import STATES, Glance, Judgement, Reason, band_of, state_of
from companion.reciprocity_sums import SUM_FIELDS, DayWeight, Sums, day_weight, mass_of, score_of, weight_of
from companion.reciprocity_tally import TALLY_FIELDS, Act, Tally, recount, trend

__all__ = [
    "STATES",
    "SUM_FIELDS",
    "TALLY_FIELDS",
    "Act",
    "DayWeight",
    "Glance",
    "Judgement",
    "Reason",
    "Sums",
    "Tally",
    "band_of",
    "day_weight",
    "glance",
    "judge",
    "mass_of",
    "recount",
    "score_of",
    "state_of",
    "trend",
    "weight_of",
]
