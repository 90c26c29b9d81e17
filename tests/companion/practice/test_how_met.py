"""How two people met is guessed from what was seen first, and only where that tells something."""

from __future__ import annotations

from companion.practice.how_met import Guess, guess_how_met
from companion.store.ledger.rows import InteractionRow


def act(at: int, kind: str, direction: str, *, chat: str | None = None, automatic: bool = False) -> InteractionRow:
    return InteractionRow("7", direction, kind, str(at), at, None, "page", False, automatic, chat)


def how(*acts: InteractionRow) -> str | None:
    guess = guess_how_met(acts)
    return guess.how if guess else None


def test_the_first_talk_in_a_chat_is_a_meeting_in_a_chat() -> None:
    acts = [act(9, "mention", "in"), act(5, "reply", "out", chat="#bookchat")]
    assert guess_how_met(acts) == Guess("chat", "the first that was seen of you two was in #bookchat", 5)


def test_a_follow_is_a_way_to_meet_only_if_it_was_followed_back() -> None:
    assert how(act(1, "follow", "in")) is None
    assert how(act(1, "follow", "in"), act(4, "follow", "out")) == "follow_back"
    assert how(act(1, "follow", "out"), act(4, "follow", "in")) is None


def test_a_reply_under_a_post_is_the_stream_and_an_automatic_word_is_nothing() -> None:
    assert how(act(1, "mention", "in", automatic=True), act(4, "reply", "out")) == "stream"
    assert how(act(1, "mention", "in", automatic=True)) is None


def test_a_message_a_like_or_a_meal_does_not_tell_how_they_met() -> None:
    assert [how(act(1, kind, "in")) for kind in ("dm", "like", "repost", "meal", "call")] == [None] * 5
    assert how() is None
