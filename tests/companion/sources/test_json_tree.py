"""Counts and yes-or-no answers in X's JSON: what is not one is unknown, and never zero or "no"."""

from __future__ import annotations

import pytest

from companion.sources.json_tree import MAX_COUNT, Json, count_at, flag_at


@pytest.mark.parametrize(
    ("value", "count"),
    [
        *((0, 0), (1, 1), ("12", 12), (MAX_COUNT, MAX_COUNT), (MAX_COUNT + 1, None), (-1, None)),
        *((True, None), (False, None), (None, None), (1.5, None), ("1.2K", None), ("", None), ("-3", None), ([], None)),
    ],
)
def test_a_count_is_a_whole_number_from_zero(value: Json, count: int | None) -> None:
    found = count_at({"legacy": {"followers": value}}, "legacy", "followers")
    assert (found, type(found)) == (count, type(count))


@pytest.mark.parametrize(
    ("value", "flag"), [(True, True), (False, False), (0, None), (1, None), ("true", None), (None, None)]
)
def test_a_flag_is_yes_or_no_or_unknown(value: Json, flag: bool | None) -> None:
    assert flag_at({"verified": value}, "verified") is flag


def test_what_is_missing_is_unknown() -> None:
    assert count_at({"legacy": {}}, "legacy", "followers") is None
    assert count_at([], "legacy", "followers") is None
    assert flag_at({}, "legacy", "verified") is None
