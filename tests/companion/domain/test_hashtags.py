"""Hashtags are read as X reads them, in every script."""

from __future__ import annotations

import pytest

from companion.domain.hashtags import key_of, tag_of, tags_in
from companion.errors import BodyError


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("#BookChat", ["bookchat"]),
        ("＃bookchat", ["bookchat"]),
        ("できました！#陶芸チャット。", ["陶芸チャット"]),
        ("(#bookchat)", ["bookchat"]),
        ("陶芸#陶芸チャット", []),
        ("C#bookchat", []),
        ("#123", []),
        ("https://a.example/#bookchat", []),
        ("see https://a.example/x #bookchat, #Émigré!", ["bookchat", "émigré"]),
        ("#2026books #bookchat #BOOKCHAT", ["2026books", "bookchat"]),
        ("# bookchat &#bookchat", []),
    ],
)
def test_what_x_makes_a_tag_is_one_and_nothing_else(text: str, keys: list[str]) -> None:
    assert tags_in(text) == keys


def test_one_tag_has_one_key_whatever_its_case_and_sign() -> None:
    assert {key_of(tag) for tag in ("#BookChat", "＃bookchat", "BOOKCHAT", " #bookchat")} == {"bookchat"}


@pytest.mark.parametrize("text", ["", "#", "book chat", "#123", "#book-chat", "x" * 70])
def test_a_tag_that_x_would_not_make_is_refused(text: str) -> None:
    with pytest.raises(BodyError):
        tag_of(text)


def test_a_tag_is_kept_with_one_sign() -> None:
    assert tag_of("bookchat") == tag_of("＃bookchat") == "#bookchat"
