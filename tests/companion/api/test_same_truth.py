"""A mark, a panel row, the card and the person's page say the same: state, score, last contact, next step."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from companion.domain.dates import DAY, local_day
from companion.domain.sightings import Interaction, Person, Understanding
from companion.domain.wording import STATES
from companion.machine_zone import MACHINE
from companion.store.account import Account
from companion.web import wording
from tests.companion.conftest import VIEWER, House
from tests.companion.web import town
from tests.companion.web.browser import Browser, Page
from tests.replica import people

SHARED = ("score", "state", "band", "was", "you", "they", "last_in", "last_out", "follows_me", "i_follow", "alias")
"""What a mark has in common with the card."""
LOOKED_AT = 18


@pytest.fixture(params=(1, 2, 3))
def dice(request: pytest.FixtureRequest) -> random.Random:
    """Chance that comes again."""
    seed: int = request.param
    return random.Random(seed)


@pytest.fixture
def crowd(house: House, dice: random.Random) -> list[people.Account]:
    """Some people of the town: some with steps, of which some are past, done, put off or on no day."""
    house.time[0] = town.NOW
    account = Account(house.stores.notebook, house.stores.ledger, VIEWER["id"])
    town.settle(account, town.NOW)
    chosen = dice.sample([*people.FEATURED, *people.invent(town.NEIGHBOURS)], LOOKED_AT)
    for one in chosen:
        for number in range(dice.randrange(4)):
            step(house, one, dice, number)
        if dice.random() < 0.3:
            house.write("alias", {"alias": f"Friend {one.handle[:5]}"}, person={"id": one.id})
    return chosen


def step(house: House, one: people.Account, dice: random.Random, number: int) -> None:
    """Write a next step of some kind."""
    today = local_day(town.NOW, MACHINE)
    day = (today + timedelta(days=dice.randrange(-9, 9))).isoformat()
    body: dict[str, object] = {"words": f"Step {number} with {one.handle}"}
    if dice.random() < 0.8:
        body |= {"day": day, "start": day}
    if "day" in body and dice.random() < 0.3:
        body["every"] = "3 weeks"
    if dice.random() < 0.2:
        body["done"] = today.isoformat()
    if "day" in body and dice.random() < 0.3:
        body["later"] = (today + timedelta(days=3)).isoformat()
    house.write("step", body, person={"id": one.id})


def asked(house: House, resource: str, **more: object) -> dict[str, object]:
    return house.ask(resource, {"viewer": VIEWER, **more})


def people_of(answer: dict[str, object]) -> list[dict[str, object]]:
    people = answer["people"]
    assert isinstance(people, list)
    return people


def told_on(page: Page, name: str) -> str:
    """What a line of facts on the person's page says."""
    lines = dict(zip(page.texts("dl.facts dt"), page.texts("dl.facts dd"), strict=True))
    return lines[name]


def test_a_mark_a_panel_row_the_card_and_the_page_say_the_same(house: House, crowd: list[people.Account]) -> None:
    web = Browser(house.app, house.stores)
    marks = asked(house, "badges", handles=[one.handle for one in crowd])["badges"]
    rows = {one["id"]: one for one in people_of(asked(house, "recent", limit=50)) if one["id"]}
    assert isinstance(marks, dict)
    for one in crowd:
        card = asked(house, "person", person={"id": one.id, "handle": one.handle})
        judged, last = card["judgement"], card["last"]
        assert isinstance(judged, dict)
        assert isinstance(last, dict)
        for shown in [marks[one.handle.lower()], rows.get(one.id)]:
            assert shown is None or {name: shown[name] for name in SHARED} == {name: card[name] for name in SHARED}
        assert (judged["value"], judged["state"]) == (card["score"], card["state"])
        page = web.get(f"/web/person/{one.id}")
        words = STATES[judged["state"]] + (f", was {judged['was']}" if judged["was"] is not None else "")
        assert page.texts(".person-head p b")[0] == words, one.handle
        assert page.one(".person-head .score").text() == ("?" if card["score"] is None else str(card["score"]))
        for name, at in (("Last from them", card["last_in"]), ("Last from you", card["last_out"])):
            assert at is None or isinstance(at, int)
            assert told_on(page, name) in (wording.since_spoken(at, town.NOW), "not seen yet" if at is None else "")
        they = "?" if card["they"] is None else card["they"]
        assert told_on(page, "Days each wrote").startswith(f"you {card['you']} / they {they}"), one.handle
        next_step = card["next_step"]
        first = next(iter(page.texts(".steps b")), None)
        assert first == (next_step["words"] if isinstance(next_step, dict) else None), one.handle


def test_the_last_words_on_the_card_are_those_of_the_last_contact(house: House, crowd: list[people.Account]) -> None:
    for one in crowd:
        card = asked(house, "person", person={"id": one.id})
        last = card["last"]
        assert isinstance(last, dict)
        for way in ("in", "out"):
            contact, at = last[way], card[f"last_{way}"]
            assert (contact["at"] if contact else None) == at, (one.handle, way)


def test_where_only_ones_own_side_is_known_theirs_is_unknown_on_all_of_them_and_no_zero(house: House) -> None:
    house.time[0] = town.NOW
    acts = [Interaction("out", "reply", town.NOW - 9 * DAY, "5", id="7700001", post="5")]
    archive = Understanding("archive", [Person("7700001", "hanasole")], [], [], acts)
    ledger = house.stores.ledger
    ledger.record(ledger.owner_for(VIEWER["id"], VIEWER["handle"], town.NOW), archive, town.NOW)
    card = asked(house, "person", person={"id": "7700001"})
    [row] = [one for one in people_of(asked(house, "recent")) if one["id"] == "7700001"]
    assert (card["you"], card["they"], row["you"], row["they"]) == (1, None, 1, None)
    page = Browser(house.app, house.stores).get("/web/person/7700001")
    assert told_on(page, "Days each wrote").startswith("you 1 / they ?")
