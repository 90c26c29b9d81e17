"""Decisions: kept with their reasons, shown next time, asked again only when there is news, taken back by a write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.dates import DAY
from companion.domain.decisions import REASONS
from companion.domain.sightings import Person
from companion.vetting.decisions import changed_parts, decisions_of, fingerprint
from tests.companion.conftest import NOW, VIEWER, WREN, House
from tests.companion.vetting.service_help import bola, show

MARCH = 1_772_539_200  # 3 March 2026, noon
BOLA = {"id": "2000004"}


def said(**body: object) -> str:
    return decisions_of([{"item": "a", "at": MARCH, **body}], MARCH + DAY)[0].sentence


def test_it_says_what_was_decided_when_and_why() -> None:
    assert said(decision="no", reasons=["sells_followers"]) == "You passed on 3 Mar: sells followers"
    assert (
        said(decision="no", reasons=["adult", "own"], text="rude to Ines") == "You passed on 3 Mar: adult, rude to Ines"
    )
    assert said(decision="unfollowed", reasons=["sells_followers"]) == "You unfollowed on 3 Mar: sells followers"
    assert said(decision="muted") == "You muted on 3 Mar"
    assert said(decision="blocked", text="rude") == "You blocked on 3 Mar: rude"
    assert said(decision="wait", days=30) == "You chose to wait on 3 Mar"
    assert said(decision="follow_back", text="met at #bookchat") == "You followed back on 3 Mar: met at #bookchat"


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_a_key_from_1_to_9_is_kept_and_said_in_words(house: House, reason: str) -> None:
    assert len(REASONS) == 9
    house.write("decision", {"decision": "no", "reasons": [reason], "text": "rude" if reason == "own" else ""})
    card = house.ask("person", {"viewer": VIEWER, "person": WREN})
    decision = card["decision"]
    assert isinstance(decision, dict)
    assert decision["sentence"].endswith(f": {REASONS[reason] or 'rude'}")


def test_a_year_is_named_only_when_it_is_another() -> None:
    found = decisions_of([{"item": "a", "at": MARCH, "decision": "no"}], MARCH + 400 * DAY)
    assert found[0].sentence == "You passed on 3 Mar 2026"


def test_a_wait_is_over_on_its_day_and_not_before() -> None:
    kept = [{"item": "a", "at": MARCH, "decision": "wait", "days": 30}]
    assert decisions_of(kept, MARCH + 30 * DAY - 1)[0].again == ""
    assert decisions_of(kept, MARCH + 30 * DAY)[0].again == "due"


def test_a_new_bio_calls_it_up_again_and_says_so() -> None:
    before, after = fingerprint(bola()), fingerprint(bola(bio="Selling followers now."))
    kept = [{"item": "a", "at": MARCH, "decision": "no", "looked_at": before}]
    assert decisions_of(kept, MARCH, after)[0].again == "bio"
    assert decisions_of(kept, MARCH, after)[0].news == "Since then the bio changed."
    assert decisions_of(kept, MARCH, before)[0].again == ""


@pytest.mark.parametrize("avatar", ["face_normal.jpg", "face_x96.jpg", "face_400x400.jpg", "face_bigger.jpg"])
def test_another_size_of_the_photo_is_the_same_photo(avatar: str) -> None:
    base = "https://pbs.twimg.com/profile_images/2000004/"
    assert changed_parts(fingerprint(bola()), fingerprint(bola(avatar=base + avatar))) == []


def test_how_a_source_writes_an_address_or_a_space_is_no_change() -> None:
    one = fingerprint(bola(bio="Riso  studio\nhttps://t.co/abc"))
    other = fingerprint(bola(bio="Riso studio bolaprints.example/shop"))
    assert changed_parts(one, other) == []


@given(st.none() | st.text(max_size=40), st.none() | st.text(max_size=20), st.none() | st.text(max_size=60))
def test_what_was_not_seen_never_counts_as_changed(bio: str | None, name: str | None, avatar: str | None) -> None:
    seen = Person("1", "a", name, bio, avatar=avatar)
    assert changed_parts(fingerprint(seen), fingerprint(Person("1", "a"))) == []
    assert changed_parts(fingerprint(seen), fingerprint(seen)) == []


def test_the_card_and_the_badge_carry_the_latest_decision(house: House) -> None:
    house.write("decision", {"decision": "wait", "days": 7})
    house.write("decision", {"decision": "no", "reasons": ["never_posts"]})
    card = house.ask("person", {"viewer": VIEWER, "person": WREN})
    decision = card["decision"]
    assert isinstance(decision, dict)
    assert (decision["decision"], decision["reasons"]) == ("no", ["never_posts"])
    badges = house.ask("badges", {"viewer": VIEWER, "handles": ["wrenwrites"]})["badges"]
    assert isinstance(badges, dict)
    assert badges["wrenwrites"]["decision"] == "no"


def test_taking_a_decision_back_restores_the_one_before(house: House) -> None:
    house.write("decision", {"decision": "wait", "days": 7})
    house.write("decision", {"decision": "no"}, op="decided-no-1")
    house.write("decision", {"item": "decided-no-1", "gone": True})
    decision = house.ask("person", {"viewer": VIEWER, "person": WREN})["decision"]
    assert isinstance(decision, dict)
    assert decision["decision"] == "wait"


def test_a_reason_can_be_added_to_the_decision_just_made(house: House) -> None:
    house.write("decision", {"decision": "no"}, op="decided-no-1")
    house.write("decision", {"item": "decided-no-1", "decision": "no", "reasons": ["adult"]})
    history = house.ask("vet", {"viewer": VIEWER, "person": WREN})["history"]
    assert isinstance(history, list)
    assert [one["reasons"] for one in history] == [["adult"]]


def test_all_decisions_are_kept_and_told_in_order(house: House) -> None:
    for number, decision in enumerate(["wait", "no", "follow_back"]):
        house.time[0] = NOW + number * DAY
        house.write("decision", {"decision": decision})
    history = house.ask("vet", {"viewer": VIEWER, "person": WREN})["history"]
    assert isinstance(history, list)
    assert [one["decision"] for one in history] == ["wait", "no", "follow_back"]


def test_decisions_survive_the_stub_becoming_an_id(house: House) -> None:
    show(house, bola(id=None))
    house.write("decision", {"decision": "no", "reasons": ["adult"]}, person={"handle": "bolaprints"})
    show(house, bola(), at=NOW)
    decision = house.ask("person", {"viewer": VIEWER, "person": BOLA})["decision"]
    assert isinstance(decision, dict)
    assert decision["reasons"] == ["adult"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"decision": "block"}, "decision"),
        ({"decision": "no", "reasons": ["spammer"]}, "reasons"),
        ({"decision": "wait", "days": 0}, "days"),
        ({"decision": "wait", "days": True}, "days"),
        ({"decision": "no", "text": "x" * 501}, "text"),
        ({"decision": "no", "colour": "red"}, "colour"),
        ({}, "decision"),
    ],
)
def test_what_is_no_decision_is_refused_with_its_field(house: House, body: dict[str, object], field: str) -> None:
    assert house.write("decision", body, expect=422)["field"] == field


def test_a_reason_is_found_by_search(house: House) -> None:
    house.write("decision", {"decision": "no", "reasons": ["own"], "text": "Rude to Ines at the fair"})
    people = house.ask("search", {"viewer": VIEWER, "q": "rude fair", "limit": 5})["people"]
    assert isinstance(people, list)
    assert people[0]["handle"] == "wrenwrites"


def test_a_decision_of_a_clock_that_was_ahead_is_older_than_the_next_one() -> None:
    ahead = {"item": "a", "at": MARCH + 700 * DAY, "decision": "wait", "days": 30}
    assert [one.sentence for one in decisions_of([ahead], MARCH)] == ["You chose to wait on 3 Mar"]
    later = {"item": "b", "at": MARCH + DAY, "decision": "no"}
    assert [one.decision for one in decisions_of([ahead, later], MARCH + 2 * DAY)] == ["wait", "no"]
    assert decisions_of([ahead, later], MARCH + 2 * DAY)[0].at == MARCH + DAY
