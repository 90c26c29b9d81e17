"""The history by day and month."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from companion.web.history import HistoryRow
from companion.web.history_days import months_of

TODAY = date(2026, 11, 28)
ROWS = st.builds(
    lambda ago, side, light: HistoryRow(TODAY - timedelta(ago), -ago, "They replied", side, light=light),
    st.integers(0, 400), st.sampled_from(["they", "you", "both", "own"]), st.booleans(),
)  # fmt: skip


def row(day: date, side: str = "they", at: int = 0, *, light: bool = False) -> HistoryRow:
    return HistoryRow(day, at, "They replied", side, light=light)


def test_a_month_counts_the_days_of_each_side_and_a_touch_is_of_both() -> None:
    day = date(2026, 10, 23)
    rows = [row(day), row(day, "you"), row(date(2026, 10, 2), "both"), row(date(2026, 10, 1), "own")]
    (month,) = months_of(rows, TODAY)
    assert (month.first, len(month.days), month.they, month.you) == (date(2026, 10, 1), 3, 2, 2)


def test_several_likes_of_a_day_are_one_line_and_a_single_one_is_told() -> None:
    many = [row(TODAY, light=True), row(TODAY, "you", light=True), row(TODAY)]
    (month,) = months_of(many, TODAY)
    assert (len(month.days[0].rows), len(month.days[0].light)) == (1, 2)
    (month,) = months_of(many[:1], TODAY)
    assert (len(month.days[0].rows), len(month.days[0].light)) == (1, 0)


def test_a_month_that_ended_sixty_days_ago_is_closed_unless_it_is_the_first_or_asked_for() -> None:
    rows = [row(TODAY), row(date(2026, 9, 29)), row(date(2026, 8, 31))]
    assert [one.is_open for one in months_of(rows, TODAY)] == [True, True, False]
    assert [one.is_open for one in months_of(rows[2:], TODAY)] == [True]
    assert [one.is_open for one in months_of(rows, TODAY, all_open=True)] == [True, True, True]


@given(st.lists(ROWS, max_size=40))
def test_every_row_stands_once_and_days_and_months_run_backwards(rows: list[HistoryRow]) -> None:
    months = months_of(rows, TODAY)
    days = [one for month in months for one in month.days]
    assert sorted((one.day, one.at) for day in days for one in (*day.rows, *day.light)) == sorted(
        (one.day, one.at) for one in rows
    )
    assert [one.day for one in days] == sorted({one.day for one in rows}, reverse=True)
    assert len({one.first for one in months}) == len(months)
