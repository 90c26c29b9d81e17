"""How long a post is for X, and the address of X's composer."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.post_length import ADDRESS_MOST, MOST, composer_address, fits, post_length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("good morning", 12),
        ("陶芸家です", 10),
        ("https://a.example/" + "x" * 102, 23),
        ("see https://a.example/x, and b.example.org.", 4 + 23 + 6 + 23 + 1),
        ("👩‍👩‍👧‍👦", 2),
        ("👍🏽", 2),
        ("🇵🇹", 2),
        ("1️⃣", 2),
        ("\n", 1),
        ("\r\n", 1),
        ("e\u0301", 1),
        ("“quoted”", 8),
        ("C++ and #tag @name", 18),
    ],
)
def test_the_length_is_the_one_that_x_counts(text: str, length: int) -> None:
    assert post_length(text) == length


def test_a_post_has_room_for_140_wide_characters_and_no_more() -> None:
    assert fits("の" * 140)
    assert not fits("の" * 141)
    assert not fits("")
    assert post_length("の" * 140) == MOST


def test_the_composer_gets_exactly_the_text() -> None:
    text = "Tea & cake? 100% #bookchat C++\n@ferngate https://a.example/x?y=1&z=2"
    address = composer_address(text)
    assert parse_qs(urlsplit(address).query)["text"] == [text]
    assert "&amp;" not in address
    for sign in ("%26", "%25", "%23", "%2B", "%0A"):
        assert sign in address


def test_an_answer_names_its_post_and_nothing_else_gets_into_the_address() -> None:
    assert parse_qs(urlsplit(composer_address("hi", "123")).query) == {"text": ["hi"], "in_reply_to": ["123"]}
    assert parse_qs(urlsplit(composer_address("hi", "1&url=x")).query) == {"text": ["hi"]}


def test_a_text_too_long_for_an_address_has_none() -> None:
    assert composer_address("の" * 300) == ""


@given(st.text(max_size=300))
def test_every_text_comes_through_the_address_whole(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    address = composer_address(text)
    assert len(address) <= ADDRESS_MOST
    if address:
        assert parse_qs(urlsplit(address).query, keep_blank_values=True)["text"] == [text]


@given(st.text(max_size=60).filter(lambda text: not text.endswith("\r")), st.text(max_size=60))
def test_lengths_of_two_lines_add_up(first: str, second: str) -> None:
    assert post_length(f"{first}\n\n{second}") == post_length(first) + 2 + post_length(second)
