"""Counts of contact per person, the trend of 26 weeks, and a recount of everything from the raw interactions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol, TypeVar

import msgspec

from companion.domain.dates import DAY, year_of
from companion.domain.kinds import LIGHT_KINDS, NO_WEIGHT_KINDS
from companion.reciprocity.sums import Sums, weight_of

WEEKS = 26


class Counters(msgspec.Struct):
    """Running counts that the ledger keeps per person (times in epoch seconds UTC; days are distinct UTC days).

    Talk is every kind but likes, reposts and follows; automatic interactions are never counted.
    """

    days_in: int = 0
    """Days on which they wrote."""
    days_out: int = 0
    two_way_days: int = 0
    """Days on which both wrote."""
    light_days_in: int = 0
    light_days_out: int = 0
    n_in: int = 0
    n_out: int = 0
    """Single talk interactions each way."""
    last_in: int | None = None
    last_out: int | None = None
    """Latest talk each way."""
    first_seen_contact: int | None = None
    """Earliest interaction of any weight."""

    def row(self) -> tuple[int | None, ...]:
        """Return the counts in the order of ``Counters.__struct_fields__``."""
        return (
            self.days_in, self.days_out, self.two_way_days, self.light_days_in, self.light_days_out,
            self.n_in, self.n_out, self.last_in, self.last_out, self.first_seen_contact,
        )  # fmt: skip


class Tally(Counters, frozen=True, gc=False, array_like=True):  # type: ignore[misc]  # msgspec's may, a dataclass may not
    """A person's counts, immutable, with the time since which the viewer's inbound contact was visible."""

    inbound_seen_since: int | None = None
    """Since when what they send could have been seen (page or notifications); ``None`` if never (archive only)."""


TALLY_FIELDS = Tally.__struct_fields__


class Act(Protocol):
    """The fields of an interaction that the counts need; the ledger's rows and ``sightings.Interaction`` have them."""

    @property
    def direction(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def at(self) -> int: ...  # noqa: D102
    @property
    def ref(self) -> str: ...  # noqa: D102
    @property
    def automatic(self) -> bool: ...  # noqa: D102


AnyAct = TypeVar("AnyAct", bound=Act)


def counted(acts: Iterable[AnyAct], now: int) -> list[AnyAct]:
    """Return the acts that count, each once, earliest first: not automatic, not in the future, not undone."""
    distinct = {(act.direction, act.kind, act.ref): act for act in sorted(acts, key=lambda act: -act.at)}
    counts = [act for act in distinct.values() if not (act.automatic or act.at > now or getattr(act, "removed", False))]
    return sorted(counts, key=lambda act: (act.at, act.direction, act.kind, act.ref))


def recount(acts: Iterable[Act], now: int, inbound_seen_since: int | None = None) -> tuple[Sums, Tally]:
    """Return one person's sums and tally from the raw interactions; they equal the incremental ones to 1e-9."""
    live = counted(acts, now)
    days: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    for act in live:
        if act.kind not in NO_WEIGHT_KINDS:
            days[act.at // DAY, act.direction][act.kind in LIGHT_KINDS] += 1
    sums = Sums()
    for (day, direction), (talk, light) in sorted(days.items()):
        sums = sums.added(day, direction, weight_of(talk, light))
    return sums, _tally(live, days, inbound_seen_since)


def _tally(live: list[Act], days: dict[tuple[int, str], list[int]], inbound_seen_since: int | None) -> Tally:
    talk_in = {day for (day, way), (talk, _) in days.items() if way == "in" and talk}
    talk_out = {day for (day, way), (talk, _) in days.items() if way == "out" and talk}
    talks = [act for act in live if act.kind not in LIGHT_KINDS | NO_WEIGHT_KINDS]
    inbound = [act.at for act in talks if act.direction == "in"]
    outbound = [act.at for act in talks if act.direction == "out"]
    return Tally(
        days_in=len(talk_in),
        days_out=len(talk_out),
        two_way_days=len(talk_in & talk_out),
        light_days_in=sum(1 for (_, way), (_, light) in days.items() if way == "in" and light),
        light_days_out=sum(1 for (_, way), (_, light) in days.items() if way == "out" and light),
        n_in=len(inbound),
        n_out=len(outbound),
        last_in=max(inbound, default=None),
        last_out=max(outbound, default=None),
        first_seen_contact=live[0].at if live else None,
        inbound_seen_since=inbound_seen_since,
    )


def by_year(days: Iterable[tuple[int, str]]) -> list[tuple[int, int, int]]:
    """Return (year, days they wrote, days you wrote) for each year with talk, latest first.

    ``days``: (Unix day number, direction), each once.
    """
    years: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for day, direction in days:
        years[year_of(day)][direction == "out"] += 1
    return [(year, they, you) for year, (they, you) in sorted(years.items(), reverse=True)]


def trend(days_in: Iterable[int], days_out: Iterable[int], today: int, weeks: int = WEEKS) -> list[tuple[int, int]]:
    """Return (days they wrote, days you wrote) for each of the last weeks, oldest first.

    Weeks are blocks of seven days that end today, so that the last one is never incomplete.

    Args:
        days_in: numbers of the user's days on which they wrote; repeats count once.
        days_out: the same for you.
        today: the number of the user's day.
        weeks: how many.
    """
    counts = [[0, 0] for _ in range(weeks)]
    for side, days in enumerate((days_in, days_out)):
        for day in set(days):
            back = (today - day) // 7
            if 0 <= back < weeks:
                counts[weeks - 1 - back][side] += 1
    return [(theirs, mine) for theirs, mine in counts]
