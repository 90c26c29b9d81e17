"""Facts of one relationship beside its score: who answers, who starts, which kind of contact, which stages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Protocol

from companion.domain.dates import DAY, DayOf, utc_day
from companion.domain.kinds import LIGHT_KINDS, NO_WEIGHT_KINDS, OFF_X_KINDS
from companion.reciprocity.counters import Act, counted, trend

ANSWER_DAYS = 14
"""An answer later than this is a new conversation; a younger message with none yet is not counted against anyone."""
SHOWN_FROM = 5
"""A rate over fewer than this is not shown: 1 of 2 is no habit."""
CHAT_SHARE = 0.8
"""A relationship is chat-only if at least this share of its two-way days, and at least ``SHOWN_FROM``, are in chats."""
REGULAR_WEEKS = 6
"""A relationship is regular from this many weeks of the last 26 with talk both ways: about once a month."""
STAGES = ("seen", "relevant", "talked", "regular", "off_x")


class ChatAct(Act, Protocol):
    """An interaction with the chat that it belonged to."""

    @property
    def chat(self) -> str | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Rate:
    """``count`` of ``of``; ``share`` is None where ``of`` is too small to mean anything."""

    count: int
    of: int

    @property
    def share(self) -> float | None:
        """Return the share 0..1, or None under ``SHOWN_FROM``."""
        return self.count / self.of if self.of >= SHOWN_FROM else None


@dataclass(frozen=True, slots=True)
class Turn:
    """Consecutive messages of one side, until the other side writes (times in epoch seconds UTC)."""

    direction: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a relationship, whether it was reached, and when first (epoch seconds UTC, if it has a date)."""

    name: str
    reached: bool | None
    """None is unknown, never no: relevance where no topics are set, talk where theirs could never be seen."""
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Relationship:
    """Everything about one relationship that is counted from its interactions."""

    they_answer: Rate
    you_answer: Rate
    you_start: Rate
    """Conversations you opened, of all."""
    active: Rate
    """Of your own acts towards them, those that were talk (not likes, reposts, follows)."""
    marks: tuple[str, ...]
    """chat_only, likes_only."""
    stages: tuple[Step, ...]


def relationship_of(
    acts: Iterable[ChatAct],
    now: int,
    *,
    relevant: bool | None = None,
    seen_at: int | None = None,
    inbound_since: int | None = 0,
    day_of: DayOf = utc_day,
) -> Relationship:
    """Return the facts of one relationship, counted from its raw interactions.

    Args:
        acts: interactions with this person, in any order, repeats and automatic ones allowed.
        now: epoch seconds UTC.
        relevant: whether bio or posts share the viewer's topics; None where no topics are set.
        seen_at: when the person was first seen at all.
        inbound_since: since when what they send could be seen; None is never (an archive alone), 0 is always. Where
            they wrote earlier, it could be seen since then.
        day_of: gives the user's days.
    """
    live = counted(acts, now)
    turns = turns_of(live)
    theirs = (turn.first for turn in turns if turn.direction == "in")
    inbound_since = min((at for at in (inbound_since, next(theirs, None)) if at is not None), default=None)
    return Relationship(
        they_answer=answers(turns, "out", now, inbound_since),
        you_answer=answers(turns, "in", now),
        you_start=starts(turns, inbound_since),
        active=active_share(live),
        marks=marks_of(live, day_of),
        stages=stages_of(
            live, now, relevant=relevant, seen_at=seen_at, visible=inbound_since is not None, day_of=day_of
        ),
    )


def _is_talk(act: Act) -> bool:
    return act.kind not in LIGHT_KINDS and act.kind not in NO_WEIGHT_KINDS


def turns_of(live: Sequence[Act]) -> list[Turn]:
    """Join consecutive talk of one side into turns; a pause longer than ``ANSWER_DAYS`` begins a new one."""
    turns: list[Turn] = []
    for act in sorted(filter(_is_talk, live), key=lambda act: act.at):
        last = turns[-1] if turns else None
        if last and last.direction == act.direction and act.at - last.last <= ANSWER_DAYS * DAY:
            turns[-1] = Turn(last.direction, last.first, act.at)
        else:
            turns.append(Turn(act.direction, act.at, act.at))
    return turns


def _answers(turn: Turn, after: Turn | None) -> bool:
    """Return whether ``after`` answers ``turn``: it is the other side's and not too late."""
    return after is not None and after.direction != turn.direction and after.first - turn.last <= ANSWER_DAYS * DAY


def answers(turns: Sequence[Turn], direction: str, now: int, since: int | None = 0) -> Rate:
    """Return how many turns of that direction were answered.

    Turns that can still be answered in time are left out, and so are those without an answer from before ``since``,
    from when on answers could be seen: None is never.
    """
    answered = answerable = 0
    for turn, after in zip_longest(turns, turns[1:]):
        if turn.direction != direction:
            continue
        if _answers(turn, after):
            answered, answerable = answered + 1, answerable + 1
        elif since is not None and turn.last >= since and now - turn.last > ANSWER_DAYS * DAY:
            answerable += 1
    return Rate(answered, answerable)


def starts(turns: Sequence[Turn], since: int | None = 0) -> Rate:
    """Return how many conversations you opened; a turn that answers no other opens one.

    Where what they send could never be seen (``since`` is None) and nothing of it is known, nobody can say.
    """
    if since is None and all(turn.direction == "out" for turn in turns):
        return Rate(0, 0)
    opened = [
        turn for before, turn in zip([None, *turns], turns, strict=False) if not before or not _answers(before, turn)
    ]
    return Rate(sum(turn.direction == "out" for turn in opened), len(opened))


def active_share(live: Sequence[Act]) -> Rate:
    """Return how many of your own acts were talk rather than likes, reposts and follows."""
    mine = [act for act in live if act.direction == "out"]
    return Rate(sum(map(_is_talk, mine)), len(mine))


def marks_of(live: Sequence[ChatAct], day_of: DayOf = utc_day) -> tuple[str, ...]:
    """Return chat_only where talk both ways happens in chats alone, likes_only where nobody ever wrote."""
    talks = [act for act in live if _is_talk(act)]
    if not talks:
        return ("likes_only",) if any(act.kind in LIGHT_KINDS for act in live) else ()
    both = _days(talks, "in", day_of) & _days(talks, "out", day_of)
    outside = {day_of(act.at) for act in talks if act.chat is None}
    inside = both - outside
    return ("chat_only",) if len(both) >= SHOWN_FROM and len(inside) >= CHAT_SHARE * len(both) else ()


def _days(talks: Iterable[Act], direction: str, day_of: DayOf) -> set[int]:
    return {day_of(act.at) for act in talks if act.direction == direction}


def two_way_weeks(live: Sequence[Act], now: int, day_of: DayOf = utc_day) -> int:
    """Return how many of the last 26 weeks had talk both ways."""
    talks = [act for act in live if _is_talk(act)]
    weeks = trend(_days(talks, "in", day_of), _days(talks, "out", day_of), day_of(now))
    return sum(1 for theirs, mine in weeks if theirs and mine)


def stages_of(
    live: Sequence[Act],
    now: int,
    *,
    relevant: bool | None,
    seen_at: int | None,
    visible: bool = True,
    day_of: DayOf = utc_day,
) -> tuple[Step, ...]:
    """Return all stages; a follow alone never passes "seen", and a later stage does not need an earlier one.

    Where what they send was never ``visible``, talk that was not seen is unknown.
    """
    unseen = None if not visible else False
    first_in = min((act.at for act in live if _is_talk(act) and act.direction == "in"), default=None)
    first_out = min((act.at for act in live if _is_talk(act) and act.direction == "out"), default=None)
    talked_at = max(first_in, first_out) if first_in is not None and first_out is not None else None
    off_x = min((act.at for act in live if act.kind in OFF_X_KINDS), default=None)
    first = min([act.at for act in live] + ([seen_at] if seen_at is not None else []), default=None)
    return (
        Step("seen", first is not None, first),
        Step("relevant", relevant),
        Step("talked", talked_at is not None or unseen, talked_at),
        Step("regular", two_way_weeks(live, now, day_of) >= REGULAR_WEEKS or unseen),
        Step("off_x", off_x is not None, off_x),
    )
