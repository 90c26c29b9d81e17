"""The dashboard's words for numbers and times: shares keep what is small, and a table's short times know their unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.dates import DAY
from companion.web import wording
from tests.companion.web.town import NOW


@pytest.mark.parametrize(
    ("count", "of", "told"),
    [(0, 0, "–"), (0, 9, "0%"), (1, 1000, "0.1%"), (41, 1000, "4.1%"), (10, 100, "10%"), (18, 100, "18%"),
     (2, 3, "67%"), (5, 5, "100%")],
)  # fmt: skip
def test_a_small_share_has_one_decimal_and_a_share_of_nothing_is_none(count: int, of: int, told: str) -> None:
    assert wording.share(count, of) == told


@given(st.integers(1, 5_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_a_share_is_told_to_within_half_of_its_last_digit(given_: tuple[int, int]) -> None:
    count, of = given_
    told = float(wording.share(count, of).removesuffix("%"))
    percent = 100 * count / of
    assert told == pytest.approx(percent, abs=0.0500001 if percent < 10 else 0.5000001)


@pytest.mark.parametrize(
    ("days", "short", "spoken"),
    [(0, "today", "today"), (1, "1 d", "yesterday"), (13, "13 d", "13 days ago"), (14, "2 wk", "2 weeks ago"),
     (59, "8 wk", "8 weeks ago"), (60, "2 mo", "2 months ago"), (729, "24 mo", "24 months ago"),
     (730, "2 y", "2 years ago")],
)  # fmt: skip
def test_how_long_ago_is_short_in_a_table_and_whole_for_the_ear(days: int, short: str, spoken: str) -> None:
    at = NOW - days * DAY
    assert (wording.since(at, NOW), wording.since_spoken(at, NOW)) == (short, spoken)


def test_what_never_happened_and_what_a_wrong_clock_puts_ahead_have_words_too() -> None:
    assert (wording.since(None, NOW), wording.since_spoken(None, NOW)) == ("–", "never")
    assert wording.since(NOW + 3 * DAY, NOW) == "today"
