"""What came of the user's first words, and how often those answer who thank by software (pure).

Essay 1: the author reached out, and many "do not reply". Where the others' side could not be seen nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from companion.domain.dates import DAY
from companion.reciprocity.counters import counted
from companion.reciprocity.mirror import Acts
from companion.reciprocity.relationship import ANSWER_DAYS, Rate, Turn, answers, turns_of

ANSWERED, WAITING, SILENT, UNSEEN = "answered", "waiting", "no answer", "not visible"
"""What came of first words."""


@dataclass(frozen=True, slots=True)
class FirstWords:
    """A talk that the user began: with whom, when (epoch seconds UTC), and what came of it."""

    pid: str
    at: int
    outcome: str


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


def thankers_answer(acts: Acts, now: int, visible_since: int | None) -> tuple[int, Rate]:
    """Return how many people thanked by software, and how often they answered what the user wrote to them."""
    thankers = [listed for listed in acts.values() if any(act.automatic and act.direction == "in" for act in listed)]
    rates = [answers(turns_of(counted(listed, now)), "out", now, visible_since) for listed in thankers]
    return len(thankers), Rate(sum(rate.count for rate in rates), sum(rate.of for rate in rates))
