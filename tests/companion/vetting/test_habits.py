"""A word on the card without vetting: only what plainly shows, with its counts, and nothing where little was seen."""

from __future__ import annotations

from collections.abc import Sequence

from companion.domain.dates import DAY
from companion.domain.sightings import Interaction, Post
from companion.vetting.habits import habits_of, is_software
from tests.companion.vetting.checks.test_posts import mixed
from tests.companion.vetting.people import NOW, facts, posts, somebody

THANKS = [f"Thanks for the follow @guest{n}! via @TweetJukebox" for n in range(16)]


def acts(automatic: int, by_hand: int) -> list[Interaction]:
    """Messages to the viewer."""
    return [
        Interaction("in", "mention", NOW - n * DAY, str(n), automatic=n < automatic) for n in range(automatic + by_hand)
    ]


def words(posts: Sequence[Post] = (), interactions: Sequence[Interaction] = ()) -> list[str]:
    """The habits' words."""
    return [habit.words for habit in habits_of(facts(posts=posts, interactions=interactions))]


def test_thanks_sent_by_software_are_told_with_their_count() -> None:
    seen = facts(posts=posts([*THANKS, *(f"A heron at bridge {'abcdefgh'[n] * 4}" for n in range(8))]))
    assert "thanks automatically (16 of 24)" in [habit.words for habit in habits_of(seen)]
    assert is_software(seen, habits_of(seen))


def test_a_shop_mostly_sells_and_may_still_answer() -> None:
    seen = facts(posts=[Post(str(n), "2000001", "wrenwrites", f"Mug {n}, buy now, 20% off") for n in range(14)])
    habits = [habit for habit in habits_of(seen) if habit.code == "mostly_sells"]
    assert [habit.words for habit in habits] == ["mostly sells (14 of 14)"]
    assert not is_software(seen, habits)


def test_messages_to_you_by_software_are_told_from_three_on_if_they_are_most() -> None:
    assert words(interactions=acts(3, 1)) == ["writes to you automatically (3 of 4)"]
    assert words(interactions=acts(3, 0)) == ["writes to you automatically (3 of 3)"]
    assert words(interactions=acts(2, 0)) == []
    assert words(interactions=acts(3, 3)) == []


def test_who_talks_or_was_hardly_seen_has_no_such_word() -> None:
    assert words(posts=posts(mixed(12, 30))) == []
    assert words(posts=posts(THANKS[:9])) == []
    assert words() == []


def test_who_calls_itself_automated_is_software_and_an_ordinary_person_is_not() -> None:
    assert is_software(facts(somebody(bio="I am a bot that posts old maps")), ())
    assert not is_software(facts(), ())
