"""Whom to meet in person: somebody close and unmet, another one each month."""

from __future__ import annotations

from datetime import date

from companion.practice.meeting import CLOSE, month_of, to_meet

PEOPLE = [("1", 80, "Ines"), ("2", 59, "Wren"), ("3", CLOSE, "Rhea")]
NOVEMBER, DECEMBER = date(2026, 11, 28), date(2026, 12, 1)


def test_one_person_a_month_is_suggested_and_the_same_all_month() -> None:
    assert {to_meet(PEOPLE, (), NOVEMBER.replace(day=day)) for day in range(1, 31)} == {to_meet(PEOPLE, (), NOVEMBER)}
    assert {to_meet(PEOPLE, (), NOVEMBER), to_meet(PEOPLE, (), DECEMBER)} == {"Ines", "Rhea"}


def test_who_was_met_or_is_not_close_is_never_suggested() -> None:
    assert to_meet(PEOPLE, {"1"}, NOVEMBER) == to_meet(PEOPLE, {"1"}, DECEMBER) == "Rhea"
    assert to_meet(PEOPLE, {"1", "3"}, NOVEMBER) is None
    assert to_meet([], (), NOVEMBER) is None
    assert month_of(DECEMBER) == "2026-12"
