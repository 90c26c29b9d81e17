"""A page of X that fades, shrinks or moves our frames in Firefox: a click that the user did not mean does nothing."""

from __future__ import annotations

from contextlib import suppress

import pytest

from tests.browser.bidi import Bidi
from tests.browser.devtools import until
from tests.browser.firefox_page import BADGE, Shown, card, drawn, popover, press_mark
from tests.browser.house import House
from tests.browser.page_world import (
    AIMED,
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
    VIEWER,
    tell,
)
from tests.browser.words import words
from tests.replica.server import Replica

TAG = SECRETS[1]
VET = "[data-mutuals=vet]"


def tags(house: House) -> str:
    """Return the tags of the person as the companion has them."""
    return str(house.ask("person", viewer=VIEWER, person=PERSON)["tags"])


@pytest.fixture
def shown(paired: Bidi, shared_house: House, replica: Replica) -> Shown:
    """The card of somebody with a tag, whose button to remove it stands at its place."""
    tell(shared_house)
    paired.open("https://x.com/wrenwrites")
    shown = card(paired)
    shown.says(TAG, ".chips")
    return shown


@pytest.mark.parametrize("how", FADED)
def test_a_click_on_what_the_page_fades_does_nothing_and_says_so(shown: Shown, shared_house: House, how: str) -> None:
    shown.browser.evaluate(FADED[how])
    shown.press_until(REMOVE, lambda: words("clickCovered") in shown.text(".saved"), "the refusal")
    assert TAG in tags(shared_house)


def test_a_click_in_a_popover_whose_host_the_page_fades_does_nothing(shown: Shown, shared_house: House) -> None:
    opened = press_mark(shown.browser)
    opened.says(TAG, ".chips")
    shown.browser.evaluate("document.body.style.cssText = 'filter:opacity(1%)'")
    opened.press_until(REMOVE, lambda: words("clickCovered") in opened.text(".saved"), "the refusal")
    assert TAG in tags(shared_house)


@pytest.mark.parametrize("how", MOVED)
def test_a_click_right_after_the_page_has_moved_the_card_does_nothing(
    shown: Shown, shared_house: House, how: str
) -> None:
    frame = shown.frame()
    shown.browser.evaluate(HIT, frame)

    def pressed() -> bool:
        place = shown.aim(REMOVE)
        shown.browser.evaluate(AIMED, frame)
        shown.browser.evaluate(MOVED[how])
        shown.browser.click(*place)
        until(lambda: shown.browser.evaluate("window.hit", frame), "the press to arrive")
        return shown.browser.evaluate("window.hit", frame) == "BUTTON"

    until(pressed, "a press on the button", 20)
    until(lambda: shown.browser.evaluate(REFUSED, frame), "the press to be refused")
    assert TAG in tags(shared_house)


def test_a_press_of_a_vet_button_that_the_page_fades_opens_nothing(paired: Bidi, replica: Replica) -> None:
    paired.open("https://x.com/adaquill/followers")
    until(lambda: drawn(paired, BADGE) and drawn(paired, VET), "a row with its mark and its Vet button")
    until(lambda: len(paired.frames()) == 1, "the popover's frame")
    button = paired.inside(paired.shadow(VET), "button")[0]
    (frame,) = paired.frames()
    until(lambda: paired.evaluate("document.querySelector('#card') !== null", frame), "the frame's page")
    paired.evaluate(OPENED, frame)
    paired.evaluate(f"{LIST}.opacity = '.01'")
    paired.click_on(button)
    until(lambda: paired.evaluate("document.activeElement.dataset.mutuals") == "vet", "the press to arrive")
    assert paired.evaluate(SIGHT)
    assert paired.evaluate("window.opened", frame) == 0, "it opened though it was faded when it was pressed"
    paired.evaluate(f"{LIST}.opacity = ''")

    def opened() -> bool:
        paired.click_on(button)
        with suppress(AssertionError):
            until(lambda: paired.evaluate("window.opened", frame), "it to open", seconds=1)
            return True
        return False

    until(opened, "a press of what lies open to count")
    popover(paired).has("document.querySelector('.vet .v') !== null")


def test_the_control_a_click_on_what_lies_open_counts(shown: Shown, shared_house: House) -> None:
    shown.press_until(REMOVE, lambda: TAG not in tags(shared_house), "the tag to be gone")
