"""The click on "fetch from X's API": off by default, refused in words, and the card filled when it is allowed."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest

from companion.sources.x_api import keys
from companion.sources.x_api.client import STAND_IN
from companion.sources.x_api.keys import Keys
from companion.sources.x_api.prices import MICRO
from companion.sources.x_api.spending import Spending
from tests.companion.conftest import VIEWER, WREN, House
from tests.companion.sources.x_api.stand_in import StandIn, tweet, user
from tests.companion.sources.x_api.test_keys import NO_KEY_STORE, MemoryKeyring

ASK = {"viewer": VIEWER, "person": WREN}


@pytest.fixture
def x(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """X's API on this machine, with Wren, and a key store in memory."""
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())
    with StandIn() as stand_in:
        stand_in.users = {"wren": user("2000001", "wrenwrites", description="Letters")}
        stand_in.lists = {"/2/users/2000001/tweets": [tweet(9, "2000001", "A plain day")]}
        monkeypatch.setenv(STAND_IN, stand_in.base)
        yield stand_in
    keyring.set_keyring(before)


def test_it_is_off_until_there_are_keys_and_a_cap(house: House, x: StandIn) -> None:
    assert "x-api login" in str(house.ask("x-api/person", ASK, 400)["message"])
    keys.store(Keys(bearer="token"))
    refused = house.ask("x-api/person", ASK, 402)
    assert (refused["error"], x.asked) == ("cap", [])
    told = house.ask("x-api", {})
    assert (told["keys"], told["cap"], told["spent"], told["person_cost"]) == ("bearer token", 0, 0, 110_000)


def test_a_click_fills_the_card_and_says_what_it_cost(house: House, x: StandIn) -> None:
    keys.store(Keys(bearer="token"))
    Spending(house.settings.data).set_cap(MICRO)
    told = house.ask("x-api/person", ASK)
    assert (told["posts"], told["cost"], told["spent"]) == (1, 15_000, 15_000)
    card = told["card"]
    assert isinstance(card, dict)
    assert (card["id"], card["handle"]) == ("2000001", "wrenwrites")
    assert "token" not in str(told)


def test_an_error_of_x_reaches_the_user_in_words(house: House, x: StandIn) -> None:
    keys.store(Keys(bearer="token"))
    Spending(house.settings.data).set_cap(MICRO)
    x.fail = lambda _path: (401, {"title": "Unauthorized"}, {})
    refused = house.ask("x-api/person", ASK, 502)
    assert (refused["error"], "(401)" in str(refused["message"])) == ("x-api", True)
    assert house.ask("x-api", {})["spent"] == 0


def test_without_a_key_store_the_status_says_so(house: House) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(NO_KEY_STORE)
    told = house.ask("x-api", {})
    keyring.set_keyring(before)
    assert (told["keys"], "key store" in str(told["problem"])) == (None, True)


def test_somebody_known_by_handle_alone_is_fetched_by_the_handle_without_an_at(house: House, x: StandIn) -> None:
    x.users = {"wrenwrites": user("2000001", "wrenwrites", description="Letters")}
    keys.store(Keys(bearer="token"))
    Spending(house.settings.data).set_cap(MICRO)
    card = house.ask("x-api/person", {"viewer": VIEWER, "person": {"handle": "wrenwrites"}})["card"]
    assert isinstance(card, dict)
    assert card["id"] == "2000001"
    assert x.asked[0][0] == "/2/users/by/username/wrenwrites"
