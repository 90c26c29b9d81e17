"""Usable by everybody: by keyboard alone, by screen readers, in every theme, right to left, at twice the size."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.axe import violations, violations_in
from tests.browser.chromium import Chromium
from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.pages import Card, XPage, patient
from tests.browser.test_main_path import WREN, stored_note
from tests.browser.test_timeline import VIEWER
from tests.replica.server import Replica
from tests.replica.world import Theme

THEMES: list[Theme] = ["light", "dim", "dark"]


def fill(house: House) -> None:
    """Give Wren a note and tags, so that every part of the card is there."""
    house.write(VIEWER, WREN, "note", {"text": "Phone first. https://wrenwrites.example/letters has the list."})
    house.write(VIEWER, WREN, "tags", {"tags": ["small press", "The Watchlist"]})


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_in_card_and_mark(x: XPage, house: House, replica: Replica, theme: Theme) -> None:
    replica.world.look.theme = theme
    fill(house)
    x.open("/wrenwrites/with_replies")
    card = x.card()
    card.says("Phone first")
    with card.inside() as frame:
        assert violations(frame) == []
    x.badge_of("wrenwrites", "small press")
    mark = x.driver.find_element(By.CSS_SELECTOR, "[data-mutuals=badge]").shadow_root
    assert violations_in(x.driver, mark) == []


@pytest.mark.parametrize("page", ["pages/panel.html", "pages/options.html", "pages/welcome.html"])
def test_axe_finds_nothing_in_our_own_pages(chromium: Chromium, house: House, page: str) -> None:
    fill(house)
    chromium.driver.get(chromium.url(page))
    until(lambda: chromium.driver.find_elements(By.CSS_SELECTOR, "main, h1, input"), "the page to draw itself")
    assert violations(chromium.driver) == []


FOCUSED = """const { dataset, localName } = document.activeElement;
return dataset.mutuals ?? dataset.testid ?? localName;"""
"""What has the focus: a kind of our leaves, what X calls it, or its tag."""


def focus_card(x: XPage) -> None:
    """Walk there by Tab, from X's own buttons.

    Into a frame the focus goes by way of another process, and is nowhere until then: a person would not press on.
    """

    def focused() -> str:
        return str(x.driver.execute_script(FOCUSED))

    patient(lambda: x.driver.find_element(By.CSS_SELECTOR, "[data-testid=userActions]"), "X's buttons")
    x.driver.execute_script("document.querySelector('[data-testid=userActions]').focus()")
    passed: list[str] = []
    while len(passed) < 30:
        ActionChains(x.driver).send_keys(Keys.TAB).perform()
        until(lambda: focused() != "body", "the focus to be somewhere")
        passed.append(focused())
        if passed[-1] == "card":
            return
    raise AssertionError(f"Tab never reached the card, but {passed}")


def test_a_note_and_a_tag_by_keyboard_alone_with_none_of_the_keys_reaching_x(x: XPage, house: House) -> None:
    card = x.open_profile("wrenwrites")
    focus_card(x)
    card.press("e")
    card.part(".note textarea")
    card.press(*"knows all about letterpress, l j n k")
    card.press(Keys.ENTER, control=True)
    card.saved()
    assert stored_note(house) == "knows all about letterpress, l j n k"
    card.press("t")
    card.part(".tagbox input")
    card.press(*"small press", Keys.ENTER)
    card.says("small press", ".chips")
    card.press(Keys.ESCAPE)
    reached = x.driver.execute_script("return window.Replica.shortcuts.filter((key) => key.length === 1)")
    assert reached == []
    assert x.driver.current_url.endswith("/wrenwrites")


def test_escape_brings_back_the_text_from_before_the_edit(x: XPage, house: House) -> None:
    card = x.open_profile("wrenwrites")
    card.write("Keep this.")
    card.saved()
    card.click(".note .text")
    card.part(".note textarea")
    card.press(*" Not this.", Keys.ESCAPE)
    card.says("Keep this.", ".note")
    until(lambda: stored_note(house) == "Keep this.", "the text from before")
    assert card.note() == "Keep this."


def fits(x: XPage, card: Card) -> None:
    """Assert that the card lies inside its column and hides nothing beside its edge."""
    left, right = x.driver.execute_script(
        "const [host, column] = ['[data-mutuals=card]', '[data-testid=primaryColumn]'].map((css) =>"
        " document.querySelector(css).getBoundingClientRect());"
        "return [host.left - column.left, column.right - host.right]"
    )
    assert left >= -1
    assert right >= -1
    hidden = card.measure(
        "const [page, node] = [document.documentElement, document.querySelector('.m')];"
        "return [page.scrollWidth - page.clientWidth, node.scrollWidth - node.clientWidth]"
    )
    assert isinstance(hidden, list)
    assert max(hidden) <= 1


@pytest.fixture
def zoomed(chromium: Chromium) -> Iterator[None]:
    """The window as it is at 200 %."""
    size = {"width": 640, "height": 500, "deviceScaleFactor": 2, "mobile": False}
    chromium.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    yield
    chromium.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.usefixtures("zoomed")
def test_at_twice_the_size_the_card_keeps_inside_its_column(x: XPage, house: House, replica: Replica) -> None:
    replica.world.look.font_size = 20
    fill(house)
    card = x.open_profile("wrenwrites")
    card.says("Phone first")
    fits(x, card)


@pytest.mark.parametrize("theme", THEMES)
def test_where_x_is_right_to_left_the_card_fits_and_our_own_words_run_as_our_language_does(
    x: XPage, house: House, replica: Replica, theme: Theme
) -> None:
    replica.world.look.direction = "rtl"
    replica.world.look.language = "ar"
    replica.world.look.theme = theme
    fill(house)
    card = x.open_profile("wrenwrites")
    card.says("Phone first")
    fits(x, card)
    assert card.measure("return getComputedStyle(document.querySelector('.m')).direction") == "ltr"
