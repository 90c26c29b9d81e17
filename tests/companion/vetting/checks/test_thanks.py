"""Thanks that software sends are told from those that people write, on two hand-labelled corpora."""

from __future__ import annotations

import pytest

from companion.domain.sightings import Post
from companion.vetting.checks.thanks import automatic_thanks_among, is_automatic_thanks, template_of, thanks_signs
from tests.companion.vetting.people import corpus


def test_precision_and_recall_on_the_labelled_corpora() -> None:
    automatic, human = corpus("thanks_automatic"), corpus("thanks_human")
    assert len(automatic) >= 40
    assert len(human) >= 40
    found = [text for text in automatic if is_automatic_thanks(text)]
    wrong = [text for text in human if is_automatic_thanks(text)]
    precision, recall = len(found) / (len(found) + len(wrong)), len(found) / len(automatic)
    print(f"automated thanks: precision {precision:.3f}, recall {recall:.3f}, n = {len(automatic)} + {len(human)}")
    assert wrong == []
    assert recall >= 0.9


def test_three_handles_alone_are_what_people_do_too() -> None:
    assert not thanks_signs("thanks @a @b @c").automatic
    assert thanks_signs("thanks @a @b @c", source_app="commun.it").automatic


def test_the_app_that_sent_it_counts_where_x_tells() -> None:
    assert thanks_signs("Thank you @wrenwrites!", source_app="Crowdfire").automatic
    assert not thanks_signs("Thank you @wrenwrites!", source_app="Twitter Web App").automatic


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for the follow @wrenwrites! via @TweetJukebox",
        "Thank you @wrenwrites (via Social Jukebox)",
        "Thx for sharing @wrenwrites, sent from Tweet Jukebox",
        "Gracias por seguirme @wrenwrites, por @commun_it",
        "Obrigado @wrenwrites! usando commun.it",
        "Merci @wrenwrites, avec Crowdfire",
        "Danke @wrenwrites, mit @crowdfireapp",
        "Grazie @wrenwrites tramite @commun_it",
        "Спасибо @wrenwrites через commun.it",
        "ありがとう @wrenwrites commun.itを使って",
        "Thanks @wrenwrites | Statusbrew",
        "Bedankt voor het volgen @wrenwrites via @TweetJukebox",
        "팔로우 감사합니다 @wrenwrites via Social Jukebox",
        "شكرا للمتابعة @wrenwrites عبر @crowdfireapp",
        "谢谢关注 @wrenwrites 通过 Tweet Jukebox",
        "Cảm ơn bạn @wrenwrites qua @commun_it https://t.co/a",
        "フォローありがとうございます！ https://socialdog.jp から自動送信",
        "Gracias por el RT @wren @ines @bola (enviado automáticamente)",
        "新しいフォロワー：3人、フォロー解除：1人 (by SocialDog)",
        "I gained 4 followers and lost 2 today (via @crowdfireapp)",
    ],
)
def test_a_thank_you_that_names_the_software_it_was_sent_by_is_automatic(text: str) -> None:
    assert is_automatic_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks @TweetJukebox for fixing my queue",
        "Thank you @wrenwrites, I stopped using Instagram and community is nicer",
        "I left Crowdfire last year, thanks for asking",
        "Thanks, but SumAll never worked for me",
        "A talk with statusbrew about rivers",
        "I stopped using Tweet Jukebox, thanks for the tip @wrenwrites",
        "Moved from commun.it to a notebook of my own, thanks @wrenwrites",
        "Learnt it via @audiense blog. Thanks @wrenwrites",
        "ありがとう @wrenwrites 窯の写真がすごく好きです",
    ],
)
def test_software_that_is_only_spoken_of_is_no_sign(text: str) -> None:
    assert not is_automatic_thanks(text)


def test_the_same_words_to_others_are_a_sign() -> None:
    mine = [Post(str(n), text=f"Thanks @person{n} @friend{n} @guest{n} have a good one") for n in range(4)]
    assert len(automatic_thanks_among(mine)) == 4
    assert automatic_thanks_among(mine[:1]) == []


def test_handles_links_and_numbers_do_not_change_a_template() -> None:
    assert template_of("Thanks @a, 5 new! https://x.example/1") == template_of("thanks @bcd 17 NEW https://y.example")


def test_empty_and_foreign_texts_are_no_thanks() -> None:
    assert [text for text in ("", "🌱🌱", "今日は天気がいい", "شكرا لك يا صديقي") if is_automatic_thanks(text)] == []
