"""The search on X's page: opened by one key, worked by keys alone, and read by nobody on the page."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.options import OptionsPage
from tests.browser.page_world import PERSON, SCRIPT, SECRETS, VIEWER, learnt, tell
from tests.browser.pages import Card, XPage, patient
from tests.browser.test_main_path import stored_note
from tests.replica.server import Replica

WORDS = "owes me the lamp"
TYPED = "return window.Spy.log"
ELSEWHERE = "/adaquill/with_replies"
"""A page of X with a mark of Wren's that is not her profile."""


@pytest.fixture
def noted(x: XPage, house: House) -> XPage:
    """X's page, with a note about Wren."""
    house.write(VIEWER, PERSON, "note", {"text": WORDS})
    return x


def opened(x: XPage, path: str = ELSEWHERE) -> Card:
    """Press the key on X's page and return the dialog."""
    x.open(path)
    x.badge_of("wrenwrites") if path == ELSEWHERE else x.card()
    press(x, ";")
    palette = x.popover()
    palette.part(".palette input")
    return palette


def press(x: XPage, *keys: str) -> None:
    """Press keys wherever the focus is on X's page."""
    x.driver.switch_to.default_content()
    ActionChains(x.driver).send_keys(*keys).perform()


def is_open(x: XPage) -> bool:
    """Return whether the dialog is shown."""
    return x.popover().has(".palette")


def test_a_word_of_a_note_finds_its_person_and_enter_goes_to_them(noted: XPage) -> None:
    palette = opened(noted)
    palette.press(*"lamp")
    palette.says(WORDS, ".pick")
    palette.press(Keys.ENTER)
    until(lambda: noted.driver.current_url.endswith("/wrenwrites"), "her profile")
    noted.driver.switch_to.default_content()
    noted.card().says(WORDS, ".note")


def test_what_is_typed_at_once_after_the_key_is_in_the_field(noted: XPage) -> None:
    noted.open(ELSEWHERE)
    noted.badge_of("wrenwrites")
    press(noted, ";", *"lamp")
    noted.popover().says(WORDS, ".pick")
    field = "return document.querySelector('.palette input').value"
    until(lambda: noted.popover().measure(field) == "lamp", "all letters in the field, in their order")


def test_letters_go_into_the_field_though_the_browser_took_the_focus_from_it_on_the_way(noted: XPage) -> None:
    palette = opened(noted)
    palette.measure("document.activeElement.blur()")
    palette.press(*"lamp")
    palette.says(WORDS, ".pick")


def test_a_note_is_written_from_it_without_leaving_the_page(noted: XPage, house: House) -> None:
    palette = opened(noted)
    palette.press(*"wren")
    palette.says("wrenwrites", ".pick")
    palette.press(Keys.TAB)
    palette.says("Note", ".palette")
    palette.press(Keys.ARROW_DOWN, Keys.ENTER)
    card = noted.popover()
    card.part("textarea")
    card.press(*", by June")
    card.press(Keys.ENTER, control=True)
    card.saved()
    assert stored_note(house) == f"{WORDS}, by June"
    assert noted.driver.current_url.endswith(ELSEWHERE)


def test_escape_steps_back_and_then_gives_the_keys_back_to_the_page(noted: XPage) -> None:
    palette = opened(noted)
    palette.press(*"wren")
    palette.says("wrenwrites", ".pick")
    palette.press(Keys.TAB)
    palette.says("Show the card", ".palette")
    palette.press(Keys.ESCAPE)
    palette.says("wrenwrites", ".pick")
    palette.press(Keys.ESCAPE)
    patient(lambda: shut(noted), "the dialog to close")
    press(noted, "j")
    assert "j" in noted.driver.execute_script("return window.Replica.shortcuts")


def shut(x: XPage) -> None:
    """Assert that nothing of the palette is left in the frame."""
    assert not is_open(x)


def test_in_a_field_of_xs_the_key_is_a_letter_as_any_other(noted: XPage) -> None:
    noted.open(ELSEWHERE)
    noted.badge_of("wrenwrites")
    noted.driver.execute_script("document.body.prepend(document.createElement('input'))")
    noted.driver.find_element("css selector", "body > input").send_keys(";")
    assert noted.driver.execute_script("return document.querySelector('body > input').value") == ";"
    assert not is_open(noted)


def choose(x: XPage, key: str) -> str:
    """Set the key on the options page; return what the field says against it."""
    options = OptionsPage(x.browser)
    options.open()
    options.field("palette").clear()
    options.field("palette").send_keys(key, Keys.TAB)
    return str(options.field("palette").get_property("validationMessage"))


def test_the_options_choose_another_key_and_refuse_a_letter(noted: XPage) -> None:
    assert "another sign" in choose(noted, "v")
    assert choose(noted, "#") == ""
    noted.open(ELSEWHERE)
    noted.badge_of("wrenwrites")
    press(noted, ";")
    press(noted, "#")
    noted.popover().part(".palette input")
    assert noted.popover().measure("return document.querySelector('.palette input').value") == ""


def test_no_probe_of_the_page_reads_what_is_found_or_typed(x: XPage, house: House, replica: Replica) -> None:
    replica.world.look.script = SCRIPT
    tell(house)
    palette = opened(x, "/wrenwrites")
    palette.press(*SECRETS[0][:-1])
    palette.says(SECRETS[0], ".pick")
    x.driver.switch_to.default_content()
    assert x.driver.execute_script(TYPED) == []
    assert learnt(lambda expression: x.driver.execute_script(f"return {expression}")) == {}
