"""The week: different people a day in the user's zone, and the aims."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import BodyError
from companion.practice import week
from companion.store.notebook.notebook import Notebook

SATURDAY = date(2026, 11, 28)


def at(day: int, hour: int, minute: int = 0) -> int:
    return int(datetime(2026, 11, day, hour, minute, tzinfo=UTC).timestamp())


def test_three_words_to_one_person_are_one_person() -> None:
    found = week.week_of([("1", at(28, 9)), ("1", at(28, 8)), ("1", at(28, 7)), ("2", at(28, 6))], SATURDAY, UTC)
    assert found.today == ("1", "2")
    assert dict(found.days)[SATURDAY] == 2
    assert found.people == 2


def test_the_week_begins_on_monday_and_what_is_to_come_is_no_zero() -> None:
    found = week.week_of([("1", at(23, 9)), ("1", at(22, 9)), ("2", at(27, 9))], SATURDAY, UTC)
    assert [count for _, count in found.days] == [1, 0, 0, 0, 1, 0, None]
    assert found.people == 2, "the Sunday before is another week"


def test_the_day_is_the_users_and_not_utcs() -> None:
    late = at(28, 23, 30)
    assert week.week_of([("1", late)], SATURDAY, ZoneInfo("Europe/Berlin")).today == ()
    assert week.week_of([("1", late)], SATURDAY, ZoneInfo("America/New_York")).today == ("1",)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(at(16, 0), at(30, 23)))))
def test_a_weeks_people_are_at_least_each_days_and_at_most_their_sum(said: list[tuple[str, int]]) -> None:
    found = week.week_of(sorted(said, key=lambda one: -one[1]), SATURDAY, UTC)
    counts = [count for _, count in found.days if count is not None]
    assert max(counts) <= found.people <= sum(counts)


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    """An empty notebook."""
    with Notebook.open(tmp_path / "notebook.json") as opened:
        yield opened


def test_the_aims_are_three_and_six_until_others_are_chosen(notebook: Notebook) -> None:
    assert week.aims(notebook) == (3, 6)
    week.set_aims(notebook, 2, 10)
    assert week.aims(notebook) == (2, 10)


@pytest.mark.parametrize(("daily", "weekly"), [(1, 6), (4, 6), (3, 0), (3, 100), (0, 0)])
def test_other_aims_are_refused(notebook: Notebook, daily: int, weekly: int) -> None:
    with pytest.raises(BodyError):
        week.set_aims(notebook, daily, weekly)
    assert week.aims(notebook) == (3, 6)
