"""Suggests two or three people to talk with today, each with a reason taken from what was seen (pure).

Essay 1: "engage 2 to 3 people today". Unanswered words come first, then somebody warm who fell silent. Nobody is named
twice in a row for the same reason once the user said "later", and there are never more than three.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from companion.domain.dates import DAY, ago, span
from companion.machine_zone import MACHINE
from companion.reciprocity.states import BANDS, WARM, before_silence
from companion.reciprocity.sums import rank_of
from companion.store.ledger.rows import BadgeRow

GOAL = 3
LATER_DAYS = 7
"""Days for which "later" keeps somebody out of the suggestions."""
ASK_DAYS = 45
"""Days after which an unanswered message is not suggested any more."""
SUGGESTED_DAYS = 730
"""Days of silence after which nobody is suggested any more; they stay in the list of those who fell silent."""
ASK_REST = 3 * 3600
"""Seconds before an unanswered message is suggested: the user may have only just read it."""
WARM_FLOOR = next(floor for floor, name in BANDS if name == WARM)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An unanswered message: its post, its time, and whether it asks something."""

    post: str | None
    at: int
    asks: bool


@dataclass(frozen=True, slots=True)
class Faded:
    """Somebody who fell silent: since when, the score before, and the usual number of days between messages."""

    row: BadgeRow
    since: int
    was: int
    usual_days: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One person to talk with and the reason as a sentence; ``post`` is the post to answer, if there is one."""

    row: BadgeRow
    why: str
    post: str | None = None


def suggest_answer(row: BadgeRow, message: Unanswered, now: int) -> Suggestion:
    """Return the suggestion to answer a message."""
    did = "Asked you something" if message.asks else "Wrote to you"
    return Suggestion(row, f"{did} {ago(message.at, now, MACHINE)}. Not answered yet.", message.post)


def suggest_contact(faded: Faded, now: int) -> Suggestion:
    """Return the suggestion to write to somebody who fell silent."""
    rhythm = _rhythm(faded.usual_days)
    return Suggestion(faded.row, f"You talked {rhythm}. Silent for {span(now - faded.since)}.")


def faded_of(row: BadgeRow, now: int) -> Faded:
    """Return since when somebody is silent, and how it was before."""
    last = max(row.tally.last_in or 0, row.tally.last_out or 0)
    first = row.tally.first_seen_contact or last
    gap = max(1, round(((row.tally.last_in or last) - first) / DAY / max(1, row.tally.days_in - 1)))
    return Faded(row, last, before_silence(row.sums, row.tally), gap)


def losing_touch(rows: Sequence[BadgeRow], now: int, limit: int) -> list[Faded]:
    """Return those who were at least warm and fell silent, the closest first."""
    faded = [faded_of(row, now) for row in rows]
    warm = [contact for contact in faded if contact.was >= WARM_FLOOR]
    return sorted(warm, key=lambda contact: (-contact.was, contact.since))[:limit]


def suggestions(
    waiting: Sequence[BadgeRow],
    messages: Mapping[str, Unanswered],
    faded: Sequence[Faded],
    away: Collection[str],
    wanted: int,
    now: int,
) -> list[Suggestion]:
    """Choose whom to suggest.

    Args:
        waiting: people who wrote last.
        messages: pid -> their last unanswered message; people without one wrote nothing to answer.
        faded: people who fell silent, best first.
        away: pids the user said "later" about.
        wanted: how many.
        now: epoch seconds UTC.

    Returns:
        Unanswered words first (questions, then the closest), with one place kept for somebody who fell silent.
    """
    to_answer = [row for row in waiting if row.pid in messages and row.pid not in away]
    asks = [row for row in to_answer if now - messages[row.pid].at >= ASK_REST]
    asks.sort(key=lambda row: (not messages[row.pid].asks, -rank_of(row.sums, now), row.pid))
    recent = [contact for contact in faded if now - contact.since <= SUGGESTED_DAYS * DAY]
    silent = [suggest_contact(contact, now) for contact in recent if contact.row.pid not in away]
    answers = [suggest_answer(row, messages[row.pid], now) for row in asks]
    places = wanted - 1 if silent and wanted > 1 else wanted
    chosen = answers[:places]
    chosen += silent[: wanted - len(chosen)]
    return chosen + answers[places : places + wanted - len(chosen)]


def _rhythm(days: int) -> str:
    if days <= 2:
        return "nearly every day"
    if days <= 9:
        return "about weekly"
    if days <= 20:
        return "about every two weeks"
    return "about monthly" if days <= 45 else "now and then"
