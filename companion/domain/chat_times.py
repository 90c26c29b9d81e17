"""Chats that come again at an hour of their own zone: when the next one is, and which one a moment belongs to (pure).

The hour is kept as wall time and zone, and the weekday is the chat's: a change of clocks, there or where the user is,
moves the hour that the user sees and nothing else.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import count, islice
from zoneinfo import ZoneInfo

from companion.domain.dates import DAY
from companion.domain.hashtags import key_of

RULES = {"week": "every week", "2 weeks": "every other week", "month": "every month", "once": "once"}
"""Rule -> its words. Every month is the same weekday of it, such as the second Monday; the fifth is the last."""
EARLY, LATE = 5 * 60, 15 * 60
"""Seconds before the hour and after its end that belong to the chat."""
_WORDS = ("first", "second", "third", "fourth", "last")


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat.

    Attributes:
        tag: such as "#bookchat".
        first: its first day, in its own zone.
        hour: its hour there.
        zone: such as America/New_York.
        rule: one of ``RULES``.
        minutes: how long it takes.
        without: days, by its own clock, on which it does not take place.
    """

    tag: str
    first: date
    hour: time
    zone: str
    rule: str = "week"
    minutes: int = 60
    without: frozenset[date] = frozenset()

    @property
    def key(self) -> str:
        """Return the tag as it is compared."""
        return key_of(self.tag)

    @property
    def words(self) -> str:
        """Say when it is: "Wednesdays 20:00 by New York's clock"."""
        city = self.zone.rpartition("/")[2].replace("_", " ")
        weekday = f"{self.first:%A}"
        when = {
            "week": f"{weekday}s",
            "2 weeks": f"every other {weekday}",
            "month": f"{_WORDS[_nth(self.first)]} {weekday}",
            "once": f"{self.first.day} {self.first:%b %Y}",
        }
        return f"{when[self.rule]} {self.hour:%H:%M} by the clock of {city}"


@dataclass(frozen=True, slots=True)
class Session:
    """One time that a chat takes place: its day there, and its beginning and end in epoch seconds UTC."""

    chat: Chat
    day: date
    start: int
    end: int

    def holds(self, at: int) -> bool:
        """Return whether a moment belongs to it, a few minutes before and after included."""
        return self.start - EARLY <= at < self.end + LATE


def sessions(chat: Chat, since: int, until: int) -> Iterator[Session]:
    """Yield the sessions that begin in a time (epoch seconds UTC), in order."""
    for day in _days(chat):
        if day in chat.without:
            continue
        session = _session(chat, day)
        if session.start > until:
            return
        if session.start >= since:
            yield session


def session_at(chat: Chat, at: int) -> Session | None:
    """Return the session to which a moment belongs, None if there is none."""
    near = sessions(chat, at - chat.minutes * 60 - LATE, at + EARLY)
    return next((session for session in near if session.holds(at)), None)


def next_session(chat: Chat, now: int) -> Session | None:
    """Return the session that runs or comes next, None if there is no more."""
    return next(sessions(chat, now - chat.minutes * 60, now + 400 * DAY), None)


def next_sessions(chat: Chat, now: int, most: int) -> list[Session]:
    """Return the sessions that run or come next."""
    return list(islice(sessions(chat, now - chat.minutes * 60, now + 400 * DAY), most))


def coming_days(chat: Chat, now: int, most: int) -> list[tuple[Session, bool]]:
    """Return the next sessions by the rule alone, each with whether it takes place."""
    return [(one, one.day not in chat.without) for one in next_sessions(replace(chat, without=frozenset()), now, most)]


def current_session(chat: Chat, now: int, after: int) -> Session | None:
    """Return the session that runs, or was over at most ``after`` seconds ago; None if there is none."""
    begun = list(sessions(chat, now - chat.minutes * 60 - after, now + EARLY))
    return next((one for one in reversed(begun) if one.end + after > now), None)


def last_sessions(chat: Chat, now: int, most: int) -> list[Session]:
    """Return the latest sessions that have begun, the latest first."""
    begun = list(sessions(chat, now - 400 * DAY, now))
    return begun[::-1][:most]


def _session(chat: Chat, day: date) -> Session:
    start = int(datetime.combine(day, chat.hour, ZoneInfo(chat.zone)).timestamp())
    return Session(chat, day, start, start + chat.minutes * 60)


def _days(chat: Chat) -> Iterator[date]:
    if chat.rule == "once":
        yield chat.first
    elif chat.rule == "month":
        yield from _months(chat.first)
    else:
        step = timedelta(weeks=2 if chat.rule == "2 weeks" else 1)
        day = chat.first
        while day <= date.max - step:
            yield day
            day += step


def _nth(day: date) -> int:
    return (day.day - 1) // 7


def _months(first: date) -> Iterator[date]:
    for months in count():
        year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
        if year > date.max.year:
            return
        days = [day for day in calendar.Calendar().itermonthdates(year, month + 1) if day.month == month + 1]
        same = [day for day in days if day.weekday() == first.weekday()]
        yield same[min(_nth(first), len(same) - 1) if _nth(first) < 4 else -1]
