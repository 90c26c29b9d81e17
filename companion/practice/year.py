"""What came of knowing people in one year: outcomes with their day, person and worth, and who helped whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from companion.domain.give_take import among
from companion.domain.outcomes import OUTCOMES
from companion.store.documents import Document
from companion.store.notebook.read import Written


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome.

    Attributes:
        day: such as "2026-03-09".
        pid: the person it came from.
        what: its kind.
        words: the user's words.
        worth: in the user's words.
    """

    day: str
    pid: str
    what: str
    words: str
    worth: str


@dataclass(frozen=True, slots=True)
class Year:
    """A year.

    Attributes:
        year: its number.
        outcomes: by day.
        kinds: (words of a kind, how many), the eleven kinds in their order, those that did not come included.
        people: how many different people they came from.
        help: who helped whom, counted as people; empty if nobody did.
    """

    year: int
    outcomes: list[Outcome]
    kinds: list[tuple[str, int]]
    people: int
    help: str


def year_of(year: int, outcomes: Iterable[Written], favours: Iterable[Written]) -> Year:
    """Return one year of (person, document) of outcomes and favours."""
    came = sorted((_outcome(pid, one) for pid, one in outcomes if _in(one, year)), key=lambda one: (one.day, one.pid))
    helped = [(pid, str(one["way"])) for pid, one in favours if _in(one, year)]
    kinds = [(told, sum(one.what == what for one in came)) for what, told in OUTCOMES.items()]
    told = among({pid for pid, way in helped if way == "they"}, {pid for pid, way in helped if way == "you"})
    return Year(year, came, kinds, len({one.pid for one in came}), told)


def years_of(*written: Sequence[Written]) -> list[int]:
    """Return the years in which anything came or somebody helped, latest first."""
    return sorted({int(str(one["day"])[:4]) for listed in written for _, one in listed}, reverse=True)


def _in(document: Document, year: int) -> bool:
    return str(document["day"]).startswith(f"{year:04}-")


def _outcome(pid: str, document: Document) -> Outcome:
    words, worth = str(document.get("words") or ""), str(document.get("worth") or "")
    return Outcome(str(document["day"]), pid, str(document["what"]), words, worth)
