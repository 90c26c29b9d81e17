"""Too little seen: X's API is offered with its price where the user set it up, and asked on their press alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from companion.sources.x_api.client import STAND_IN
from companion.sources.x_api.prices import MICRO
from companion.sources.x_api.spending import Spending
from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.keys_at_hand import ADDRESS
from tests.browser.pages import Card, XPage
from tests.browser.test_vetting import followers, press_vet
from tests.browser.words import words
from tests.companion.sources.x_api.stand_in import StandIn, tweet, user
from tests.companion_process import CompanionProcess
from tests.replica import people


@pytest.fixture
def x_api(house: House) -> Iterator[StandIn]:
    """X's API on this machine, with Bargain Barn, and the companion started anew with a key to it."""
    with StandIn() as stand_in:
        number = people.BARGAIN.id
        stand_in.users = {"barn": user(number, "bargainbarn", description="Best deals daily! DM for promo")}
        stand_in.lists = {f"/2/users/{number}/tweets": [tweet(at, number, f"Mug {at} for $5") for at in range(1, 21)]}
        old = house.process
        old.stop()
        house.process = CompanionProcess(
            old.data, old.port, {STAND_IN: stand_in.base, "PYTHON_KEYRING_BACKEND": ADDRESS}
        ).start()
        house.process.secret, house.process.origin = old.secret, old.origin
        yield stand_in


def thin_report(x: XPage) -> Card:
    """Vet somebody of whom only a row of a list was seen."""
    followers(x)
    card = press_vet(x, "bargainbarn")
    card.says(words("vetMissing_posts"), ".vet")
    card.says(words("vetOpenProfile"), ".vet")
    return card


def test_the_price_stands_on_the_button_and_what_came_and_was_spent_is_said(
    x: XPage, house: House, x_api: StandIn
) -> None:
    Spending(house.process.data).set_cap(MICRO)
    card = thin_report(x)
    card.says("$0.11", "[data-more]")
    assert x_api.asked == []
    card.click("[data-more]")
    card.says("20 posts for $0.11", ".top + .unseen")
    card.says("20 seen", ".vet .f")
    assert "dm for promo" in card.text(".vet .f")
    assert not card.has("[data-more]")


def test_a_spent_cap_is_said_in_its_sentence_and_nothing_is_asked(x: XPage, house: House, x_api: StandIn) -> None:
    Spending(house.process.data).set_cap(5_000)
    card = thin_report(x)
    card.click("[data-more]")
    card.says("today's cap of $0.005", ".top + .unseen")
    assert x_api.asked == []


def test_without_a_cap_there_is_no_such_button(x: XPage, house: House, x_api: StandIn) -> None:
    card = thin_report(x)
    until(lambda: words("vetLooking") not in card.text(".vet"), "link and photo to be looked at")
    assert not card.has("[data-more]")
