"""The query of years: the year of a day, and the people who can be among the best, found without reading all."""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.dates import DAY, year_of
from companion.domain.sightings import Interaction
from companion.store.ledger.ledger import Ledger
from companion.store.ledger.queries import years as query
from companion.store.ledger.queries.years import YEAR
from companion.web import years as drawing
from companion.web.years import years_of
from tests.companion.store.ledger.histories import ACTS, History, recorded
from tests.companion.store.ledger_help import ADA, NOW, page

LAST = int(datetime(2099, 12, 31, tzinfo=UTC).timestamp()) // DAY


def worked_out(day: int) -> int:
    connection = sqlite3.connect(":memory:")
    try:
        return int(connection.execute(f"select {YEAR} from (select ? as day)", (day,)).fetchone()[0])
    finally:
        connection.close()


@given(st.integers(0, LAST))
def test_every_day_until_2099_has_its_year(day: int) -> None:
    assert worked_out(day) == year_of(day)


def test_first_and_last_days_of_years_have_theirs() -> None:
    edges = [int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) // DAY for year in range(1971, 2100)]
    assert [(worked_out(day - 1), worked_out(day)) for day in edges] == [(year - 1, year) for year in range(1971, 2100)]


def every_year(ledger: Ledger) -> list[tuple[str, int, int]]:
    """Return the days of everybody, counted one by one."""
    rows = ledger.connections.reading().execute("select pid, day from contact_day where direction = 'out' and talk > 0")
    return [(pid, year, days) for (pid, year), days in Counter((pid, year_of(day)) for pid, day in rows).items()]


@given(ACTS, st.integers(1, 8), st.integers(1, 3), st.integers(1, 3))
@settings(max_examples=120, deadline=None)
def test_who_is_read_is_all_that_the_drawing_needs(acts: History, first: int, best: int, longest: int) -> None:
    with recorded(acts) as ledger, pytest.MonkeyPatch.context() as patch:
        patch.setattr(query, "FIRST", first)
        patch.setattr(drawing, "BEST", best)
        patch.setattr(drawing, "LASTING_YEARS", 3)
        patch.setattr(drawing, "LONGEST", longest)
        found = query.days_by_year(ledger, ADA, best, 3, longest)
        every = every_year(ledger)
        assert years_of(found.days, found.people) == years_of(every)
        assert set(found.days) <= set(every)
        whole = {pid for pid, *_ in found.days}
        assert {row for row in every if row[0] in whole} == set(found.days)


def test_few_people_of_many_are_read(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "ledger.db")
    ledger.owner_for(ADA, "adaquill", NOW)
    acts = [
        Interaction("out", "reply", NOW - day * DAY, f"{who}:{day}", id=str(2_000_001 + who))
        for who in range(300)
        for day in range(1 + (300 - who) // 6)
    ]
    ledger.record(ADA, page(acts=acts), NOW)
    found = query.days_by_year(ledger, ADA, 5, 5, 3)
    assert found.people == 300
    assert len({pid for pid, *_ in found.days}) == query.FIRST
    ledger.close()
