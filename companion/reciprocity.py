"""Reciprocity: "do they talk back, and lately?" as a number 0-100 with its state and reasons (pure; re-exports its parts)."""

from __future__ import annotations

from companion.reciprocity_states import TALLY_FIELDS, Judgement, Reason, Tally, band_of
from companion.reciprocity_sums import SUM_FIELDS, DayWeight, Sums, day_weight, mass_of, score_of, weight_of

__all__ = [
    "SUM_FIELDS",
    "TALLY_FIELDS",
    "DayWeight",
    "Judgement",
    "Reason",
    "Sums",
    "Tally",
    "band_of",
    "day_weight",
    "mass_of",
    "score_of",
    "weight_of",
]
