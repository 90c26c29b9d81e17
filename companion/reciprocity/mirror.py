"""The user's own practice over everybody: who is answered, who begins, passive and active weeks, deep talks (pure)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from itertools import pairwise
from typing import Protocol

from companion.domain.dates import DAY, day_start, local_day
from companion.domain.kinds import LIGHT_KINDS, NO_WEIGHT_KINDS, OFF_X_KINDS
from companion.domain.real_turn import is_real_turn
from companion.reciprocity.counters import Act, counted
from companion.reciprocity.relationship import ANSWER_DAYS, Rate, Turn, answers, starts, turns_of

DEEP_TURNS, DEEP_CHARACTERS = 4, 400
"""A talk is deep from this many turns, or this many characters of both: beyond 140 or 400 characters (essay 4)."""


class WordedAct(Act, Protocol):
    """An interaction with its words, None where they are not kept."""

    @property
    def text(self) -> str | None: ...  # noqa: D102


Acts = Mapping[str, Sequence[WordedAct]]
"""Person -> interactions, in any order."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A person who wrote and has no answer yet, and when they last wrote (epoch seconds UTC)."""

    pid: str
    at: int


@dataclass(frozen=True, slots=True)
class Talk:
    """An exchange with one person in which each turn answers the one before.

    Attributes:
        pid: the person.
        turns: turns with words; a bare emoji or thanks is none.
        characters: of both, as far as the words are kept.
        unknown: how many turns have no words kept; they count as turns, of no known length.
        last: when it ended, epoch seconds UTC.
    """

    pid: str
    turns: int
    characters: int
    unknown: int
    last: int

    @property
    def deep(self) -> bool:
        """Whether it went deep."""
        return self.turns >= DEEP_TURNS or self.characters >= DEEP_CHARACTERS


@dataclass(frozen=True, slots=True)
class Mirror:
    """What the page shows.

    Attributes:
        answered: how many of the turns of others the user answered; those that can still be answered are left out.
        waiting: who waits, the longest first.
        answered_at: when the user last answered anybody, None if never in this time.
        began: how many talks the user began, of all.
        weeks: (Monday, acts that said something, likes, reposts and follows), oldest first.
        deep: the deep talks, the longest first.
        talks: how many talks with turns of both there were.
        off_x: how often the two sides met, called or wrote off X.
    """

    answered: Rate
    waiting: list[Waiting]
    answered_at: int | None
    began: Rate
    weeks: list[tuple[date, int, int]]
    deep: list[Talk]
    talks: int
    off_x: int


def mirror_of(
    acts: Acts, since: int, now: int, visible_since: int | None, zone: tzinfo, *, bare: bool = False
) -> Mirror:
    """Return the mirror of a time.

    Args:
        acts: the interactions of that time.
        since: when it begins, epoch seconds UTC; ``now`` when it ends.
        now: the present.
        visible_since: since when what others send could be seen; None is never, then nothing is said of it.
        zone: the user's, in which weeks begin on Monday.
        bare: whether a bare emoji or thanks is a turn too.
    """
    live = {pid: [act for act in counted(listed, now) if act.at >= since] for pid, listed in acts.items()}
    turns = {pid: turns_of(listed) for pid, listed in live.items()}
    from_when = max(since, visible_since) if visible_since is not None else None
    answered = [
        answers([turn for turn in listed if from_when is not None and turn.last >= from_when], "in", now)
        for listed in turns.values()
    ]
    talks = [talk for pid, listed in live.items() for talk in talks_of(pid, listed, bare=bare)]
    return Mirror(
        answered=_sum(answered),
        waiting=sorted(_waiting(turns, now, from_when), key=lambda one: (one.at, one.pid)),
        answered_at=max(filter(None, map(_answered_at, turns.values())), default=None),
        began=_sum(starts(listed, from_when) for listed in turns.values()),
        weeks=weeks_of(live.values(), since, now, zone),
        deep=sorted((talk for talk in talks if talk.deep), key=lambda one: (-one.turns, -one.characters, one.pid)),
        talks=len(talks),
        off_x=sum(act.kind in OFF_X_KINDS and act.direction == "out" for listed in live.values() for act in listed),
    )


def _sum(rates: Iterable[Rate]) -> Rate:
    listed = list(rates)
    return Rate(sum(rate.count for rate in listed), sum(rate.of for rate in listed))


def _waiting(turns: Mapping[str, Sequence[Turn]], now: int, since: int | None) -> Iterable[Waiting]:
    for pid, listed in turns.items():
        last = listed[-1] if listed else None
        if since is not None and last and last.direction == "in" and now - last.last <= ANSWER_DAYS * DAY:
            yield Waiting(pid, last.last)


def _answered_at(turns: Sequence[Turn]) -> int | None:
    mine = [after.last for before, after in pairwise(turns) if after.direction == "out" and _follows(before, after)]
    return mine[-1] if mine else None


def _follows(before: Turn, after: Turn) -> bool:
    return before.direction != after.direction and after.first - before.last <= ANSWER_DAYS * DAY


def weeks_of(listed: Iterable[Sequence[Act]], since: int, now: int, zone: tzinfo) -> list[tuple[date, int, int]]:
    """Return each week's Monday with the user's own acts that said something and those that did not."""
    first, last = _monday(local_day(since, zone)), _monday(local_day(now, zone))
    mondays = [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]
    starts = [day_start(monday, zone) for monday in mondays]
    weeks = [[0, 0] for _ in mondays]
    for act in (act for acts in listed for act in acts if act.direction == "out" and act.at >= starts[0]):
        passive = act.kind in LIGHT_KINDS or act.kind in NO_WEIGHT_KINDS
        weeks[bisect_right(starts, act.at) - 1][passive] += 1
    return [(monday, active, passive) for monday, (active, passive) in zip(mondays, weeks, strict=True)]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def talks_of(pid: str, acts: Sequence[WordedAct], *, bare: bool = False) -> list[Talk]:
    """Return the exchanges with one person in which both took a turn; ``acts`` are in order."""
    said = [act for act in acts if act.kind not in LIGHT_KINDS and act.kind not in NO_WEIGHT_KINDS]
    real = [act for act in said if bare or act.text is None or is_real_turn(act.text)]
    talks, talk = list[Talk](), list[WordedAct]()
    for act in real:
        if talk and act.at - talk[-1].at > ANSWER_DAYS * DAY:
            talks += _talk(pid, talk)
            talk = []
        talk.append(act)
    return talks + _talk(pid, talk)


def _talk(pid: str, acts: Sequence[WordedAct]) -> list[Talk]:
    turns = turns_of(acts)
    if len({turn.direction for turn in turns}) < 2:
        return []
    unknown = sum(act.text is None for act in acts)
    return [Talk(pid, len(turns), sum(len(act.text or "") for act in acts), unknown, acts[-1].at)]
