"""Listed words are found as words, in every script, and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.vetting.word_lists import found_words, is_only_symbols, read_lists, readable, supplied_lists

LISTS = supplied_lists()


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("I Follow Back everyone!", "follow_back"),
        ("#TeamFollowBack", "follow_back"),
        ("follow-back 100%", "follow_back"),
        ("ｆｏｌｌｏｗ ｂａｃｋ", "follow_back"),
        ("fol\u200blow ba\u00adck", "follow_back"),
        ("相互フォロー歓迎です", "follow_back"),
        ("우리 맞팔해요", "follow_back"),
        ("诚信互粉互关", "follow_back"),
        ("مُتابعة متبادلة للجميع", "follow_back"),
        ("Взаимная подписка!", "follow_back"),
        ("sígueme y te sigo", "follow_back"),
        ("Ricambio follow", "follow_back"),
        ("Buy followers cheap", "sells_followers"),
        ("takipçi satın al", "sells_followers"),
        ("Best deals daily! DM for promo", "promo"),
        ("📩 DM me for promotion", "promo"),
        ("Humor y más | DM para publicidad", "promo"),
        ("memes | divulgação na DM", "promo"),
        ("Meme e calcio, DM per sponsorizzazioni", "promo"),
        ("foot & mèmes, MP pour pub", "promo"),
        ("Memes · DM für Werbung", "promo"),
        ("reklam için DM", "promo"),
        ("humor receh, open paid promote", "promo"),
        ("للإعلان خاص", "promo"),
        ("宣伝はDMまで", "promo"),
        ("유머 계정 광고는 DM", "promo"),
        ("推广私信", "promo"),
        ("Юмор. Реклама в ЛС", "promo"),
    ],
)
def test_a_phrase_is_found_however_it_is_dressed_up(text: str, category: str) -> None:
    assert LISTS.find(text, category)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("robotics teacher", "automated"),
        ("I bottle my own cider", "automated"),
        ("prizewinning novelist", "prize"),
        ("Sussex historian", "adult"),
        ("Promoted to grandmother. DMs open", "promo"),
        ("DM jazz piano", "promo"),
        ("Promoter of slow bread", "promo"),
        ("I write promos for radio plays", "promo"),
        ("ricambista d'auto", "follow_back"),
        ("🌱🌻🐝", "follow_back"),
        ("", "money"),
    ],
)
def test_a_word_inside_another_word_is_not_found(text: str, category: str) -> None:
    assert not LISTS.find(text, category)


def test_topics_are_matched_as_words() -> None:
    assert found_words("Tea and art", ["art", "tea"]) == ("tea", "art")
    assert found_words("Party steam", ["art", "tea"]) == ()


@pytest.mark.parametrize("text", ["🌱", "♡ ♡", "...", "🇫🇷✨"])
def test_emoji_alone_are_only_symbols(text: str) -> None:
    assert is_only_symbols(text)


@pytest.mark.parametrize("text", ["", "  ", "a", "水", "سلام", "🌱 7"])
def test_anything_with_a_letter_or_digit_is_not(text: str) -> None:
    assert not is_only_symbols(text)


def test_a_users_own_list_replaces_a_category_and_leaves_the_rest(tmp_path: Path) -> None:
    own = tmp_path / "words.json"
    own.write_text(json.dumps({"source": "mine", "categories": {"money": {"en": ["golden goose"]}}}))
    lists = read_lists(own)
    assert lists.find("my golden goose", "money") == ("golden goose",)
    assert lists.find("passive income", "money") == ()
    assert lists.find("follow back", "follow_back")


@given(st.text(max_size=300))
def test_any_text_can_be_read_and_only_listed_phrases_are_found(text: str) -> None:
    for category, phrases in LISTS.categories.items():
        assert set(LISTS.find(text, category)) <= {readable(phrase).replace("*", "").strip() for phrase in phrases}
