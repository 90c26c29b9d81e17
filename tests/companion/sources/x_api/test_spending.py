"""The user's money: off until a cap is set, counted before and after, each post once a day, never above the cap."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.dates import DAY
from companion.errors import SettingError
from companion.sources.x_api.prices import FILE, MICRO, dollars, micro, read_prices
from companion.sources.x_api.spending import CAP_FILE, SPENT_FILE, Spending, SpendingError

NOW = 1_790_000_000


def test_it_is_off_until_a_cap_is_set(tmp_path: Path) -> None:
    with pytest.raises(SpendingError, match="mutuals x-api cap"):
        Spending(tmp_path).reserve(1, 0, NOW)


def test_published_prices_hold_until_the_user_writes_others(tmp_path: Path) -> None:
    assert read_prices(tmp_path).of(1, 1) == 5_000 + 10_000
    (tmp_path / FILE).write_text('{"post_read": "0.001", "user_read": 0.002}')
    assert read_prices(tmp_path).of(1, 1) == 3_000


@pytest.mark.parametrize("table", ["", "[]", '{"post_read": "0.005"}', '{"post_read": "-1", "user_read": "1"}'])
def test_a_price_table_that_cannot_be_read_stops_spending(tmp_path: Path, table: str) -> None:
    (tmp_path / FILE).write_text(table)
    with pytest.raises(SettingError, match="price table"):
        read_prices(tmp_path)


def test_a_post_read_twice_in_a_day_is_charged_once_and_again_the_next_day(tmp_path: Path) -> None:
    spending = Spending(tmp_path)
    spending.set_cap(MICRO)
    assert spending.settle(spending.reserve(2, 0, NOW), ["1", "2"], []) == 10_000
    assert spending.settle(spending.reserve(2, 0, NOW), ["2", "3"], ["9"]) == 15_000
    assert spending.settle(spending.reserve(2, 0, NOW + DAY), ["2", "3"], []) == 10_000
    assert spending.today(NOW + DAY).cost == 10_000


def test_the_most_it_can_cost_counts_until_the_answer_is_there(tmp_path: Path) -> None:
    spending = Spending(tmp_path)
    spending.set_cap(micro("0.10"))
    reserved = spending.reserve(20, 0, NOW)
    with pytest.raises(SpendingError, match=r"\$0\.10 of today's cap"):
        Spending(tmp_path).reserve(1, 0, NOW)  # another process, or this one after a kill
    spending.release(reserved)
    assert Spending(tmp_path).today(NOW).total == 0


def test_a_request_over_midnight_disturbs_nothing(tmp_path: Path) -> None:
    spending = Spending(tmp_path)
    spending.set_cap(MICRO)
    late = spending.reserve(5, 0, NOW)
    early = spending.reserve(5, 0, NOW + DAY)
    spending.settle(late, ["1"], [])
    spending.settle(early, ["1"], [])
    assert spending.today(NOW + DAY).cost == 5_000
    assert spending.today(NOW + DAY).aside == 0


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b'"x"'])
def test_damaged_counts_stop_spending_instead_of_starting_from_nothing(tmp_path: Path, damage: bytes) -> None:
    spending = Spending(tmp_path)
    spending.set_cap(MICRO)
    (tmp_path / SPENT_FILE).write_bytes(damage)
    with pytest.raises(SpendingError):
        spending.reserve(1, 0, NOW)
    (tmp_path / CAP_FILE).write_bytes(damage)
    assert spending.cap() == 0


@given(
    cap=st.integers(0, 300_000),
    reads=st.lists(st.tuples(st.integers(1, 30), st.integers(0, 3), st.lists(st.integers(1, 40), max_size=30))),
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_read_the_cap_holds(
    tmp_path_factory: pytest.TempPathFactory, cap: int, reads: list[tuple[int, int, list[int]]]
) -> None:
    spending = Spending(tmp_path_factory.mktemp("spending"))
    spending.set_cap(cap)
    for posts, users, ids in reads:
        try:
            reserved = spending.reserve(posts, users, NOW)
        except SpendingError:
            continue
        spending.settle(reserved, [str(number) for number in ids[:posts]], [])
        assert spending.today(NOW).total <= cap
        assert spending.today(NOW).aside == 0
    assert spending.today(NOW).cost == len(spending.today(NOW).posts) * 5_000


@given(st.integers(0, 10_000 * MICRO))
def test_money_is_written_as_it_is_read(amount: int) -> None:
    assert micro(dollars(amount)) == amount


@pytest.mark.parametrize("words", ["", "-1", "1e9", "nan", "inf", "much", "1,50"])
def test_what_is_no_amount_is_refused_in_words(words: str) -> None:
    with pytest.raises(SettingError, match="not an amount"):
        micro(words)
