"""Every language has every message, with the same places to fill in, its own plural forms and its own typography."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "extension/_locales"
LANGUAGES = {"ar": "ar", "de": "de", "en": "en", "es": "es", "fr": "fr", "ja": "ja", "ko": "ko", "pt_BR": "pt-BR"}
"""Folder -> the tag by which dates, numbers and plurals are made."""
CATALOGUES: dict[str, dict[str, str]] = {
    name: {
        key: entry["message"]
        for key, entry in json.loads((FOLDER / name / "messages.json").read_text(encoding="utf-8")).items()
    }
    for name in LANGUAGES
}
ENGLISH = CATALOGUES["en"]
FORMS = re.compile(r"_(zero|one|two|few|many)$")
PLURAL = {FORMS.sub("", key) for key in ENGLISH if FORMS.search(key)}
"""Messages that count something."""
CATEGORIES = {
    "ar": {"one", "two", "few", "many"}, "de": {"one"}, "en": {"one"}, "es": {"one"}, "fr": {"one"}, "ja": set(),
    "ko": set(), "pt_BR": {"one"},
}  # fmt: skip
"""Forms besides "other" that numbers of days and versions need (CLDR); French and Spanish have "many" for millions."""
SAME = {
    "extensionName", "panelTitle", "keyEscape", "keyFinish", "keyHide", "keyReasons", "cardLabel", "factOf",
    "followersCount", "vetRow_posts",
}  # fmt: skip
"""Names, keys and bare figures, which may be the same as in English."""
ALSO_WORDS_OF = {
    "de": {"actAlias", "vetRow_link", "vetRow_account"},
    "fr": {
        "actNote", "kind_note", "markNote", "source_notifications", "panelOptions", "vetRow_bio", "vetRow_photo",
        "vetRow_relation", "versions", "versions_one",
    },
    "es": {"vetDo_no"},
    "pt_BR": {"vetRow_bio", "vetRow_link"},
    "ja": set(), "ko": set(), "ar": set(),
}  # fmt: skip
"""Words that happen to be spelt as in English."""
FORBIDDEN = {
    "de": r"\bTags\b|Konto|\bUser\b|\bDir\b|\bwarm\b",
    "fr": r"·e\b|seul\(e\)|\bsuivi\(e\)|vous seul\b",
    "pt_BR": r"acompanhante|\bquente\b|\b(ele|ela) (escreve|responde)|\bdel[ea]\b",
    "es": r"acompañante|ordenador|\bjuntos\b|vosotros",
    "ja": r"あなた|コンパニオン|ノート|彼",
    "ko": r"당신|노트|그녀",
    "ar": r"اكتبي|احفظ\b|احذف\b",
}
"""Words that the glossary rules out: another thing of X's, a gender, a wrong tone."""
OTHERS = [name for name in LANGUAGES if name != "en"]


def places(text: str) -> set[str]:
    return set(re.findall(r"\$\d", text))


def test_the_folders_are_the_languages_that_are_promised() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(LANGUAGES)
    assert {name: words["locale"] for name, words in CATALOGUES.items()} == LANGUAGES


@pytest.mark.parametrize("name", OTHERS)
def test_no_message_is_missing_empty_or_left_over(name: str) -> None:
    words = CATALOGUES[name]
    assert set(ENGLISH) - set(words) == set()
    assert {key for key in set(words) - set(ENGLISH) if FORMS.sub("", key) not in PLURAL} == set()
    assert [key for key, text in words.items() if not text.strip()] == []


@pytest.mark.parametrize("name", OTHERS)
def test_every_message_has_the_places_of_the_english_one_in_any_order(name: str) -> None:
    found = {key: text for key, text in CATALOGUES[name].items() if key in ENGLISH}
    assert {key for key, text in found.items() if places(text) != places(ENGLISH[key])} == set()
    more = {key: text for key, text in CATALOGUES[name].items() if key not in ENGLISH}
    assert {key for key, text in more.items() if not places(text) <= places(ENGLISH[FORMS.sub("", key)])} == set()


@pytest.mark.parametrize("name", OTHERS)
def test_commands_and_keys_stand_as_they_are_typed(name: str) -> None:
    def typed(text: str) -> list[str]:
        return re.findall(r"`[^`]+`", text)

    assert {key for key, text in ENGLISH.items() if typed(text) != typed(CATALOGUES[name][key])} == set()


@pytest.mark.parametrize("name", LANGUAGES)
def test_what_counts_has_the_forms_of_its_language(name: str) -> None:
    for key in PLURAL:
        forms = {found[1] for one in CATALOGUES[name] if (found := FORMS.search(one)) and FORMS.sub("", one) == key}
        assert forms >= CATEGORIES[name], f"{name}: {key}"


@pytest.mark.parametrize("name", OTHERS)
def test_nothing_is_left_in_english(name: str) -> None:
    same = {key for key, text in CATALOGUES[name].items() if text == ENGLISH.get(key)}
    assert same - SAME - ALSO_WORDS_OF[name] == set()


@pytest.mark.parametrize("name", OTHERS)
def test_the_glossarys_forbidden_words_are_not_used(name: str) -> None:
    assert {key: text for key, text in CATALOGUES[name].items() if re.search(FORBIDDEN[name], text)} == {}


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_typography_is_that_of_the_language(name: str) -> None:
    texts = {key: re.sub(r"`[^`]*`", "", text) for key, text in CATALOGUES[name].items()}
    wrong = {"ar": r"[,;?]", "ja": r"[,;?!]|[。、] ", "fr": r"[^\u202f\d][:;?!»](?!//)|«[^\u202f]"}.get(name, r"(?!)")
    assert {key: text for key, text in texts.items() if re.search(wrong, text)} == {}
    assert [key for key, text in texts.items() if "..." in text or '"' in text] == []


def test_messages_of_different_states_are_told_apart_in_every_language() -> None:
    """Near and shut are both "close" in English; state and button must not be one word elsewhere."""
    for name in OTHERS:
        words = CATALOGUES[name]
        assert words["close"] != words["markState_close"], name
        assert words["queueBack"] != words["markState_back"], name
        assert len({words[f"vet_{verdict}"] for verdict in ("welcome", "look_closer", "better_not", "cant_tell")}) == 4
        states = [text for key, text in words.items() if key.startswith("markState_")]
        assert len(set(states)) == len(states), name
