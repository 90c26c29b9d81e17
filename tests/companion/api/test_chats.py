"""POST /v1/chats: the hour that runs and those talked with in it; afterwards the way to the recap; else nothing."""

from __future__ import annotations

import re
from datetime import date, time

from companion.access.links import PAGE_PATTERN
from companion.domain.chat_times import Chat, last_sessions
from companion.domain.sightings import Interaction, Person, Understanding
from companion.practice import chats
from tests.companion.conftest import NOW, VIEWER, WREN, House
from tests.companion.practice.test_chats import BOOKCHAT

HANA, LURKER = "7700001", "7700002"
SESSION = last_sessions(Chat("#bookchat", date(2026, 9, 2), time(20), "UTC"), NOW, 1)[0]


def running(house: House, after: int) -> list[dict[str, object]]:
    """What is told so many seconds after the chat's beginning."""
    house.time[0] = SESSION.start + after
    found = house.ask("chats", {"viewer": VIEWER})["chats"]
    assert isinstance(found, list)
    return found


def named(house: House) -> None:
    chats.save(house.stores.notebook, SESSION.chat)
    at = SESSION.start
    acts = [
        Interaction("in", "reply", at + 60, "1", id=HANA, post="1", chat="#bookchat"),
        Interaction("in", "reply", at + 70, "2", id=WREN["id"], post="2", chat="#bookchat"),
        Interaction("out", "reply", at + 90, "3", id=WREN["id"], post="3", chat="#bookchat"),
        Interaction("in", "reply", at + 90, "4", id=LURKER, post="4"),
    ]
    people = [Person(HANA, "hanasole", "Hana Sole"), Person(WREN["id"], WREN["handle"]), Person(LURKER, "lurker")]
    ledger = house.stores.ledger
    owner = ledger.owner_for(VIEWER["id"], VIEWER["handle"], at)
    ledger.record(owner, Understanding("TweetDetail", people, [], [], acts), at + 100)


def test_without_a_chat_and_outside_of_its_hours_nothing_is_told(house: House) -> None:
    assert running(house, 600) == []
    named(house)
    assert running(house, -3600) == []
    assert running(house, 14 * 3600) == []


def test_while_it_runs_exactly_those_who_talked_with_the_user_are_told(house: House) -> None:
    named(house)
    [chat] = running(house, 600)
    assert (chat["tag"], chat["running"], chat["end"]) == ("#bookchat", True, SESSION.end)
    people = chat["people"]
    assert isinstance(people, list)
    assert [(one["badge"]["handle"], one["they"], one["you"]) for one in people] == [
        ("wrenwrites", 1, 1), ("hanasole", 1, 0),
    ]  # fmt: skip


def test_afterwards_the_recap_is_one_press_away(house: House) -> None:
    named(house)
    [chat] = running(house, 3700)
    assert chat["running"] is False
    assert chat["path"] == f"/web/chats?chat=bookchat&day={SESSION.day.isoformat()}"
    house.ask("dashboard", {"path": chat["path"]})


def test_on_a_day_without_it_nothing_is_told(house: House) -> None:
    named(house)
    chats.leave_out(house.stores.notebook, BOOKCHAT.key, SESSION.day, out=True)
    assert running(house, 600) == []


def test_a_tag_of_any_script_has_a_path_that_the_dashboard_opens(house: House) -> None:
    assert re.fullmatch(PAGE_PATTERN, chats.recap_path("陶芸チャット", SESSION.day))


def test_the_card_of_somebody_talked_with_says_so_while_it_runs(house: House) -> None:
    named(house)

    def chat_now(person: dict[str, str], after: int) -> object:
        house.time[0] = SESSION.start + after
        return house.ask("person", {"viewer": VIEWER, "person": person})["chat_now"]

    both = {"tag": "#bookchat", "until": SESSION.end, "they": 1, "you": 1}
    assert chat_now(WREN, 600) == both
    assert chat_now({"id": LURKER}, 600) is None
    assert chat_now(WREN, 3600 + 1000) is None
