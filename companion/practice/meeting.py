"""Suggests to meet somebody in person: one person a month at most, close on X and not met yet (pure)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TypeVar

CLOSE = 60
"""The score from which a meeting is suggested: essay 4 asks to schedule face to face with those one really knows."""
Person = TypeVar("Person")


def month_of(day: date) -> str:
    """Return a day's month, such as "2026-11"."""
    return f"{day:%Y-%m}"


def to_meet(people: Sequence[tuple[str, int, Person]], met: Collection[str], today: date) -> Person | None:
    """Return whom to meet this month; the next month it is somebody else, if there is anybody.

    Args:
        people: (pid, score, person), in any order.
        met: pids whom the user met, and whom they want to be left alone about.
        today: the user's day.
    """
    close = sorted((-score, pid) for pid, score, _ in people if score >= CLOSE and pid not in met)
    if not close:
        return None
    chosen = close[(today.year * 12 + today.month) % len(close)][1]
    return next(person for pid, _, person in people if pid == chosen)
