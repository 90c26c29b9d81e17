"""The weight of each finding and its reason, the same for every kind of account."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

from companion.domain.typed_json import decoded
from companion.vetting.word_lists import DATA


class Weight(msgspec.Struct, frozen=True):
    """How much a finding of degree 1 adds to the doubt (or takes away, if negative), and why."""

    weight: float
    why: str


class Weights(msgspec.Struct, frozen=True):
    """The weights and thresholds as stored in ``data/weights.json``, which a user may copy and edit."""

    source: str
    midpoint: float
    """Doubt at which the score is one half."""
    welcome_below: float
    better_not_from: float
    weights: dict[str, Weight]
    welcome_unseen_below: float = 1.5
    """The same as ``welcome_below`` where no habits were seen: no posts, and no word from them."""

    def of(self, code: str) -> float:
        """Return the weight of a finding code; 0 for plain facts, which have none."""
        weight = self.weights.get(code)
        return weight.weight if weight else 0.0


def read_weights(own: Path | None = None) -> Weights:
    """Return the user's own weights where there is such a file, else those supplied.

    Raises:
        OSError: if the user's file cannot be read.
        msgspec.DecodeError: if it is not such a setting.
    """
    path = own if own is not None and own.is_file() else DATA / "weights.json"
    return decoded(path.read_bytes(), Weights)


@lru_cache(maxsize=1)
def supplied_weights() -> Weights:
    """Return the supplied weights, read once."""
    return read_weights()
