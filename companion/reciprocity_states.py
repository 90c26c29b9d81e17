"""States before numbers: what the score's state is, why, how sure, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass, fields

from companion.reciprocity_sums import DAY, Sums, score_of, weight_of

UNKNOWN, ONE_WAY_YOU, ONE_WAY_THEM = "unknown", "one_way_you", "one_way_them"
NEW, DORMANT, CLOSE, WARM, LIGHT, FAINT = "new", "dormant", "close", "warm", "light", "faint"
STATES = (UNKNOWN, ONE_WAY_YOU, ONE_WAY_THEM, NEW, DORMANT, CLOSE, WARM, LIGHT, FAINT)

BANDS = ((60.0, CLOSE), (35.0, WARM), (15.0, LIGHT), (0.0, FAINT))


@dataclass(frozen=True, slots=True)
class Tally:
    """Plain counts that the ledger keeps per person (epoch seconds UTC; days are distinct UTC days with talk).

    Talk is every kind but likes, reposts and follows; automatic interactions are never counted.
    """

    days_in: int = 0
    days_out: int = 0
    two_way_days: int = 0
    """Days on which both wrote."""
    light_days_in: int = 0
    light_days_out: int = 0
    n_in: int = 0
    n_out: int = 0
    """Single talk interactions each way."""
    last_in: int | None = None
    last_out: int | None = None
    """Latest talk each way."""
    first_seen_contact: int | None = None
    """Earliest interaction of any weight."""
    inbound_seen_since: int | None = None
    """Since when what they send could have been seen (page or notifications); ``None`` if never (archive only)."""


TALLY_FIELDS = tuple(field.name for field in fields(Tally))


@dataclass(frozen=True, slots=True)
class Reason:
    """One counted fact behind the number: a message code and its parameters."""

    code: str
    params: dict[str, int | float | str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is shown: ``value`` is ``None`` where the state stands instead of the number."""

    state: str
    value: int | None
    band: str | None
    was: int | None
    balance: tuple[int, int]
    """(days you wrote, days they wrote)."""
    confidence: float
    """0 (hollow ring) to 1 (full)."""
    explanation: Reason
    sentence: str
    """The explanation in English."""
    reasons: tuple[Reason, ...]


def band_of(score: float) -> str:
    """Return close, warm, light or faint."""
    return next(name for floor, name in BANDS if score >= floor)
