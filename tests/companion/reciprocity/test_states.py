"""States stand before numbers, and every number comes with its reasons."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.dates import DAY
from companion.domain.sightings import Interaction
from companion.reciprocity.counters import Tally, recount, trend
from companion.reciprocity.judgement import glance, judge
from companion.reciprocity.states import STATES, Judgement
from companion.reciprocity.sums import Sums
from tests.companion.reciprocity.test_sums import histories

TODAY = 20_000
NOW = TODAY * DAY + 7_200
WEEKLY = range(3, 182, 7)


def judged(
    theirs: Iterable[int] = (), mine: Iterable[int] = (), *, kind: str = "reply", since: int | None = 0
) -> Judgement:
    """Judge a history given as days ago, each side."""
    days = [("in", ago) for ago in theirs] + [("out", ago) for ago in mine]
    acts = [Interaction(way, kind, (TODAY - ago) * DAY + 3_600, f"{way}{ago}") for way, ago in days]
    return judge(*recount(acts, NOW, since), NOW)


@pytest.mark.parametrize(
    ("theirs", "mine", "state"),
    [
        (range(60), range(60), "close"),
        (WEEKLY, WEEKLY, "close"),
        (range(15, 365, 30), range(15, 365, 30), "warm"),
        (range(45, 1_095, 91), range(45, 1_095, 91), "light"),
        ([30], WEEKLY, "faint"),
        (range(365, 547, 7), range(365, 547, 7), "dormant"),
        ([0, *range(365, 547, 7)], [0, *range(365, 547, 7)], "back"),
        ([20, *range(365, 547, 7)], range(365, 547, 7), "back"),
        ([0, 3, *range(365, 547, 7)], range(365, 547, 7), "warm"),
        ([0, 150], [0, 3, 150], "back"),
        ([0, 95, *range(185, 900, 91)], range(0, 900, 91), "warm"),
        ((), WEEKLY, "one_way_you"),
        (WEEKLY, (), "one_way_them"),
        ([1, 3, 5], [2, 3, 5], "new"),
        ([1], [1], "unknown"),
        ((), (), "unknown"),
    ],
)
def test_a_history_reads_as_people_would_call_it(theirs: Iterable[int], mine: Iterable[int], state: str) -> None:
    assert judged(theirs, mine).state == state


@pytest.mark.parametrize(("theirs", "mine"), [((), ()), ([1], [1]), ((), WEEKLY), (WEEKLY, ())])
def test_where_the_state_says_it_there_is_no_number(theirs: Iterable[int], mine: Iterable[int]) -> None:
    found = judged(theirs, mine)
    assert found.value is None
    assert found.band is None


@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=30),
    st.integers(1, 420),
    st.integers(1, 40),
    st.integers(0, 119),
    st.integers(1, 12),
)
def test_only_a_silence_as_long_as_a_dormant_one_makes_a_return(
    gaps: list[int], silence: int, messages: int, since: int, later: int
) -> None:
    days = [since, *accumulate(gaps, initial=since + silence)]
    acts = [Interaction("in", "reply", (TODAY - ago) * DAY + 3_600, f"i{ago}") for ago in days]
    acts += [Interaction("in", "reply", (TODAY - since) * DAY + 60 * n, f"m{n}") for n in range(messages - 1)]
    acts += [Interaction("out", "reply", (TODAY - ago) * DAY, f"o{ago}") for ago in (0, later)]
    back = judge(*recount(acts, NOW, 0), NOW).state == "back"
    usual = sum(gaps) / len(gaps)
    if silence <= max(90, 2 * usual):
        assert not back
    if silence > max(150, 4 * usual + 30) and silence < 280:
        assert back


def test_who_is_back_has_no_number_yet_and_the_sentence_says_so() -> None:
    found = judged([0, *range(365, 547, 7)], [0, *range(365, 547, 7)])
    assert (found.value, found.band) == (None, None)
    assert found.sentence == "They are back after a long silence: they wrote today."


def test_an_archive_alone_is_unknown_and_never_one_way() -> None:
    found = judged((), WEEKLY, since=None)
    assert found.state == "unknown"
    assert found.explanation.code == "score_unseen"


def test_messages_from_before_their_answers_could_be_seen_are_not_held_against_them() -> None:
    assert judged((), range(100, 200, 7), since=(TODAY - 20) * DAY).state == "unknown"


def test_a_dormant_relation_remembers_what_it_was() -> None:
    awake, asleep = judged(WEEKLY, WEEKLY), judged(range(365, 547, 7), range(365, 547, 7))
    assert asleep.value is None
    assert awake.value is not None
    assert asleep.was is not None
    assert abs(asleep.was - awake.value) <= 4


def test_a_slow_rhythm_is_not_called_dormant_too_soon() -> None:
    assert judged(range(150, 1_100, 91), range(150, 1_100, 91)).state != "dormant"


def test_likes_alone_are_faint_and_say_so() -> None:
    found = judged(range(0, 182, 2), range(0, 182, 2), kind="like")
    assert found.state == "faint"
    assert found.explanation.code == "score_lights_only"


def test_confidence_grows_with_the_days_answered() -> None:
    hollow, half, full = (judged(range(days), range(days)).confidence for days in (0, 5, 45))
    assert hollow == 0.0
    assert half == 0.5
    assert full == 0.9


def test_the_reasons_are_counted_facts_and_say_what_would_change_it() -> None:
    found = judged(WEEKLY, range(3, 182, 30))
    facts = {reason.code: reason.params for reason in found.reasons}
    assert found.balance == (6, 26)
    assert facts["days_they_wrote"] == {"days": 26, "messages": 26}
    assert facts["last_from_them"] == {"at": (TODAY - 3) * DAY + 3_600}
    assert found.value is not None
    assert int(facts["if_they_write_today"]["score"]) > found.value
    assert int(facts["if_silent_for_days"]["score"]) < found.value


def test_the_sentence_counts_in_words_that_fit_the_number() -> None:
    assert "to you on 1 day and you on 26 days" in judged([30], WEEKLY).sentence
    assert "last time today" in judged(range(6), range(6)).sentence
    assert "last time yesterday" in judged(range(1, 6), range(6)).sentence


@given(histories(), st.sampled_from([None, 0]))
def test_every_history_has_a_state_and_a_sentence(acts: list[Interaction], since: int | None) -> None:
    found = judge(*recount(acts, NOW, since), NOW)
    assert found.state in STATES
    assert found.sentence.endswith(".")
    assert "{" not in found.sentence
    assert 0.0 <= found.confidence <= 1.0
    assert found.value is None or 0 <= found.value <= 100


def glance_and_judgement(acts: list[Interaction], since: int | None) -> tuple[object, object]:
    sums, tally = recount(acts, NOW, since)
    seen, full = glance(sums, tally, NOW), judge(sums, tally, NOW)
    return (seen.state, seen.value, seen.band, seen.balance), (full.state, full.value, full.band, full.balance)


@given(histories(), st.none() | st.just(0))
def test_a_mark_shows_the_state_and_number_of_the_card(acts: list[Interaction], since: int | None) -> None:
    mark, card = glance_and_judgement(acts, since)
    assert mark == card


@pytest.mark.parametrize(("theirs", "mine"), [(WEEKLY, WEEKLY), ([], []), ([], WEEKLY), (WEEKLY, []), ([400], [401])])
def test_a_mark_has_no_number_where_the_card_has_none(theirs: Iterable[int], mine: Iterable[int]) -> None:
    days = [("in", ago) for ago in theirs] + [("out", ago) for ago in mine]
    acts = [Interaction(way, "reply", (TODAY - ago) * DAY + 3_600, f"{way}{ago}") for way, ago in days]
    mark, card = glance_and_judgement(acts, 0)
    assert mark == card


def test_nothing_known_is_unknown() -> None:
    assert judge(Sums(), Tally(), NOW).state == "unknown"


def test_the_trend_has_26_weeks_oldest_first_and_counts_days_once() -> None:
    weeks = trend([TODAY, TODAY, TODAY - 6, TODAY - 7], [TODAY - 181, TODAY - 182], TODAY)
    assert len(weeks) == 26
    assert weeks[25] == (2, 0)
    assert weeks[24] == (1, 0)
    assert weeks[0] == (0, 1)
