"""Bio, photo and the rest of the profile: facts first, nothing said about what was not seen."""

from __future__ import annotations

import pytest

from companion.domain.dates import DAY
from companion.domain.sightings import Person
from companion.vetting.checks.bio import check_bio
from companion.vetting.checks.photo import check_photo
from companion.vetting.checks.profile import check_profile, follows_in_bulk
from companion.vetting.findings import CAUTION, FACT, SERIOUS
from companion.vetting.network.results import Picture
from companion.vetting.presentation.phrases import short
from tests.companion.vetting.people import NOW, by_code, empty_shell, facts, somebody


def test_an_ordinary_bio_gives_nothing() -> None:
    assert check_bio(facts()) == []


def test_an_empty_bio_and_an_unseen_one_are_different() -> None:
    assert [finding.code for finding in check_bio(facts(somebody(bio="  ")))] == ["bio_empty"]
    assert check_bio(facts(somebody(bio=None))) == []


def test_marked_words_are_shown_as_they_stand() -> None:
    found = by_code(check_bio(facts(somebody(bio="Buy followers! I follow back."))))
    assert found["bio_sells_followers"].level == SERIOUS
    assert found["bio_sells_followers"].params == {"words": "buy followers"}
    assert found["bio_follow_back"].level == CAUTION


def test_an_offer_to_promote_is_marked_with_its_words() -> None:
    found = by_code(check_bio(facts(somebody(bio="Best deals daily! DM for promo"))))
    assert (found["bio_promo"].level, found["bio_promo"].params) == (CAUTION, {"words": "dm for promo"})
    assert short(found["bio_promo"], NOW) == "Offers promotion: “dm for promo”"


@pytest.mark.parametrize(
    ("person", "automated"),
    [
        (somebody(bio="I am a bot that posts old maps"), True),
        (somebody(handle="oldmapsbot", bio="Old maps"), True),
        (somebody(automated=True), True),
        (somebody(bio="Not a bot, just up late"), False),
        (somebody(bio="I build robots"), False),
    ],
)
def test_what_calls_itself_automated_is_called_that_and_no_more(person: Person, automated: bool) -> None:
    found = by_code(check_bio(facts(person)))
    assert ("bio_automated" in found) is automated
    assert all(finding.level == FACT for code, finding in found.items() if code == "bio_automated")


def test_a_feed_is_called_a_feed() -> None:
    bio = "Follow this account for geo-targeted job tweets in Ohio"
    assert "bio_feed" in by_code(check_bio(facts(somebody(bio=bio))))


def test_emoji_and_other_scripts_are_bios_too() -> None:
    assert by_code(check_bio(facts(somebody(bio="🌱🐝✨")))).keys() == {"bio_only_symbols"}
    assert check_bio(facts(somebody(bio="أكتب عن الأنهار والخبز"))) == []
    assert check_bio(facts(somebody(bio="川とパンについて書いています"))) == []


@pytest.mark.parametrize(
    ("name", "pictures"), [("Ines 🌱 Duarte ♡", "🌱♡"), ("Tomo 🇯🇵", "🇯🇵"), ("水 と パン", ""), ("Acme™", "")]
)
def test_pictures_in_a_name_are_told(name: str, pictures: str) -> None:
    found = by_code(check_profile(facts(somebody(name=name))))
    assert [found[code].params for code in found if code == "profile_name_pictures"] == (
        [{"pictures": pictures}] if pictures else []
    )


def test_numbers_come_with_their_counts() -> None:
    found = by_code(check_profile(facts(empty_shell())))
    assert found["profile_few_followers"].count == 3
    assert found["profile_follows_many"].params == {"following": 1_900, "followers": 3}
    assert found["profile_follows_many"].level == CAUTION
    assert {"profile_no_place", "profile_no_link", "profile_unlisted"} <= found.keys()


def test_what_the_page_did_not_show_is_not_held_against_anyone() -> None:
    assert check_profile(facts(Person(handle="wrenwrites"))) == []


def test_a_new_account_is_called_new_here() -> None:
    assert "profile_new" in by_code(check_profile(facts(somebody(created_at=NOW - 20 * DAY))))
    assert "profile_new" not in by_code(check_profile(facts()))


@pytest.mark.parametrize(
    ("seen", "figure"),
    [
        ({"followers": 250_000, "following": 400}, True),
        ({"followers": 250_000, "following": 50_000}, True),
        ({"followers": 250_000, "following": 50_001}, False),
        ({"followers": 250_000, "following": None}, False),
        ({"followers": 99_999, "following": 1}, False),
        ({"followers": 900, "following": 800, "verified": True}, True),
    ],
)
def test_a_public_figure_has_very_many_followers_and_follows_few_or_was_verified_of_old(
    seen: dict[str, object], figure: bool
) -> None:
    assert ("profile_public_figure" in by_code(check_profile(facts(somebody(**seen))))) is figure


@pytest.mark.parametrize(
    ("following", "followers", "bulk"),
    [(1_900, 3, True), (100, 24, True), (100, 25, False), (99, 0, False), (None, 3, False), (900, None, False)],
)
def test_following_in_bulk_is_many_and_several_times_more_than_follow_back(
    following: int | None, followers: int | None, bulk: bool
) -> None:
    assert follows_in_bulk(somebody(following=following, followers=followers)) is bulk


@pytest.mark.parametrize(
    "address",
    [
        "https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png",
        "http://a0.twimg.com/sticky/default_profile_images/default_profile_3_normal.png",
    ],
)
def test_a_default_picture_is_told_by_its_address(address: str) -> None:
    assert by_code(check_photo(facts(somebody(avatar=address)))).keys() == {"photo_default"}


def test_a_missing_picture_and_an_unseen_one_are_different() -> None:
    assert by_code(check_photo(facts(somebody(avatar="")))).keys() == {"photo_missing"}
    assert check_photo(facts(somebody(avatar=None))) == []


def test_the_same_picture_elsewhere_names_the_account() -> None:
    found = by_code(check_photo(facts(picture=Picture("ff00ff00ff00ff00", same_as=("bargainbarn",)))))
    assert found["photo_same_as"].examples[0].text == "@bargainbarn"


def test_a_picture_that_could_not_be_looked_at_says_so() -> None:
    assert by_code(check_photo(facts(picture=Picture(problem="pixels"))))["photo_not_looked_at"].level == FACT
