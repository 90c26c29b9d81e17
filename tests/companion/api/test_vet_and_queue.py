"""The routes of vetting: the report, the queue of new followers, the topics."""

from __future__ import annotations

import msgspec
import pytest

from companion.api import vet
from companion.api.card_schemas import Card
from companion.domain.dates import DAY
from companion.domain.sightings import ListPage, Post, Relation, Understanding
from companion.vetting.look import Inspectors
from tests.companion.conftest import NOW, VIEWER, House
from tests.companion.vetting.service_help import BOLA, account, bola, eyes, offers, shop, show

Json = dict[str, object]


def queue(house: House) -> Json:
    return house.ask("queue", {"viewer": VIEWER})


def handles(house: House) -> list[str]:
    people = queue(house)["people"]
    assert isinstance(people, list)
    return [one["badge"]["handle"] for one in people]


def decide(house: House, person: str, **body: object) -> None:
    looked = house.ask("vet", {"viewer": VIEWER, "person": {"id": person}})["fingerprint"]
    house.write("decision", {"decision": "no", "looked_at": looked, **body}, person={"id": person})


def test_the_report_has_the_verdict_the_rows_and_what_is_missing(house: House) -> None:
    show(house, shop(), offers(27, 13))
    report = house.ask("vet", {"viewer": VIEWER, "person": {"handle": "bargainbarn"}})
    assert report["verdict"] in {"look_closer", "better_not"}
    rows = report["rows"]
    assert isinstance(rows, list)
    assert [row["name"] for row in rows][:2] == ["photo", "bio"]
    assert report["missing"] == ["link", "photo"]


def test_only_a_look_goes_out(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    show(house, shop())
    looked: list[bool] = []

    def opening() -> Inspectors:
        looked.append(True)
        return eyes()

    monkeypatch.setattr(vet, "network_inspectors", opening)
    house.ask("vet", {"viewer": VIEWER, "person": {"id": "2000008"}})
    assert looked == []
    report = house.ask("vet", {"viewer": VIEWER, "person": {"id": "2000008"}, "look": True})
    assert looked == [True]
    assert report["looked_at"] == NOW
    assert report["missing"] == ["posts"]


def test_a_report_needs_somebody(house: House) -> None:
    assert house.ask("vet", {"viewer": VIEWER, "person": {}}, expect=422)["field"] == "person"


def test_new_followers_wait_oldest_first_and_leave_when_decided_about(house: House) -> None:
    show(house, bola(), followed_at=NOW - 2 * DAY)
    show(house, shop(), followed_at=NOW - 5 * DAY)
    show(house, bola(id="7", handle="friend"), i_follow=True)
    show(house, bola(id="8", handle="stranger"), follows_me=None)
    assert handles(house) == ["bargainbarn", "bolaprints"]
    decide(house, "2000008")
    assert handles(house) == ["bolaprints"]
    decide(house, "2000004", decision="follow_back")
    done = queue(house)
    assert (done["people"], done["waiting"], done["decided_today"]) == ([], 0, 2)


def test_somebody_comes_back_when_the_bio_changed_and_says_what_was_decided(house: House) -> None:
    show(house, bola())
    decide(house, "2000004", reasons=["never_posts"])
    assert handles(house) == []
    show(house, bola(bio="A new life: letterpress."), at=NOW)
    people = queue(house)["people"]
    assert isinstance(people, list)
    assert people[0]["before"]["again"] == "bio"
    assert people[0]["before"]["sentence"].endswith("never posts")


def test_somebody_comes_back_when_the_wait_is_over(house: House) -> None:
    show(house, bola())
    decide(house, "2000004", decision="wait", days=7)
    house.time[0] = NOW + 6 * DAY
    assert handles(house) == []
    house.time[0] = NOW + 7 * DAY
    assert handles(house) == ["bolaprints"]


def test_a_decision_taken_back_puts_them_into_the_queue_again(house: House) -> None:
    show(house, bola())
    house.write("decision", {"decision": "no"}, person={"id": "2000004"}, op="decided-bola")
    assert handles(house) == []
    house.write("decision", {"item": "decided-bola", "gone": True}, person={"id": "2000004"})
    assert handles(house) == ["bolaprints"]


def test_only_a_few_are_handed_out_and_the_rest_is_counted(house: House) -> None:
    for number in range(25):
        show(house, bola(id=str(3_000_000 + number), handle=f"new{number}"), followed_at=NOW - number)
    found = queue(house)
    people = found["people"]
    assert isinstance(people, list)
    assert (len(people), found["waiting"]) == (10, 25)


def test_those_decided_about_make_no_room_for_others_and_are_counted_on_their_day_only(house: House) -> None:
    for number in range(30):
        show(house, bola(id=str(3_000_000 + number), handle=f"new{number}"), at=NOW - 60 + number)
        if number < 25:
            decide(house, str(3_000_000 + number))
    house.write("decision", {"decision": "no"}, person={"handle": "stranger"})
    found = queue(house)
    assert handles(house) == [f"new{number}" for number in range(25, 30)]
    assert (found["waiting"], found["decided_today"]) == (5, 25)
    house.time[0] = NOW + 2 * DAY
    assert queue(house)["decided_today"] == 0


def test_all_are_looked_at_only_once_the_list_was_seen_to_its_end(house: House) -> None:
    assert queue(house)["whole"] is False
    show(house, bola())
    assert queue(house)["whole"] is False
    owner = account(house).owner
    whole = ListPage(owner, "followers", None, None, ["2000004"], end=True)
    house.stores.ledger.record(owner, Understanding(op="Followers", lists=[whole]), NOW)
    assert queue(house)["whole"] is True


def test_topics_are_kept_each_once_in_a_file_that_the_user_can_edit(house: House) -> None:
    assert house.ask("topics", {}) == {"topics": []}
    assert house.ask("topics", {"topics": ["small  press", "riso", "riso", " "]}) == {"topics": ["small press", "riso"]}
    path = house.settings.data / "vetting" / "topics.txt"
    assert path.read_text(encoding="utf-8") == "small press\nriso\n"
    path.write_text("# by hand\ntea\n", encoding="utf-8")
    assert house.ask("topics", {}) == {"topics": ["tea"]}


def test_a_damaged_list_of_the_users_is_named_and_everything_else_goes_on(house: House) -> None:
    show(house, bola())
    folder = house.settings.data / "vetting"
    folder.mkdir()
    (folder / "words.json").write_text("{", encoding="utf-8")
    answer = house.ask("vet", {"viewer": VIEWER, "person": {"id": "2000004"}}, expect=400)
    assert "words.json" in str(answer["message"])
    assert handles(house) == ["bolaprints"]


def test_the_users_words_replace_a_category(house: House) -> None:
    show(house, bola())
    folder = house.settings.data / "vetting"
    folder.mkdir()
    own = '{"source": "mine", "categories": {"money": {"en": ["file checks"]}}}'
    (folder / "words.json").write_text(own, encoding="utf-8")
    findings = house.ask("vet", {"viewer": VIEWER, "person": {"id": "2000004"}})["findings"]
    assert isinstance(findings, list)
    assert "bio_money" in {finding["code"] for finding in findings}


def test_the_followers_seen_so_far_are_filtered_and_sorted(house: House) -> None:
    show(house, bola(), at=NOW - 5 * DAY)
    show(house, shop(), at=NOW - 2 * DAY)
    show(house, bola(id="7", handle="friend", name="Ann"), i_follow=True)
    show(house, bola(id="8", handle="stranger"), follows_me=False)

    def listed(**how: str) -> list[str]:
        people = house.ask("followers", {"viewer": VIEWER, **how})["people"]
        assert isinstance(people, list)
        return [one["handle"] for one in people]

    assert listed() == ["bolaprints", "bargainbarn", "friend"]
    assert listed(sort="newest") == ["friend", "bargainbarn", "bolaprints"]
    assert listed(show="not_followed", sort="name") == ["bargainbarn", "bolaprints"]
    assert listed(show="followed") == ["friend"]
    assert house.ask("followers", {"viewer": VIEWER, "sort": "beauty"}, expect=422)["field"] == "sort"


def test_the_card_says_without_vetting_what_an_account_plainly_does_and_forecasts_nothing_of_software(
    house: House,
) -> None:
    thanks = [f"Thanks for the follow @guest{n}! via @TweetJukebox" for n in range(16)]
    texts = [*thanks, *(f"Riso print {'abcdefgh'[n] * 3} is drying" for n in range(8))]
    printed = [Post(str(10 + n), "2000004", "bolaprints", text, NOW - n) for n, text in enumerate(texts)]
    show(house, bola(), printed[16:])
    assert told(house) == ([], True)
    show(house, bola(), printed)
    assert told(house) == (["thanks automatically (16 of 24)"], False)


def told(house: House) -> tuple[list[str], bool]:
    """The habits on Bola's card, and whether it says what would change the number."""
    card = msgspec.convert(house.ask("person", {"viewer": VIEWER, "person": BOLA}), Card)
    forecasts = {"would_need_days", "if_they_write_today", "if_silent_for_days"}
    codes = {reason.code for reason in card.judgement.reasons}
    return [habit.words for habit in card.habits if habit.code != "only_sends"], bool(codes & forecasts)


def test_you_followed_back_is_said_until_it_was_seen_that_you_do_not_follow(house: House) -> None:
    show(house, bola())
    decide(house, "2000004", decision="follow_back")

    def decision() -> object:
        return house.ask("person", {"viewer": VIEWER, "person": BOLA})["decision"]

    assert decision() is not None
    seen = Understanding("Following", [bola()], [], [Relation("2000004", "bolaprints", i_follow=False)])
    house.stores.ledger.record("1000001", seen, NOW + DAY)
    assert decision() is None
    decide(house, "2000004", decision="unfollowed", reasons=["sells_followers"])
    told = decision()
    assert isinstance(told, dict)
    assert str(told["sentence"]).startswith("You unfollowed on ")
