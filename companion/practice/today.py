"""Suggests two or three people to talk with today, each with a reason taken from what was seen (pure).

Essay 1: "engage 2 to 3 people today". Everybody comes from something that the user or the other person did: an
unanswered word, a reminder, a silence, a follow that the user made or a follower to look at. Being on a list that
fills itself is no reason. Who was put off with "later" is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from companion.domain.dates import DAY, ago, days_between, local_day, span
from companion.machine_zone import MACHINE
from companion.reciprocity.states import BANDS, WARM, before_silence
from companion.reciprocity.sums import rank_of
from companion.store.ledger.rows import BadgeRow

GOAL = 3
GOALS = (2, 3)
"""How many people a day the user can aim at."""
WEEK_GOAL = 6
"""People in a week, where the user has set no other number."""
LATER_DAYS = 7
"""Days for which "later" keeps somebody out of the suggestions."""
ASK_DAYS = 45
"""Days after which an unanswered message is not suggested any more."""
SUGGESTED_DAYS = 730
"""Days of silence after which nobody is suggested any more; they stay in the list of those who fell silent."""
ASK_REST = 3 * 3600
"""Seconds before an unanswered message is suggested: the user may have only just read it."""
NUDGES = ((7, 14), (30, 37))
"""Days after which, and until when, somebody relevant with whom one never talked is named; then never again."""
WARM_FLOOR = next(floor for floor, name in BANDS if name == WARM)
ANSWER, DUE, SILENT, RELEVANT, FOLLOWER, ARCHIVE = "answer", "due", "silent", "relevant", "follower", "archive"
"""Why somebody is suggested."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An unanswered message: its post, its time, whether it asks something, and its words if they are known."""

    post: str | None
    at: int
    asks: bool
    text: str = ""


@dataclass(frozen=True, slots=True)
class Faded:
    """Somebody who fell silent: since when, the score before, and the usual number of days between messages."""

    row: BadgeRow
    since: int
    was: int
    usual_days: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One person to talk with and the reason as a sentence.

    Attributes:
        row: the person.
        why: the reason.
        post: the post to answer, if there is one.
        kind: one of ``ANSWER`` … ``ARCHIVE``.
        quote: their words that wait, if they are known.
    """

    row: BadgeRow
    why: str
    post: str | None = None
    kind: str = SILENT
    quote: str = ""


def suggest_answer(row: BadgeRow, message: Unanswered, now: int, *, critic: bool = False) -> Suggestion:
    """Return the suggestion to answer a message; of a fair ``critic`` the sentence says so."""
    did = "Asked you something" if message.asks else "Wrote to you"
    fair = " A fair critic." if critic else ""
    why = f"{did} {ago(message.at, now, MACHINE)}. Not answered yet.{fair}"
    return Suggestion(row, why, message.post, ANSWER, message.text)


def suggest_contact(faded: Faded, now: int) -> Suggestion:
    """Return the suggestion to write to somebody who fell silent."""
    rhythm = _rhythm(faded.usual_days)
    return Suggestion(faded.row, f"You talked {rhythm}. Silent for {span(now - faded.since)}.")


def suggest_relevant(row: BadgeRow, topics: Sequence[str], now: int) -> Suggestion:
    """Return the suggestion to greet somebody who shares a topic and with whom the user never talked."""
    days = days_between(row.first_seen, now, MACHINE)
    return Suggestion(row, f"Shares {_listed(topics)} with you. {days} days, and you never talked.", kind=RELEVANT)


def suggest_follower(row: BadgeRow, topics: Sequence[str], since: int, now: int) -> Suggestion:
    """Return the suggestion to greet a new follower who shares a topic."""
    return Suggestion(
        row, f"Follows you since {ago(since, now, MACHINE)}. Shares {_listed(topics)} with you.", kind=FOLLOWER
    )


def suggest_archived(row: BadgeRow) -> Suggestion:
    """Return the suggestion to write again to somebody who is known from the user's own posts alone."""
    first, last = row.tally.first_seen_contact, row.tally.last_out
    years = sorted({local_day(at, MACHINE).year for at in (first, last) if at})
    span_words = f" from {years[0]} to {years[-1]}" if len(years) > 1 else f" in {years[0]}" if years else ""
    days = f"{row.tally.days_out} days" if row.tally.days_out != 1 else "one day"
    why = f"You wrote to them on {days}{span_words}. Whether they answered is not in an archive."
    return Suggestion(row, why, kind=ARCHIVE)


def nudged(first_seen: int, now: int) -> bool:
    """Return whether somebody relevant is named today: after a week, after a month, and then no more."""
    days = (now - first_seen) // DAY
    return any(start <= days < end for start, end in NUDGES)


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


def answers(
    waiting: Sequence[BadgeRow], messages: Mapping[str, Unanswered], critics: Collection[str], now: int
) -> list[Suggestion]:
    """Return the suggestions to answer: questions and fair critics first, then the closest.

    Args:
        waiting: people who wrote last.
        messages: pid -> their last unanswered message; people without one wrote nothing to answer.
        critics: pids of fair critics.
        now: epoch seconds UTC.
    """
    rested = [row for row in waiting if row.pid in messages and now - messages[row.pid].at >= ASK_REST]
    urgent = {row.pid: messages[row.pid].asks or row.pid in critics for row in rested}
    rested.sort(key=lambda row: (not urgent[row.pid], -rank_of(row.sums, now), row.pid))
    return [suggest_answer(row, messages[row.pid], now, critic=row.pid in critics) for row in rested]


def silences(faded: Sequence[Faded], now: int) -> list[Suggestion]:
    """Return the suggestions to write to those who fell silent, in their order; not for ever."""
    return [suggest_contact(one, now) for one in faded if now - one.since <= SUGGESTED_DAYS * DAY]


def choose(groups: Sequence[Sequence[Suggestion]], away: Collection[str], wanted: int) -> list[Suggestion]:
    """Return whom to suggest: the first of each group in turn until there are enough, nobody twice.

    Args:
        groups: suggestions by reason, the most pressing reason first, the best of each first.
        away: pids the user said "later" about, or does not want to be told of.
        wanted: how many.

    Returns:
        At most ``wanted``, ordered by group.
    """
    open_groups = [[one for one in group if one.row.pid not in away] for group in groups]
    chosen: dict[str, tuple[int, int, Suggestion]] = {}
    for place in range(max(map(len, open_groups), default=0)):
        for order, group in enumerate(open_groups):
            if place < len(group) and len(chosen) < wanted:
                chosen.setdefault(group[place].row.pid, (order, place, group[place]))
    return [one for *_, one in sorted(chosen.values(), key=lambda each: each[:2])]


def _listed(topics: Sequence[str]) -> str:
    return " and ".join(topics[:2])


def _rhythm(days: int) -> str:
    if days <= 2:
        return "nearly every day"
    if days <= 9:
        return "roughly every week"
    if days <= 20:
        return "roughly every two weeks"
    return "roughly every month" if days <= 45 else "now and then"
