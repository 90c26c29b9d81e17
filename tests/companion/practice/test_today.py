"""Whom to talk with today: order, reasons, and no nagging."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from companion.domain.dates import DAY, span
from companion.practice import today
from companion.practice.today import Unanswered
from companion.reciprocity.counters import Tally
from companion.reciprocity.sums import Sums
from companion.store.ledger.rows import BadgeRow
from tests.companion.store.ledger_help import NOW


def row(pid: str, last_in: int = NOW - DAY, weight: float = 1.0, days_in: int = 20) -> BadgeRow:
    sums = Sums(last_in // DAY * DAY, weight, 5 * weight, weight, 5 * weight, 0.0, 0.0)
    tally = Tally(days_in, days_in, 5, 0, 0, days_in, days_in, last_in, last_in - DAY, last_in - 140 * DAY, 1)
    return BadgeRow(pid, f"h{pid}", f"Name {pid}", None, None, None, sums, tally, 40, last_in, 1, 1)


def chosen(waiting: list[BadgeRow], said: dict[str, Unanswered], faded: list[BadgeRow], **more: object) -> list[str]:
    away = more.get("away", set())
    wanted = more.get("wanted", today.GOAL)
    assert isinstance(away, set)
    assert isinstance(wanted, int)
    lost = today.losing_touch(faded, NOW, 10)
    critics = more.get("critics", set())
    assert isinstance(critics, set)
    groups = (today.answers(waiting, said, critics, NOW), today.silences(lost, NOW))
    return [one.row.pid for one in today.choose(groups, away, wanted)]


def test_a_question_comes_before_a_remark_and_a_silent_friend_has_a_place() -> None:
    said = {"1": Unanswered("11", NOW - DAY, asks=False), "2": Unanswered("12", NOW - 9 * DAY, asks=True),
            "3": Unanswered("13", NOW - DAY, asks=False)}  # fmt: skip
    silent = row("9", NOW - 200 * DAY, weight=3)
    assert chosen([row("1"), row("2"), row("3")], said, [silent]) == ["2", "1", "9"]


def test_a_fair_critic_who_waits_comes_with_the_questions_and_the_reason_says_so() -> None:
    said = {"1": Unanswered("11", NOW - DAY, asks=False), "2": Unanswered("12", NOW - DAY, asks=False)}
    assert chosen([row("1", weight=2), row("2")], said, [], critics={"2"}) == ["2", "1"]
    found = today.answers([row("2")], said, {"2"}, NOW)
    assert [one.why for one in found] == ["Wrote to you yesterday. Not answered yet. A fair critic."]


def test_every_reason_has_its_turn_and_nobody_is_named_for_two() -> None:
    groups = [[today.suggest_archived(row(pid)) for pid in pids] for pids in (("1", "2"), ("1", "3"), (), ("4",))]
    assert [one.row.pid for one in today.choose(groups, set(), 3)] == ["1", "2", "4"]
    assert [one.row.pid for one in today.choose(groups, {"4"}, 3)] == ["1", "2", "3"]
    assert [one.row.pid for one in today.choose(groups, set(), 1)] == ["1"]


@pytest.mark.parametrize(
    ("days", "named"),
    [(0, False), (6, False), (7, True), (13, True), (14, False), (29, False), (30, True), (36, True), (37, False)],
)
def test_somebody_relevant_is_named_after_a_week_and_a_month_and_then_no_more(days: int, named: bool) -> None:
    assert today.nudged(NOW - days * DAY, NOW) is named


def test_an_archive_tells_the_years_and_that_answers_were_not_visible() -> None:
    tally = Tally(0, 131, 0, 0, 0, 0, 300, None, NOW - 900 * DAY, NOW - 2000 * DAY, None)
    why = today.suggest_archived(structs.replace(row("8"), tally=tally)).why
    assert why.startswith("You wrote to them on 131 days from 20")
    assert why.endswith("Whether they answered is not in an archive.")


def test_with_nobody_silent_all_places_are_for_answers_and_the_other_way_round() -> None:
    said = {str(n): Unanswered(None, NOW - DAY, asks=False) for n in range(5)}
    assert len(chosen([row(str(n)) for n in range(5)], said, [])) == 3
    assert len(chosen([], {}, [row(str(n), NOW - 200 * DAY, weight=3) for n in range(5)])) == 3


def test_who_was_put_off_and_what_came_just_now_is_left_alone() -> None:
    said = {"1": Unanswered(None, NOW - 60, asks=True), "2": Unanswered(None, NOW - DAY, asks=True)}
    assert chosen([row("1"), row("2")], said, [row("9", NOW - 200 * DAY, weight=3)], away={"2", "9"}) == []


def test_only_who_was_at_least_warm_is_missed() -> None:
    assert today.losing_touch([row("1", NOW - 200 * DAY, weight=0.05)], NOW, 5) == []
    assert [one.row.pid for one in today.losing_touch([row("2", NOW - 200 * DAY, weight=3)], NOW, 5)] == ["2"]


def test_the_reasons_are_sentences_with_the_post_to_answer() -> None:
    answer = today.suggest_answer(row("1"), Unanswered("77", NOW - 14 * DAY, asks=True), NOW)
    assert (answer.why, answer.post) == ("Asked you something 2 weeks ago. Not answered yet.", "77")
    contact = today.suggest_contact(today.faded_of(row("9", NOW - 210 * DAY), NOW), NOW)
    assert contact.why == "You talked roughly every week. Silent for 7 months."


@pytest.mark.parametrize(
    ("every", "rhythm"),
    [(2, "nearly every day"), (3, "roughly every week"), (9, "roughly every week"), (10, "roughly every two weeks"),
     (20, "roughly every two weeks"), (21, "roughly every month"), (45, "roughly every month"), (46, "now and then")],
)  # fmt: skip
def test_the_rhythm_of_talks_is_told_in_words(every: int, rhythm: str) -> None:
    faded = replace(today.faded_of(row("9", NOW - 210 * DAY), NOW), usual_days=every)
    assert today.suggest_contact(faded, NOW).why.startswith(f"You talked {rhythm}.")


@pytest.mark.parametrize(("last_in", "last_out"), [(200, 300), (300, 200), (200, None), (None, 200)])
def test_the_silence_begins_with_the_latest_word_of_either_side(last_in: int | None, last_out: int | None) -> None:
    ago_in, ago_out = (None if days is None else NOW - days * DAY for days in (last_in, last_out))
    tally = Tally(20, 20, 5, 0, 0, 20, 20, ago_in, ago_out, NOW - 400 * DAY, 1)
    faded = today.faded_of(structs.replace(row("9"), tally=tally), NOW)
    assert faded.since == NOW - 200 * DAY
    assert "Silent for 6 months." in today.suggest_contact(faded, NOW).why


@pytest.mark.parametrize(
    ("days", "told"),
    [(0, "0 days"), (1, "1 day"), (13, "13 days"), (14, "2 weeks"), (59, "8 weeks"), (60, "2 months"),
     (729, "24 months"), (730, "2 years")],
)  # fmt: skip
def test_spans_are_told_in_the_unit_that_says_enough(days: int, told: str) -> None:
    assert span(days * DAY) == told


@given(st.lists(st.integers(0, 30), unique=True), st.lists(st.integers(31, 60), unique=True), st.integers(0, 3))
def test_never_more_than_wanted_and_nobody_twice(asks: list[int], silent: list[int], wanted: int) -> None:
    said = {str(n): Unanswered(None, NOW - DAY, asks=n % 2 == 0) for n in asks}
    found = chosen([row(str(n)) for n in asks], said, [row(str(n), NOW - 200 * DAY, 3) for n in silent], wanted=wanted)
    assert len(found) == len(set(found)) == min(wanted, len(asks) + len(silent))
