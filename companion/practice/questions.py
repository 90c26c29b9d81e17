"""Finds questions that were left open between two people, and answers that got no reaction (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from companion.domain.dates import DAY
from companion.domain.kinds import QUESTION_KINDS
from companion.domain.sightings import INBOUND, OUTBOUND
from companion.reciprocity.counters import Act

THEIRS, MINE, ANSWERED = "theirs", "mine", "answered"
WAIT_DAYS = 3
"""Days before a question of the user's own counts as open."""
MOST_DAYS = 60
"""Days after which nothing counts as open any more."""


class Said(Act, Protocol):
    """One act between the two, as the ledger tells it."""

    @property
    def post(self) -> str | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Something that waits: what it is, the words, when they were said (epoch seconds UTC), and their post."""

    kind: str
    words: str
    at: int
    post: str | None


def open_question(acts: Sequence[Said], texts: Mapping[str, str], now: int, *, visible: bool) -> OpenQuestion | None:
    """Return what is open with one person; any later act of whose turn it is closes it, a like too.

    Args:
        acts: what was seen between the two, the latest first.
        texts: post -> its words.
        now: epoch seconds UTC.
        visible: whether what they send could be seen; else their silence means nothing.
    """
    said = [act for act in acts if act.kind in QUESTION_KINDS and not act.automatic and now - act.at <= MOST_DAYS * DAY]
    theirs = next((act for act in said if act.direction == INBOUND), None)
    mine = next((act for act in said if act.direction == OUTBOUND and _asks(act, texts)), None)
    if theirs and not _after(acts, OUTBOUND, theirs.at):
        if _asks(theirs, texts):
            return _open(THEIRS, theirs, texts)
        return _open(ANSWERED, theirs, texts) if mine and mine.at <= theirs.at and _words(theirs, texts) else None
    if mine and visible and now - mine.at >= WAIT_DAYS * DAY and not _after(acts, INBOUND, mine.at):
        return _open(MINE, mine, texts)
    return None


def _after(acts: Sequence[Said], direction: str, at: int) -> bool:
    return any(act.direction == direction and act.at > at for act in acts)


def _asks(act: Said, texts: Mapping[str, str]) -> bool:
    return any(mark in _words(act, texts) for mark in "?？؟")


def _words(act: Said, texts: Mapping[str, str]) -> str:
    return texts.get(act.post or "", "")


def _open(kind: str, act: Said, texts: Mapping[str, str]) -> OpenQuestion:
    return OpenQuestion(kind, _words(act, texts), act.at, act.post)
