"""Who answers, who starts, and how far a relation came."""

from __future__ import annotations

from companion.domain.dates import DAY
from companion.domain.sightings import Interaction
from companion.reciprocity.relationship import Relationship, relationship_of

TODAY = 20_000
NOW = TODAY * DAY + 7_200


def act(way: str, ago: float, kind: str = "reply", chat: str | None = None) -> Interaction:
    return Interaction(way, kind, int(NOW - ago * DAY), f"{way}{kind}{ago}", chat=chat)


def picture(*acts: Interaction) -> Relationship:
    return relationship_of(acts, NOW)


def test_an_answer_within_two_weeks_counts_and_a_later_one_does_not() -> None:
    found = picture(act("out", 100), act("in", 95), act("out", 80), act("in", 60))
    assert (found.they_answer.count, found.they_answer.of) == (1, 2)


def test_a_burst_of_messages_is_one_turn_with_one_answer() -> None:
    found = picture(*(act("out", 100 - hours / 24) for hours in range(10)), act("in", 98))
    assert (found.they_answer.count, found.they_answer.of) == (1, 1)


def test_a_message_that_may_still_be_answered_is_not_held_against_anyone() -> None:
    assert picture(act("out", 3)).they_answer.of == 0
    assert picture(act("out", 15)).they_answer.of == 1


def test_a_deleted_answer_is_no_answer() -> None:
    gone = act("in", 95)
    gone.removed = True
    assert picture(act("out", 100), gone).they_answer.count == 0


def test_a_rate_is_hidden_until_there_are_five() -> None:
    few = picture(*(act("out", 400 - 40 * n) for n in range(4)))
    enough = picture(*(act("out", 400 - 40 * n) for n in range(5)))
    assert few.they_answer.share is None
    assert enough.they_answer.share == 0.0


def test_who_opens_a_conversation_is_who_starts() -> None:
    found = picture(act("out", 200), act("in", 199), act("in", 150), act("out", 149), act("out", 100))
    assert (found.you_start.count, found.you_start.of) == (2, 3)


def test_likes_and_follows_are_passive_and_replies_active() -> None:
    found = picture(act("out", 5, "like"), act("out", 4, "follow"), act("out", 3), act("in", 2))
    assert (found.active.count, found.active.of) == (1, 3)


def test_four_of_five_days_in_chats_make_it_chat_only_and_three_do_not() -> None:
    def days(inside: int) -> Relationship:
        tagged = [("#mondaychat" if number < inside else None) for number in range(5)]
        return picture(*(act(way, 10 * n + 1, chat=tag) for n, tag in enumerate(tagged) for way in ("in", "out")))

    assert days(4).marks == ("chat_only",)
    assert days(3).marks == ()


def test_likes_with_no_word_are_likes_only() -> None:
    assert picture(act("in", 3, "like"), act("out", 2, "repost")).marks == ("likes_only",)
    assert picture(act("in", 3, "like"), act("out", 2)).marks == ()


def reached(found: Relationship) -> list[str]:
    return [step.name for step in found.stages if step.reached]


def test_a_follow_alone_never_passes_seen() -> None:
    assert reached(picture(act("in", 5, "follow"), act("out", 4, "follow"))) == ["seen"]


def test_one_word_each_way_is_talked_and_weeks_of_it_regular() -> None:
    assert reached(picture(act("in", 5), act("out", 4))) == ["seen", "talked"]
    weekly = [act(way, 7 * week + 1) for week in range(6) for way in ("in", "out")]
    assert reached(picture(*weekly)) == ["seen", "talked", "regular"]


def test_a_call_is_off_x_and_has_its_date() -> None:
    found = picture(act("out", 2, "call"))
    assert found.stages[-1].at == NOW - 2 * DAY


def test_relevance_and_first_sight_come_from_the_caller() -> None:
    found = relationship_of([], NOW, relevant=True, seen_at=NOW - DAY)
    assert reached(found) == ["seen", "relevant"]
