"""What came of first words: exact where it could be seen, and not told where it could not."""

from __future__ import annotations

from companion.domain.dates import DAY
from companion.practice.outreach import first_words, rate_of, thankers_answer
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


def test_who_thanks_by_software_is_measured_with_n() -> None:
    robot = [said("in", 70, automatic=True), *(said("out", 60 - 16 * n) for n in range(3))]
    human = [said("in", 70), said("out", 69)]
    count, rate = thankers_answer({"r": robot, "s": [*robot, said("in", 59)], "h": human}, NOW, 0)
    assert (count, rate.count, rate.of) == (2, 1, 6)
    assert thankers_answer({"h": human}, NOW, 0)[0] == 0
    few = thankers_answer({"r": robot}, NOW, 0)[1]
    assert (few.of, few.share) == (3, None)
