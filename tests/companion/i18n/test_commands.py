"""Each sentence that a command, or what it calls, can say is in the catalogues; what stays English has its reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from companion.i18n.catalogue import TRANSLATED, catalogue, help_catalogue
from tests.companion.i18n.english import ENGLISH, WHOLE
from tests.companion.i18n.pseudo import pseudo_catalogue
from tests.companion.i18n.untranslated import DAY, NUMBER, Told, printed, sentences, sentences_of_errors
from tests.companion_process import ROOT

SPEAKING = ("backup", "cli", "export", "install", "server", "share", "sources", "store", "stores.py")
"""Folders and files of the companion whose sentences reach the terminal."""
OF_HELP = frozenset(help_catalogue("de").entries)
"""What `--help` says has catalogues and a test of its own."""


def files() -> list[Path]:
    places = [ROOT / "companion" / name for name in SPEAKING]
    return [path for place in places for path in (sorted(place.rglob("*.py")) if place.is_dir() else [place])]


def told() -> list[Told]:
    """Every sentence of the speaking files, and what errors and commands say without ending as a sentence."""
    errors = [
        (numbers, words, words)
        for name in SPEAKING
        for _, numbers, words in sentences_of_errors(ROOT / "companion" / name)
    ]
    commands = (one for path in sorted((ROOT / "companion/cli").glob("*.py")) for one in printed(path))
    return [*(one for path in files() for one in sentences(path)), *errors, *commands]


def is_translated(texts: tuple[str, ...]) -> bool:
    """Whether one of the texts has no plain vowel left in the language that nobody speaks, which accents them all."""
    if texts[0] in OF_HELP:
        return True
    said = (pseudo_catalogue().say(text.strip()) for text in texts)
    return any(not re.search("[aeiou]", text) for text in said)


def test_every_sentence_is_in_the_catalogues_or_has_a_reason_not_to_be() -> None:
    found = told()
    assert len({words for _, words, _ in found}) > 100
    assert {one[1] for one in found if one[1] not in ENGLISH and not is_translated(one)} == set()


def test_the_list_of_what_stays_english_names_nothing_that_is_no_longer_said() -> None:
    assert set(ENGLISH) - {words for _, words, _ in told()} == set()


@pytest.mark.parametrize("sentence", WHOLE)
def test_a_sentence_of_parts_is_translated_whole(sentence: str) -> None:
    assert is_translated((sentence,))


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_translation_of_a_sentence_has_an_empty_place(code: str) -> None:
    said = [catalogue(code).say(sentence) for sentence in WHOLE]
    assert [text for text in said if "{" in text or "()" in text or "（）" in text] == []


def test_what_is_half_known_is_found_to_be_untranslated() -> None:
    assert not is_translated(("Zq zr was eaten by wolves. The damaged file is kept.",))
    assert is_translated((f"The notebook is sound: {NUMBER} people written about.", DAY))
