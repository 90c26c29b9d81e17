"""What is counted by days and weeks is counted by the user's days, wherever they live and whatever the clocks do."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.dates import local_day
from companion.domain.sightings import Interaction, Person, Understanding
from companion.machine_zone import machine_day
from companion.reciprocity.counters import recount, trend
from companion.reciprocity.judgement import judge
from companion.reciprocity.relationship import relationship_of
from companion.store.ledger.ledger import Ledger
from companion.store.ledger.queries.statistics import talk_days

ADA, WREN = "1000001", "2000001"
ZONES = ("Pacific/Auckland", "America/Los_Angeles")
DAY_OF_CHANGE = {"Pacific/Auckland": (2026, 9, 27), "America/Los_Angeles": (2026, 11, 1)}
"""The day on which the clocks change, which has 23 or 25 hours."""


@contextmanager
def living_in(name: str) -> Iterator[ZoneInfo]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", name)
        time.tzset()
        yield ZoneInfo(name)
    time.tzset()


def at(zone: ZoneInfo, day: tuple[int, int, int], hour: int) -> int:
    return int(datetime(*day, hour, tzinfo=zone).timestamp())


@given(st.integers(1_170_000_000, 2_140_000_000), st.sampled_from((*ZONES, "Australia/Lord_Howe", "UTC")))
def test_a_moment_has_the_number_of_its_date(moment: int, name: str) -> None:
    with living_in(name) as zone:
        assert machine_day(moment) == (local_day(moment, zone) - date(1970, 1, 1)).days


@pytest.mark.parametrize("name", ZONES)
def test_one_day_is_one_day_also_when_the_clocks_change(name: str, tmp_path: Path) -> None:
    day = DAY_OF_CHANGE[name]
    with living_in(name) as zone:
        times = [at(zone, day, 0), at(zone, day, 8), at(zone, day, 23)]
        acts = [Interaction("in", "reply", when, f"{when}", WREN) for when in times]
        ledger = Ledger.open(tmp_path / "ledger.db")
        ledger.owner_for(ADA, "adaquill", times[0] - 99)
        ledger.record(ADA, Understanding(people=[Person(WREN, "wren")], interactions=acts), times[-1])
        days = talk_days(ledger, ADA, [WREN], 0, machine_day)[WREN]
        ledger.close()
        assert days == [(machine_day(times[0]), "in")]


@pytest.mark.parametrize("name", ZONES)
def test_a_week_begins_and_ends_at_the_users_midnights(name: str) -> None:
    with living_in(name) as zone:
        now = at(zone, (2026, 11, 2), 18)
        inside, before = at(zone, (2026, 10, 27), 0), at(zone, (2026, 10, 26), 23)
        weeks = trend([machine_day(inside), machine_day(before)], [], machine_day(now))
        assert weeks[-2:] == [(1, 0), (1, 0)]


@pytest.mark.parametrize("name", ZONES)
def test_what_was_written_today_is_not_said_to_be_of_yesterday(name: str) -> None:
    with living_in(name) as zone:
        now, hour = at(zone, (2026, 11, 2), 20), 8
        acts = [Interaction(way, "reply", at(zone, (2026, 11, day), hour), f"{way}{day}", WREN)
                for day in (1, 2) for way in ("in", "out")]  # fmt: skip
        acts += [Interaction(way, "reply", at(zone, (2026, 9, 2), hour), f"{way}9", WREN) for way in ("in", "out")]
        judged = judge(*recount(acts, now, 0), now, day_of=machine_day)
        assert judged.explanation.params["ago"] == 0


@pytest.mark.parametrize("name", ZONES)
def test_talk_both_ways_within_a_day_is_one_week_of_both(name: str) -> None:
    with living_in(name) as zone:
        now = at(zone, (2026, 11, 2), 20)
        acts = [
            Interaction("in", "reply", at(zone, (2026, 10, 27), 1), "1", WREN),
            Interaction("out", "reply", at(zone, (2026, 11, 2), 19), "2", WREN),
        ]
        regular = relationship_of(
            [*acts, *(Interaction(way, "reply", when, f"{way}{when}", WREN) for way in ("in", "out")
                      for when in range(now - 5 * 28 * 86_400, now - 28 * 86_400 + 1, 28 * 86_400))],
            now, day_of=machine_day,
        )  # fmt: skip
        assert next(step.reached for step in regular.stages if step.name == "regular") is True
