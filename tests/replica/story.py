"""What happened between the first viewer and the featured people over the last 26 weeks, told relative to a clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from companion.domain.dates import DAY
from tests.replica import words
from tests.replica.people import ADA, BARGAIN, BOLA, INES, MILL, NOBODY, RHEA, TOMO, WREN, Account
from tests.replica.posts import Post, Writer

WEEK = 7 * DAY


@dataclass(frozen=True)
class Habit:
    """In which weeks, counted back from now, somebody and the viewer wrote to each other.

    Attributes:
        they: weeks in which they answered a post of the viewer.
        you: weeks in which the viewer answered a post of theirs.
        days: days of such a week on which it happened.
    """

    person: Account
    they: tuple[int, ...]
    you: tuple[int, ...]
    days: tuple[int, ...] = (3,)


WREN_WEEKS = (1, 4, 6, 8, 9, 12, 14, 16, 17, 19, 22, 24)
HABITS = [
    Habit(WREN, WREN_WEEKS, (0, 1, 4, 5, 8, 10, 12, 14, 17, 20, 22)),
    Habit(INES, tuple(range(26)), tuple(range(26)), (1, 4, 6)),
    Habit(TOMO, (2, 9), (1, 4, 9, 13)),
    Habit(RHEA, (18, 19, 20, 22, 23, 25), (18, 19, 21, 22, 24)),
    Habit(MILL, (), (3, 7)),
]
"""Wren writes back in most weeks, Ines always, Tomo now and then, Rhea fell silent, the café never answers."""


def tell(writer: Writer, now: int) -> list[Post]:
    """Return all posts of the featured people and of the viewer, oldest first."""
    posts: list[Post] = []
    for habit in HABITS:
        posts.extend(_exchange(writer, habit, now))
    posts.extend(_alone(writer, now))
    return sorted(posts, key=lambda post: post.at)


def _exchange(writer: Writer, habit: Habit, now: int) -> Iterator[Post]:
    for week in habit.they:
        for day in habit.days:
            at = now - week * WEEK - day * DAY
            mine = writer.post(ADA, writer.remark(), at - 5000)
            yield mine
            yield writer.post(habit.person, writer.answer(), at, reply_to=mine)
    for week in habit.you:
        for day in habit.days:
            at = now - week * WEEK - (day - 1) * DAY - 9000
            theirs = writer.post(habit.person, writer.remark(), at - 7000)
            yield theirs
            answer = writer.post(ADA, writer.answer(), at, reply_to=theirs)
            theirs.liked_by.add(ADA.id)
            yield answer


def _alone(writer: Writer, now: int) -> Iterator[Post]:
    yield writer.post(WREN, "Proofs are here. Who still reads on paper?", now - 2 * 3600)
    yield writer.post(BOLA, f"Loved the talk, @{ADA.handle}. Come by the studio.", now - 6 * 3600, mentions=[ADA])
    for number, person in enumerate([BOLA, NOBODY, TOMO, MILL, INES]):
        for week in range(8):
            yield writer.post(person, writer.remark(), now - week * WEEK - number * 7000 - 12_000)
    for number in range(40):
        yield writer.post(BARGAIN, words.OFFERS[number % len(words.OFFERS)], now - number * 21_000 - 900)
    yield writer.post(RHEA, writer.remark(), now - 19 * WEEK)
