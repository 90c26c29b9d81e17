"""A wish for a language is read from what browsers and systems send, also from what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.i18n.languages import LANGUAGES, accepted, best, direction, tag


@pytest.mark.parametrize(
    ("header", "code"),
    [("de-CH, de;q=0.9, en;q=0.1", "de"), ("en;q=0.1, ar-EG;q=0.8", "ar"), ("pt", "pt_BR"), ("PT-pt", "pt_BR"),
     ("zh, ko;q=0", "en"), ("*", "en"), ("fr;q=x, ja", "ja"), ("es-419", "es"), ("", "en"), (";;,,q=", "en")],
)  # fmt: skip
def test_the_dearest_language_that_is_spoken_is_taken(header: str, code: str) -> None:
    assert best(accepted(header)) == code


@pytest.mark.parametrize(("wish", "code"), [("de_AT.UTF-8", "de"), ("C", "en"), ("C.UTF-8", "en"), ("pt_BR", "pt_BR")])
def test_a_systems_locale_is_understood_too(wish: str, code: str) -> None:
    assert best([wish]) == code


@given(st.text())
def test_whatever_is_sent_there_is_a_language(header: str) -> None:
    assert best(accepted(header)) in LANGUAGES


def test_tags_and_directions_are_those_of_html() -> None:
    assert [tag(code) for code in LANGUAGES] == ["en", "es", "pt-BR", "de", "fr", "ja", "ko", "ar"]
    assert [code for code in LANGUAGES if direction(code) == "rtl"] == ["ar"]
