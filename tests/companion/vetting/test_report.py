"""The verdict has a real "can't tell", is gentle with those who cannot help it, and no single finding decides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.dates import DAY
from companion.domain.sightings import Person
from companion.vetting.report import VERDICTS, vet
from companion.vetting.weights import supplied_weights
from tests.companion.vetting.checks.test_posts import mixed
from tests.companion.vetting.people import NOW, empty_shell, facts, posts, somebody


def test_an_ordinary_person_is_welcome() -> None:
    report = vet(facts(posts=posts(mixed(12, 30))))
    assert report.verdict == "welcome"
    assert report.score < 0.2
    assert 1 <= len(report.reasons) <= 3


def test_an_empty_shell_that_follows_thousands_is_better_not() -> None:
    report = vet(facts(empty_shell()))
    assert report.verdict == "better_not"
    assert report.score > 0.8
    assert 2 <= len(report.reasons) <= 3


def test_the_three_strongest_findings_are_the_reasons() -> None:
    assert len(vet(facts(empty_shell(), posts=posts(["Win a free phone here"] * 30))).reasons) == 3


def test_an_empty_profile_alone_is_never_better_not() -> None:
    shy = empty_shell(following=40, followers=3)
    assert vet(facts(shy)).verdict == "cant_tell"
    assert vet(facts(shy, posts=posts(mixed(2, 30)))).verdict == "look_closer"


def test_an_empty_profile_that_repeats_itself_is_better_not() -> None:
    assert vet(facts(empty_shell(following=1), posts=posts(["Win a free phone here"] * 30))).verdict == "better_not"


@given(
    st.fixed_dictionaries(
        {
            "bio": st.sampled_from(["", "✨", "Letters and bread"]),
            "location": st.sampled_from(["", "Leeds"]),
            "link": st.sampled_from(["", "https://wren.example"]),
            "followers": st.integers(0, 2_000),
            "following": st.integers(0, 99),
            "posts": st.integers(0, 9_000),
            "listed": st.integers(0, 40),
            "default_avatar": st.booleans(),
        }
    )
)
def test_whatever_a_profile_lacks_it_takes_something_done_for_better_not(profile: dict[str, object]) -> None:
    assert vet(facts(empty_shell(**profile))).verdict != "better_not"


@pytest.mark.parametrize("unseen", ["bio", "followers", "following", "posts"])
def test_nobody_is_welcome_before_the_whole_profile_was_seen(unseen: str) -> None:
    assert vet(facts(somebody(**{unseen: None}), posts=posts(mixed(12, 30)))).verdict != "welcome"


def test_without_posts_a_welcome_takes_a_profile_that_leaves_little_doubt() -> None:
    thin = somebody(location="", link="", listed=0, posts=60)
    assert vet(facts(somebody())).verdict == "welcome"
    assert vet(facts(thin)).verdict == "cant_tell"
    assert vet(facts(thin, posts=posts(mixed(2, 30)))).verdict == "welcome"


def test_a_handle_alone_cannot_be_told() -> None:
    report = vet(facts(Person(handle="nobodyyouknow")))
    assert report.verdict == "cant_tell"
    assert "profile" in report.missing
    assert "posts" in report.missing


@pytest.mark.parametrize(
    "changed",
    [
        {"bio": ""},
        {"followers": 0},
        {"posts": 0},
        {"following": 60_000},
        {"location": "", "link": ""},
        {"bio": "I follow back"},
        {"avatar": "https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png"},
    ],
)
def test_no_single_finding_decides(changed: dict[str, object]) -> None:
    assert vet(facts(somebody(**changed))).verdict != "better_not"


def test_followers_for_sale_are_looked_at_closer_however_good_the_rest() -> None:
    report = vet(facts(somebody(bio="Buy followers here")))
    assert report.verdict == "look_closer"
    assert report.reasons[0].code == "bio_sells_followers"


def test_two_things_to_be_careful_about_are_looked_at_closer_and_named_as_the_reasons() -> None:
    shop = somebody(name="Bargain Barn 🔥", bio="Best deals daily! DM for promo", following=7_000)
    report = vet(facts(shop))
    assert report.verdict == "look_closer"
    assert {reason.code for reason in report.reasons} >= {"bio_promo", "profile_follows_many"}


def test_one_of_them_alone_is_not_and_pictures_in_a_name_are_never_a_reason() -> None:
    report = vet(facts(somebody(name="Wren 🌱", bio="Memes of the river. DM for promo")))
    assert report.verdict == "welcome"
    assert "profile_name_pictures" not in {reason.code for reason in report.reasons}


def test_a_self_declared_bot_is_called_automated_and_not_better_not() -> None:
    report = vet(facts(empty_shell(bio="I am a bot", handle="tidesbot")))
    assert (report.kind, report.verdict) == ("automated", "look_closer")


def test_a_newcomer_gets_time() -> None:
    def young(days: int) -> str:
        return vet(
            facts(empty_shell(bio="Hello, I am new here", location="Leeds", created_at=NOW - days * DAY))
        ).verdict

    assert young(30) != "better_not"
    assert vet(facts(empty_shell(created_at=NOW - 30 * DAY))).kind == "newcomer"


def test_a_public_figure_is_not_scolded_for_broadcasting() -> None:
    report = vet(facts(somebody(followers=3_000_000), posts=posts(mixed(0, 60))))
    assert (report.kind, report.verdict) == ("public_figure", "welcome")


def test_somebody_who_wrote_to_you_gains_by_it() -> None:
    from companion.domain.sightings import Interaction

    wrote = [Interaction("in", "reply", NOW - DAY, "1")]
    assert vet(facts(empty_shell(), interactions=wrote)).score < vet(facts(empty_shell())).score


def test_ones_own_account_gets_the_same_report() -> None:
    assert vet(facts(somebody(handle="adaquill"))).verdict in VERDICTS


def test_every_weight_has_its_reason() -> None:
    for code, weight in supplied_weights().weights.items():
        assert len(weight.why) > 15, code
