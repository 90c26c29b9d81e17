"""A page of X that covers, fades, shrinks or moves our frames: a click that the user did not mean does nothing."""

from __future__ import annotations

from contextlib import suppress

import pytest
from selenium.webdriver.common.action_chains import ActionChains

from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.page_world import (
    AIMED,
    COVERED,
    FADED,
    HIT,
    LIST,
    MOVED,
    OPENED,
    PERSON,
    REFUSED,
    REMOVE,
    SECRETS,
    SIGHT,
    TOP_COVER,
    VIEWER,
    tell,
)
from tests.browser.pages import Card, XPage, patient, rest_on
from tests.browser.test_vetting import followers, vet_button
from tests.browser.words import words

TAG = SECRETS[1]


def tags(house: House) -> object:
    """Return the tags of the person as the companion has them."""
    return house.ask("person", viewer=VIEWER, person=PERSON)["tags"]


@pytest.fixture
def card(x: XPage, house: House) -> Card:
    """The card of somebody with a tag, whose button to remove it stands at its place."""
    tell(house)
    card = x.open_profile("wrenwrites")
    card.says(TAG, ".chips")
    return card


def aim(card: Card) -> None:
    """Rest the pointer on the button that removes the tag until the frame stands still."""

    def rest() -> None:
        with card.inside() as frame:
            rest_on(frame, frame.find_element("css selector", REMOVE))

    patient(rest, "the button to remove a tag")


def press(card: Card) -> None:
    """Press the mouse where it is."""
    ActionChains(card.driver).click().perform()


@pytest.mark.parametrize("how", [*COVERED, *FADED])
def test_a_click_on_what_the_page_hides_does_nothing_and_says_so(card: Card, house: House, how: str) -> None:
    aim(card)
    card.driver.execute_script({**COVERED, **FADED}[how])
    aim(card)
    press(card)
    card.says(words("clickCovered"), ".saved")
    assert TAG in str(tags(house))


def test_the_control_a_click_on_what_lies_open_counts(card: Card, house: House) -> None:
    aim(card)
    press(card)
    until(lambda: TAG not in str(tags(house)), "the tag to be gone")


@pytest.mark.parametrize("how", MOVED)
def test_a_click_right_after_the_page_has_moved_the_card_does_nothing(card: Card, house: House, how: str) -> None:
    aim(card)
    with card.inside() as frame:
        frame.execute_script(HIT)
        frame.execute_script(AIMED)
    card.driver.execute_script(f"return {MOVED[how]}")
    press(card)
    with card.inside() as frame:
        until(lambda: frame.execute_script("return window.hit") == "BUTTON", "the press to arrive")
        until(lambda: frame.execute_script(f"return {REFUSED}"), "the press to be refused")
    assert TAG in str(tags(house))


def test_a_click_in_a_popover_under_one_of_the_pages_own_does_nothing_and_says_so(x: XPage, house: House) -> None:
    tell(house)
    x.open("/wrenwrites")
    x.badge_of("wrenwrites", SECRETS[2])
    popover = x.open_mark()
    popover.says(TAG)
    aim(popover)
    x.driver.execute_script(TOP_COVER)
    aim(popover)
    press(popover)
    popover.says(words("clickCovered"), ".saved")
    assert TAG in str(tags(house))


HIDDEN_ROWS = {**COVERED, "no opacity": f"{LIST}.opacity = '.01'"}
UNHIDE = f"document.getElementById('cover')?.remove(); {LIST}.opacity = ''"


@pytest.mark.parametrize("how", HIDDEN_ROWS)
def test_a_press_of_a_vet_button_that_the_page_hides_opens_nothing(x: XPage, how: str) -> None:
    followers(x)
    x.badge_of("bargainbarn")  # the row moves when it comes
    button = vet_button(x, "bargainbarn")
    popover = x.popover()
    popover.measure(OPENED)
    x.driver.execute_script(HIDDEN_ROWS[how])
    ActionChains(x.driver).move_to_element(button).perform()
    x.driver.execute_script(f"return {SIGHT}")
    x.driver.execute_script(f"addEventListener('pointerdown', () => {{ {UNHIDE} }}, {{ capture: true, once: true }})")
    ActionChains(x.driver).click().perform()
    x.driver.execute_script(f"return {SIGHT}")
    assert not popover.measure("return window.opened"), "it opened though it was hidden when it was pressed"
    x.driver.execute_script(UNHIDE)

    def opened() -> bool:
        ActionChains(x.driver).move_to_element(button).click().perform()
        with suppress(AssertionError):
            until(lambda: popover.measure("return window.opened"), "it to open", seconds=1)
            return True
        return False

    until(opened, "a press of what lies open to count")
