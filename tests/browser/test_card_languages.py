"""The language chosen in the options stands on the card; in each language the narrow card holds all its words."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

from companion.i18n.languages import LANGUAGES, direction, tag
from tests.browser.chromium import Chromium
from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.options import OptionsPage
from tests.browser.pages import Card, XPage, patient
from tests.browser.test_main_path import VIEWER, WREN
from tests.browser.words import words
from tests.replica.server import Replica

WIDTHS = (320, 360)
"""Of the card, in px: the narrowest phones, and X's column on a small screen."""
EDGES = 2
"""Pixels of the frame's own border."""
LANGUAGE = "return [document.documentElement.lang, document.documentElement.dir]"
NARROW = """
const [host, width] = [document.querySelector("[data-testid=primaryColumn] [data-mutuals=card]"), arguments[0]];
host.parentElement.style.setProperty("inline-size", `${width}px`, "important");
return host.getBoundingClientRect().width;
"""
ACTS = "return CardActions.fitting(CardPage.shown()).filter(({ key }) => key).map(({ key }) => key)"
ACT = "CardPage.shown().act(arguments[0])"
CUT = """
const shown = (node) => node.checkVisibility() && node.getClientRects().length > 0;
const clips = (node) => /hidden|clip|auto|scroll/.test(getComputedStyle(node).overflowX);
const unseen = (node) => node.clientWidth <= 1;
const wide = (node) => node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display !== "inline";
const outside = ({ left, right }) => left < -1 || right > innerWidth + 1;
const told = (node) => `${node.tagName}.${node.className}: ${node.textContent.trim()}`.slice(0, 90);
const all = [...document.querySelectorAll("main *")].filter((node) => node instanceof HTMLElement && shown(node));
const cut = all.filter((node) => !unseen(node) && node.tagName !== "INPUT" && node.tagName !== "SELECT" &&
  ((wide(node) && (clips(node) || node.tagName === "BUTTON")) || outside(node.getBoundingClientRect())));
const scrolls = document.documentElement.scrollWidth > innerWidth + 1 ? ["the card scrolls sideways"] : [];
return [innerWidth, [...scrolls, ...cut.map(told)]];
"""


def choose(chromium: Chromium, code: str) -> None:
    """Choose a language in the options, as a person does, and wait until the page speaks it."""
    page = OptionsPage(chromium)
    page.open()
    if page.field("language").get_attribute("value") != code:
        chromium.driver.execute_script("document.body.id = 'before'")
        Select(page.field("language")).select_by_value(code)
        # also where they spoke it already: the page is loaded again, which would end the way to another page
        until(lambda: not chromium.driver.execute_script("return document.body?.id"), "the options to be loaded again")
    until(lambda: chromium.driver.execute_script(LANGUAGE) == [tag(code), direction(code)], f"the options in {code}")
    patient(lambda: chosen(page, code), "the list of languages, which is filled after the words")


def chosen(page: OptionsPage, code: str) -> None:
    """Assert that the list of languages is there and says the chosen one."""
    assert page.field("language").get_attribute("value") == code


@pytest.fixture
def card(x: XPage, house: House, replica: Replica) -> Card:
    """Wren's card with everything on it: history, score, note, tags, a name of the user's own, a next step."""
    replica.world.look.page_size = 400
    x.open("/adaquill/with_replies")
    until(lambda: house.ask("person", viewer=VIEWER, person=WREN)["you"] == 11, "the viewer's replies to be taken in")
    bodies: dict[str, dict[str, object]] = {
        "note": {"text": "Looking for essayists for the spring issue."},
        "tags": {"tags": ["small press", "met at #bookchat"]},
        "alias": {"alias": "Wren of the spring issue"},
        "step": {"words": "Send the Abeokuta interview", "day": "2026-03-02"},
    }
    for kind, body in bodies.items():
        house.write(VIEWER, WREN, kind, body)
    return Card(x.browser, "[data-testid=primaryColumn] [data-mutuals=card]")


def cut_at(x: XPage, card: Card, width: int) -> list[tuple[str, object]]:
    """Narrow the card, run each of its actions in turn, and return what is cut, with the action's key."""
    space = width - float(x.driver.execute_script(NARROW, width))  # what X's column keeps free beside it
    x.driver.execute_script(NARROW, width + space)
    until(lambda: abs(int(str(measured(card)[0])) - width) <= EDGES, f"a card of {width} px")
    found = [("", measured(card)[1])]
    with card.inside() as frame:
        keys = list(frame.execute_script(ACTS))
    for key in keys:
        with card.inside() as frame:
            frame.execute_script(ACT, key)
            frame.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
        found.append((key, measured(card)[1]))
    return [one for one in found if one[1]]


def measured(card: Card) -> list[object]:
    """Return the card's width and what is cut in it."""
    told = card.measure(CUT)
    assert isinstance(told, list)
    return told


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_card_speaks_the_chosen_language_and_cuts_none_of_its_words(
    chromium: Chromium, x: XPage, card: Card, code: str
) -> None:
    choose(chromium, code)
    x.open_profile("wrenwrites")
    until(lambda: card.measure(LANGUAGE) == [tag(code), direction(code)], f"the card in {code}")
    assert {width: cut_at(x, card, width) for width in WIDTHS} == {width: [] for width in WIDTHS}


def test_as_the_browser_is_the_way_back(chromium: Chromium, x: XPage, card: Card) -> None:
    choose(chromium, "de")
    driver = chromium.driver
    Select(driver.find_element(By.ID, "language")).select_by_value("")
    until(lambda: driver.execute_script(LANGUAGE) == ["en", "ltr"], "the options as the browser")
    x.open_profile("wrenwrites").says(words("follow_yes_yes"))
