"""The year of a day, as the query of years works it out."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from companion.domain.dates import DAY, year_of
from companion.store.ledger.queries.years import YEAR

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
