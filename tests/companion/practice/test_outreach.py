"""What came of first words and questions: exact where it could be seen, and not told where it could not."""

from __future__ import annotations

import pytest

from companion.domain.dates import DAY
from companion.practice.outreach import first_words, open_questions, rate_of, thankers_answer, to_meet
from companion.store.ledger.queries.own_practice import WordedRow

NOW = 1_790_000_000


def said(way: str, days_ago: float, text: str | None = None, *, automatic: bool = False) -> WordedRow:
    at = int(NOW - days_ago * DAY)
    return WordedRow(way, "reply", f"{way}{at}", at, automatic, None, text)


def test_first_words_are_those_that_answer_nothing_and_have_an_outcome() -> None:
    acts = {
        "a": [said("out", 60), said("in", 59), said("out", 58)],
        "b": [said("out", 40)],
        "c": [said("out", 2)],
        "d": [said("in", 5), said("out", 4)],
    }
    told = [(one.pid, one.outcome) for one in first_words(acts, NOW, 0)]
    assert told == [("c", "waiting"), ("b", "no answer"), ("a", "answered")]
    rate = rate_of(first_words(acts, NOW, 0))
    assert (rate.count, rate.of, rate.share) == (1, 2, None)


def test_what_could_not_be_seen_is_no_silence() -> None:
    acts = {"a": [said("out", 60)], "b": [said("out", 60), said("in", 59)]}
    assert {one.outcome for one in first_words(acts, NOW, None)} == {"not visible", "answered"}
    assert {one.outcome for one in first_words(acts, NOW, NOW - 30 * DAY)} == {"not visible", "answered"}


@pytest.mark.parametrize(
    ("acts", "open_"),
    [
        ([said("out", 4, "Which one?")], [False]),
        ([said("out", 2, "Which one?")], []),
        ([said("out", 50, "Which one?")], []),
        ([said("out", 4, "That one.")], []),
        ([said("out", 4, "Which one?"), said("in", 3, "The ferry one")], [True]),
        ([said("out", 4, "Which one?"), said("in", 3, "The ferry one"), said("out", 2, "Thank you for that")], []),
    ],
)
def test_a_question_is_open_until_something_happens(acts: list[WordedRow], open_: list[bool]) -> None:
    assert [one.answered for one in open_questions({"a": acts}, NOW)] == open_


def test_who_thanks_by_software_is_measured_with_n() -> None:
    robot = [said("in", 70, automatic=True), *(said("out", 60 - 16 * n) for n in range(3))]
    human = [said("in", 70), said("out", 69)]
    count, rate = thankers_answer({"r": robot, "s": [*robot, said("in", 59)], "h": human}, NOW, 0)
    assert (count, rate.count, rate.of) == (2, 1, 6)
    assert thankers_answer({"h": human}, NOW, 0)[0] == 0
    few = thankers_answer({"r": robot}, NOW, 0)[1]
    assert (few.of, few.share) == (3, None)


def test_one_person_a_month_is_named_to_meet_and_never_one_who_was_met() -> None:
    high = [f"p{n}" for n in range(30)]
    first = to_meet(high, [], "2026-11")
    assert first == to_meet([*reversed(high)], [], "2026-11")
    assert first == to_meet([one for one in high if one != "p0" or first == "p0"], [], "2026-11")
    assert len({to_meet(high, [], f"2026-{month:02}") for month in range(1, 13)}) > 6
    assert to_meet(["a"], ["a"], "2026-11") is None
