"""The drawing of your years: at most five a year, as tall as their days, joined from year to year, none outside."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from companion.web.years import BAND_YEARS, BEST, LEAST, STEP, WIDTH, Piece, years_of

DAYS = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "3", "4", "5", "6", "7", "@old"]), st.integers(2007, 2026), st.integers(1, 366)
    ),
    unique_by=lambda each: each[:2],
    max_size=60,
)


def of(pieces: list[Piece], year: int) -> list[tuple[str, int]]:
    return [(piece.pid, piece.days) for piece in pieces if piece.year == year]


def test_nothing_written_draws_nothing() -> None:
    assert years_of([]).pieces == []


def test_the_best_five_of_a_year_stand_under_each_other_the_best_on_top() -> None:
    drawn = years_of([(str(pid), 2020, pid * 10) for pid in range(1, 8)])
    assert of(drawn.pieces, 2020) == [("7", 70), ("6", 60), ("5", 50), ("4", 40), ("3", 30)]
    tops = [piece.y for piece in drawn.pieces]
    assert tops == sorted(tops)
    assert drawn.people == 7


def test_a_person_is_joined_from_year_to_year_and_more_thinly_over_a_gap() -> None:
    drawn = years_of([("1", 2018, 50), ("1", 2019, 50), ("2", 2020, 9), ("1", 2021, 50)])
    assert [year for year, _ in drawn.years] == [2018, 2019, 2020, 2021]
    heights = [
        float(re.findall(r"[\d.]+", band.path)[9]) - float(re.findall(r"[\d.]+", band.path)[7]) for band in drawn.bands
    ]
    assert len(heights) == 2
    assert heights[1] < heights[0] / 2


def test_fewer_than_three_years_are_bars_without_bands() -> None:
    assert BAND_YEARS == 3
    assert years_of([("1", 2020, 5), ("1", 2021, 5)]).bands == []


def test_who_stayed_is_counted_and_the_longest_are_named() -> None:
    long = [("1", year, 2) for year in range(2010, 2016)]
    drawn = years_of([*long, ("2", 2010, 300), ("3", 2010, 1), ("3", 2020, 1), ("4", 2012, 4)])
    assert (drawn.people, drawn.lasting) == (4, 1)
    assert drawn.longest == [("1", 6, 12, 2010, 2015), ("3", 2, 2, 2010, 2020), ("2", 1, 300, 2010, 2010)]


@given(DAYS)
def test_every_piece_lies_in_its_column_and_over_no_other(days: list[tuple[str, int, int]]) -> None:
    drawn = years_of(days)
    assert drawn == years_of(list(reversed(days)))
    for year, x in drawn.years:
        column = [piece for piece in drawn.pieces if piece.year == year]
        assert len(column) == min(BEST, sum(of == year for _, of, _ in days))
        for above, below in pairwise(column):
            assert above.y + above.height < below.y
            assert above.days >= below.days
        assert all(piece.x == x and piece.height >= LEAST and piece.y >= 0 and piece.y + piece.height < 310
                   for piece in column)  # fmt: skip
    assert drawn.width == (len(drawn.years) - 1) * STEP + WIDTH if days else drawn.width == 0
