"""A late answer about a note, of before a save or of a change elsewhere, meets a box that is open by then."""

from __future__ import annotations

import json

from selenium.webdriver.common.keys import Keys

from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.pages import Card, XPage, patient
from tests.browser.test_main_path import VIEWER, WREN, stored_note

HOLD = """
const [text] = arguments;
const send = Protocol.send;
const held = new Promise((resolve) => { globalThis.letGo = resolve; });
Protocol.send = async (name, ...rest) => {
  const answer = await send(name, ...rest);
  if (name !== "person.get" || (answer.card?.note?.text ?? "") !== text) return answer;
  globalThis.holds = true;
  return held.then(() => answer);
};
"""
ASK = "CardPage.shown().load().then(() => { globalThis.cameLate = true; });"


def hold_answers(card: Card, text: str) -> None:
    """Hold back what the card is answered from now on, where that has this text as the note."""
    card.measure(f"(function () {{ {HOLD} }})({json.dumps(text)})")


def ask(card: Card) -> None:
    """Let the card ask, until its answer is held back."""
    card.measure(ASK)
    patient(lambda: holds(card, "globalThis.holds"), "an answer to hold back")


def let_go(card: Card) -> None:
    """Let the card have what was held back."""
    card.measure("globalThis.letGo()")
    patient(lambda: holds(card, "globalThis.cameLate"), "the late answer")


def holds(card: Card, expression: str) -> None:
    """Assert that an expression is true in the card's frame."""
    assert card.measure(f"return Boolean({expression})")


def test_what_was_asked_before_a_save_and_comes_after_it_takes_nothing_of_the_note_away(x: XPage, house: House) -> None:
    card = x.open_profile("wrenwrites")
    hold_answers(card, "")
    ask(card)
    card.click(".note .text")
    card.press(*"a whole thought")
    until(lambda: stored_note(house) == "a whole thought", "the text on disk")
    patient(lambda: holds(card, "CardPage.shown().editor.state.stored === 'a whole thought'"), "the card to know")
    let_go(card)
    assert card.measure("return CardPage.shown().editor.state.draft") == "a whole thought"
    card.press(Keys.ENTER, control=True)
    assert card.note() == "a whole thought"


def test_a_note_changed_elsewhere_comes_into_a_box_that_was_opened_a_moment_before(x: XPage, house: House) -> None:
    card = x.open_profile("wrenwrites")
    hold_answers(card, "from elsewhere")
    house.write(VIEWER, WREN, "note", {"text": "from elsewhere"})
    ask(card)
    card.click(".note .text")
    card.part(".note textarea")
    let_go(card)
    card.press(*" and here")
    until(lambda: stored_note(house) == "from elsewhere and here", "both on disk")
