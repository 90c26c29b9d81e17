"""Guesses from the first acts that were seen how the user and a person met; a guess is always marked as one (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from companion.domain.kinds import OFF_X_KINDS, QUESTION_KINDS, act_words


class SeenAct(Protocol):
    """What is looked at of an interaction."""

    @property
    def at(self) -> int: ...  # noqa: D102
    @property
    def direction(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def automatic(self) -> bool: ...  # noqa: D102
    @property
    def chat(self) -> str | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Guess:
    """A guess.

    Attributes:
        how: a key of `companion.domain.facts.HOW_MET`.
        because: what was seen, as the beginning of a sentence.
        at: when that was, epoch seconds UTC.
    """

    how: str
    because: str
    at: int


def guess_how_met(acts: Iterable[SeenAct]) -> Guess | None:
    """Return how two people probably met, None where the first act that was seen does not tell.

    Args:
        acts: interactions with one person, in any order. The first that was seen need not have been the first.
    """
    told = sorted((act for act in acts if not act.automatic), key=lambda act: act.at)
    if not told or told[0].kind in OFF_X_KINDS:
        return None
    first = told[0]
    if first.chat:
        return Guess("chat", f"the first that was seen of you two was in {first.chat}", first.at)
    if first.kind == "follow" and first.direction == "in":
        back = any(act.kind == "follow" and act.direction == "out" for act in told)
        return Guess("follow_back", "their follow was seen before yours", first.at) if back else None
    if first.kind in QUESTION_KINDS and first.kind != "dm":
        words = act_words(first.kind, first.direction)
        return Guess("stream", f"the first that was seen: {words[0].lower()}{words[1:]}", first.at)
    return None
