"""The user's own practice over everybody: exact shares, and nothing said of what could not be seen."""

from __future__ import annotations

from datetime import UTC, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.dates import DAY
from companion.reciprocity.mirror import Mirror, mirror_of, talks_of, weeks_of

NOW = 1_790_000_000  # a Monday
SINCE = NOW - 182 * DAY


class Said(NamedTuple):
    direction: str
    kind: str
    ref: str
    at: int
    automatic: bool = False
    text: str | None = None


def said(direction: str, days_ago: float, kind: str = "reply", text: str | None = None) -> Said:
    at = int(NOW - days_ago * DAY)
    return Said(direction, kind, f"{direction}{kind}{at}", at, text=text)


def mirror(acts: dict[str, list[Said]], visible: int | None = 0) -> Mirror:
    return mirror_of(acts, SINCE, NOW, visible, UTC)


TEN = {f"{n}": [said("in", 60, "mention"), *([said("out", 59)] if n < 4 else [])] for n in range(10)}


def test_four_of_ten_mentions_answered_are_forty_percent() -> None:
    answered = mirror(TEN).answered
    assert (answered.count, answered.of, answered.share) == (4, 10, 0.4)


def test_nothing_is_said_of_answers_before_the_others_side_could_be_seen() -> None:
    assert mirror(TEN, None).answered.of == 0
    assert mirror(TEN, None).waiting == []
    assert mirror(TEN, NOW - 30 * DAY).answered.of == 0


def test_who_wrote_lately_waits_and_is_not_counted_against_the_user() -> None:
    seen = mirror(
        {"a": [said("in", 3)], "b": [said("in", 9)], "c": [said("in", 5), said("out", 4)], "d": [said("in", 40)]}
    )
    assert [one.pid for one in seen.waiting] == ["b", "a"]
    assert (seen.answered.count, seen.answered.of) == (1, 2)
    assert seen.answered_at == NOW - 4 * DAY


def test_a_first_word_of_ones_own_is_no_answer() -> None:
    assert mirror({"a": [said("out", 4)]}).answered_at is None


def test_who_begins_is_counted_by_talks() -> None:
    seen = mirror(
        {"a": [said("out", 50), said("in", 49), said("in", 20)], "b": [said("in", 30), said("out", 30.0 - 0.1)]}
    )
    assert (seen.began.count, seen.began.of) == (1, 3)


def test_passive_and_active_are_split_exactly_by_week_of_the_users_zone() -> None:
    monday_in_tokyo = [said("out", 0.9, "like"), said("out", 0.9), said("out", 0.9, "follow"), said("in", 0.9)]
    tokyo = weeks_of([monday_in_tokyo], NOW - 7 * DAY, NOW, ZoneInfo("Asia/Tokyo"))
    there = weeks_of([monday_in_tokyo], NOW - 7 * DAY, NOW, ZoneInfo("America/Los_Angeles"))
    assert sum(active for _, active, _ in tokyo) == sum(active for _, active, _ in there) == 1
    assert sum(passive for _, _, passive in tokyo) == 2
    assert all(monday.weekday() == 0 for monday, _, _ in [*tokyo, *there])


def test_a_week_of_nothing_is_there_with_zeros() -> None:
    weeks = weeks_of([[]], NOW - 21 * DAY, NOW, UTC)
    assert len(weeks) == 4
    assert {(active, passive) for _, active, passive in weeks} == {(0, 0)}
    assert {later[0] - earlier[0] for earlier, later in pairwise(weeks)} == {timedelta(weeks=1)}


@pytest.mark.parametrize(("turns", "deep"), [(3, False), (4, True)])
def test_four_turns_are_deep(turns: int, deep: bool) -> None:
    acts = [said("in" if n % 2 else "out", 9 - n, text="Word") for n in range(turns)]
    (talk,) = talks_of("a", acts)
    assert (talk.turns, talk.deep) == (turns, deep)


@pytest.mark.parametrize(("letters", "deep"), [(399, False), (400, True)])
def test_four_hundred_letters_are_deep(letters: int, deep: bool) -> None:
    (talk,) = talks_of("a", [said("in", 2, text="w" * (letters - 4)), said("out", 1, text="Word")])
    assert (talk.characters, talk.deep) == (letters, deep)


def test_a_bare_emoji_or_thanks_is_no_turn() -> None:
    words = ["I liked the essay", "🙏", "Which part?", "thanks!"]
    acts = [said("in" if n % 2 else "out", 9 - n, text=text) for n, text in enumerate(words)]
    assert talks_of("a", acts) == []


def test_turns_whose_words_are_not_kept_count_and_say_so() -> None:
    (talk,) = talks_of("a", [said("in" if n % 2 else "out", 9 - n) for n in range(4)])
    assert (talk.turns, talk.characters, talk.unknown, talk.deep) == (4, 0, 4, True)


def test_a_long_pause_begins_another_talk_and_one_side_alone_is_none() -> None:
    acts = [said("in", 60), said("out", 59), said("in", 20), said("out", 19)]
    assert [talk.turns for talk in talks_of("a", acts)] == [2, 2]
    assert talks_of("a", [said("out", 20), said("out", 19)]) == []


ACTS = st.lists(
    st.builds(said, st.sampled_from(["in", "out"]), st.floats(0, 170), st.sampled_from(["reply", "like", "follow"])),
    max_size=30, unique_by=lambda one: one.ref,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from("abc"), ACTS))
def test_every_act_of_the_users_is_in_exactly_one_week(acts: dict[str, list[Said]]) -> None:
    weeks = mirror(acts).weeks
    assert sum(active + passive for _, active, passive in weeks) == sum(
        one.direction == "out" for listed in acts.values() for one in listed
    )
