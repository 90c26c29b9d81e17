"""The five drafts and the user's own templates."""

from __future__ import annotations

import pytest

from companion.domain.post_length import fits
from companion.domain.templates import check
from companion.practice import drafts
from companion.practice.supplied_words import SUPPLIED

FACTS = {
    "handle": "@wrenwrites", "first_name": "Wren", "last_post": "Slow bread", "topic": "small press",
    "last_post_link": "https://x.com/i/status/7", "chat": "#bookchat", "chat_time": "Thursday 20:00",
}  # fmt: skip


def test_each_of_the_five_names_the_person_fits_and_opens_in_the_composer() -> None:
    made = drafts.drafts(FACTS)
    assert [one.name for one in made] == ["hello", "repost", "thought", "mentor", "invite"]
    for one in made:
        assert "@wrenwrites" in one.text
        assert not one.gaps
        assert fits(one.text)
        assert one.link.startswith("https://x.com/intent/post?text=")


def test_what_is_not_known_is_a_gap_and_without_a_handle_there_is_nobody_to_write_to() -> None:
    made = {one.name: one for one in drafts.drafts({"handle": "@wrenwrites"})}
    assert made["repost"].gaps == ("last post link",)
    assert made["invite"].gaps == ("chat", "chat time")
    assert made["hello"].gaps == ()
    assert drafts.drafts({"first_name": "Wren"}) == []


def test_own_words_take_the_place_of_an_action_or_stand_beside_the_five() -> None:
    made = drafts.drafts(FACTS, [("hello", "Mine", "Morning {first_name}! {handle}"), ("", "Tea", "Tea, {handle}?")])
    assert made[0].text == "Morning Wren! @wrenwrites"
    assert (made[5].words, made[5].text) == ("Tea", "Tea, @wrenwrites?")
    assert len(made) == 6


def test_an_answer_holds_the_post_it_answers() -> None:
    one = drafts.answer("tomo", "77")
    assert "in_reply_to=77" in one.link
    assert one.text == "@tomo "


def test_the_supplied_words_are_twenty_with_fields_that_exist_and_names_of_their_own() -> None:
    assert len(SUPPLIED) == len({name for name, _ in SUPPLIED}) == 20
    for _, text in SUPPLIED:
        check(text)


@pytest.mark.parametrize(
    ("name", "first"),
    [("Wren Okafor", "Wren"), ("J. Smith", ""), ("🌱 Fern", ""), ("", ""), (None, ""), ("陶 芸", "陶"), ("R2D2", "")],
)
def test_a_first_name_is_used_only_where_it_looks_like_one(name: str | None, first: str) -> None:
    assert drafts.first_name(name) == first


def test_a_long_post_is_cut_between_words() -> None:
    cut = drafts.shortened("word " * 40)
    assert cut.endswith("word…")
    assert len(cut) <= drafts.MOST_QUOTED + 1
    assert drafts.shortened("two\nlines") == "two lines"
