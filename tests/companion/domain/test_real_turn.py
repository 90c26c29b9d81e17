"""A bare emoji or "thanks" is no turn of a talk; few words of one's own are."""

from __future__ import annotations

import pytest

from companion.domain.real_turn import is_real_turn


@pytest.mark.parametrize(
    "text",
    ["", "🙏", "👍🏽👍🏽", "@wren ❤️", "thanks!", "Thank you so much 🙏 @wren", "THX", "ty for the follow", "1️⃣", "…",
     "https://a.example/x", "@wren #bookchat", "Merci beaucoup", "muchas gracias",
     "ありがとうございます！", "谢谢", "شكرا"],
)  # fmt: skip
def test_thanks_emoji_handles_and_links_alone_are_no_turn(text: str) -> None:
    assert not is_real_turn(text)


@pytest.mark.parametrize(
    "text",
    ["Yes", "so much", "Thanks, I sent the proofs on Monday", "Thank you?", "@wren really?",
     "木村さんに会った", "3 pm works",
     "merci pour le papier", "a lot", "danke, bis morgen"],
)  # fmt: skip
def test_words_of_ones_own_are_a_turn(text: str) -> None:
    assert is_real_turn(text)
