"""English texts of the dashboard: states, acts, reasons and times (pure). The extension's are in _locales."""

from __future__ import annotations

import datetime
from datetime import UTC, tzinfo

from companion.domain.dates import days_ago, days_between, local_day
from companion.domain.decisions import DECISIONS
from companion.domain.decisions import REASONS as DECISION_REASONS
from companion.domain.wording import MARKS, REASONS, SOURCES, STAGES, STATES
from companion.machine_zone import MACHINE
from companion.reciprocity.states import Judgement, Reason

__all__ = [
    "DRAFTS_SCRIPT", "MARKS", "MONTHS", "STAGES", "WEEKDAYS", "date", "day", "decision", "decision_reason", "iso",
    "long_day", "reason", "share", "since", "since_spoken", "source", "state",
]  # fmt: skip


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
DRAFTS_SCRIPT = ("{length} of {most}", "Too long for a link: copy it instead.", "Fill in {gap} first.", "Copied.")
"""Sentences of the drafts' script; a test finds each in it."""


def long_day(day: datetime.date) -> str:
    """Return a day with its weekday, such as Sunday, 29 November; the same under every locale of the machine."""
    return f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]}"


def state(judged: Judgement) -> str:
    """Return the state in words, with the former score of a dormant relationship."""
    words = STATES[judged.state]
    return f"{words}, was {judged.was}" if judged.was is not None else words


def source(name: str) -> str:
    """Return the source of an interaction in words."""
    return SOURCES.get(name, name)


def decision(name: object) -> str:
    """Return a decision about a person in words."""
    return DECISIONS.get(str(name), str(name))


def decision_reason(name: object) -> str:
    """Return the reason of a decision in words; "" for the user's own, which stand beside it."""
    return DECISION_REASONS.get(str(name), str(name))


def reason(fact: Reason) -> str | None:
    """Return a reason as a sentence; None for reasons that the page shows elsewhere."""
    key = f"{fact.code}_one" if fact.params.get("days") == 1 else fact.code
    sentence = REASONS.get(key, REASONS.get(fact.code))
    if sentence is None:
        return None
    at = fact.params.get("at")
    return sentence.format(**fact.params, date=date(int(at)) if at is not None else "")


def since(at: int | None, now: int, zone: tzinfo = MACHINE) -> str:
    """Return how long ago, as short as a table needs: today, 3 d, 2 wk, 4 mo, 2 y; a dash for never."""
    if at is None:
        return "–"
    days = days_between(at, now, zone)
    for unit, name, least in ((365, "y", 730), (30, "mo", 60), (7, "wk", 14), (1, "d", 1)):
        if days >= least:
            return f"{days // unit} {name}"
    return "today"


def since_spoken(at: int | None, now: int, zone: tzinfo = MACHINE) -> str:
    """Return how long ago in whole words, for screen readers and sentences."""
    if at is None:
        return "never"
    return days_ago(days_between(at, now, zone))


def date(at: int, zone: tzinfo = MACHINE) -> str:
    """Return the user's day of a moment as 3 Mar 2026."""
    return _written(local_day(at, zone))


def day(text: str) -> str:
    """Return a stored day such as 2026-03-03 as 3 Mar 2026."""
    return _written(datetime.date.fromisoformat(text))


def _written(day: datetime.date) -> str:
    return f"{day.day} {day:%b %Y}"


def iso(at: int) -> str:
    """Return a time in ISO 8601, for the ``datetime`` attribute."""
    return datetime.datetime.fromtimestamp(at, UTC).isoformat()


def share(count: int, of: int) -> str:
    """Return a share as 18% or, when small, 4.1%."""
    if of == 0:
        return "–"
    percent = 100 * count / of
    return f"{percent:.1f}%" if 0 < percent < 10 else f"{percent:.0f}%"
