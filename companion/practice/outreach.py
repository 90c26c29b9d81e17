"""What came of the user's first words and questions, and who answers although they thank by software (pure).

Essay 1: the author reached out, and many "do not reply". Where the others' side could not be seen nothing is said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from companion.domain.dates import DAY
from companion.domain.kinds import LIGHT_KINDS, NO_WEIGHT_KINDS
from companion.reciprocity.counters import counted
from companion.reciprocity.mirror import Acts, WordedAct
from companion.reciprocity.relationship import ANSWER_DAYS, Rate, Turn, answers, turns_of

ANSWERED, WAITING, SILENT, UNSEEN = "answered", "waiting", "no answer", "not visible"
"""What came of first words."""
ASKED_DAYS, LET_BE_DAYS = 3, 45
"""A question of the user's is open from this many days on, and is let be after so many."""


@dataclass(frozen=True, slots=True)
class FirstWords:
    """A talk that the user began: with whom, when (epoch seconds UTC), and what came of it."""

    pid: str
    at: int
    outcome: str


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that is open.

    Attributes:
        pid: with whom.
        at: when it was asked or answered, epoch seconds UTC.
        text: its words.
        ref: the post.
        answered: whether they answered and the user has not reacted to that yet.
    """

    pid: str
    at: int
    text: str
    ref: str
    answered: bool


def first_words(acts: Acts, now: int, visible_since: int | None) -> list[FirstWords]:
    """Return the talks that the user began, the latest first; ``visible_since`` None is never."""
    found = [
        one for pid, listed in acts.items() for one in _begun(pid, turns_of(counted(listed, now)), now, visible_since)
    ]
    return sorted(found, key=lambda one: (-one.at, one.pid))


def _begun(pid: str, turns: Sequence[Turn], now: int, visible_since: int | None) -> Iterator[FirstWords]:
    for before, turn, after in zip([None, *turns], turns, [*turns[1:], None], strict=False):
        if turn.direction != "out" or (before and before.direction == "in" and _soon(before, turn)):
            continue
        if after and after.direction == "in" and _soon(turn, after):
            outcome = ANSWERED
        elif visible_since is None or turn.last < visible_since:
            outcome = UNSEEN
        else:
            outcome = WAITING if now - turn.last <= ANSWER_DAYS * DAY else SILENT
        yield FirstWords(pid, turn.first, outcome)


def _soon(before: Turn, after: Turn) -> bool:
    return after.first - before.last <= ANSWER_DAYS * DAY


def rate_of(words: Iterable[FirstWords]) -> Rate:
    """Return how many first words were answered, of those that had the time to be."""
    done = [one.outcome for one in words if one.outcome in (ANSWERED, SILENT)]
    return Rate(done.count(ANSWERED), len(done))


def open_questions(acts: Acts, now: int) -> list[OpenQuestion]:
    """Return the user's questions without an answer, and their answers without a reaction; the oldest first."""
    found = [one for pid, listed in acts.items() if (one := _question(pid, _talk(listed, now), now))]
    return sorted(found, key=lambda one: (one.at, one.pid))


def _talk(listed: Sequence[WordedAct], now: int) -> list[WordedAct]:
    return [act for act in counted(listed, now) if act.kind not in LIGHT_KINDS and act.kind not in NO_WEIGHT_KINDS]


def _question(pid: str, talk: Sequence[WordedAct], now: int) -> OpenQuestion | None:
    """Return what is open with one person, by their last words and the user's last question."""
    asked = next((act for act in reversed(talk) if act.direction == "out"), None)
    if asked is None or "?" not in (asked.text or "") or not DAY * ASKED_DAYS <= now - asked.at <= DAY * LET_BE_DAYS:
        return None
    answer = next((act for act in talk if act.direction == "in" and act.at > asked.at), None)
    shown = answer or asked
    return OpenQuestion(pid, shown.at, shown.text or "", shown.ref, answer is not None)


def thankers_answer(acts: Acts, now: int, visible_since: int | None) -> tuple[int, Rate]:
    """Return how many people thanked by software, and how often they answered what the user wrote to them."""
    thankers = [listed for listed in acts.values() if any(act.automatic and act.direction == "in" for act in listed)]
    rates = [answers(turns_of(counted(listed, now)), "out", now, visible_since) for listed in thankers]
    return len(thankers), Rate(sum(rate.count for rate in rates), sum(rate.of for rate in rates))


def to_meet(candidates: Collection[str], met: Collection[str], month: str) -> str | None:
    """Return the one person to suggest a meeting with in a month, None if there is none.

    Args:
        candidates: people whose score is high.
        met: people who were met in person.
        month: such as "2026-11"; the same person all month, whoever else's score changes, and another one the next.
    """
    unmet = set(candidates) - set(met)
    return min(unmet, key=lambda pid: sha256(f"{month} {pid}".encode()).digest(), default=None)
