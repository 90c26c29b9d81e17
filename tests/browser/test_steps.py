"""The next step on the card, by keyboard: added, changed, put off, ticked, undone, and kept while nobody answers."""

from __future__ import annotations

from selenium.webdriver.common.keys import Keys

from tests.browser.axe import violations
from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.pages import XPage
from tests.browser.words import words
from tests.replica import people

WHO = {"viewer": {"id": people.ADA.id, "handle": people.ADA.handle}, "person": {"id": people.WREN.id}}
OPEN = ".step input[type=text]"


def step(house: House) -> dict[str, object]:
    found = house.ask("person", **WHO)["next_step"]
    return found if isinstance(found, dict) else {}


def test_a_step_is_added_changed_ticked_and_taken_back_by_keys(x: XPage, house: House) -> None:
    card = x.open_profile("wrenwrites")
    card.click(".state")
    card.press("n")
    card.part(OPEN)
    card.press(*"Send the proofs", Keys.ENTER)
    card.says("Send the proofs", ".next")
    until(lambda: step(house).get("words") == "Send the proofs", "the step to arrive")
    card.press("n")
    card.part(OPEN)
    card.press(Keys.END, *" today")
    with card.inside() as frame:
        assert violations(frame) == []
    card.press(Keys.ENTER)
    card.says("Send the proofs today", ".next")
    until(lambda: step(house).get("words") == "Send the proofs today", "the change to arrive")
    card.press("u")
    until(lambda: step(house).get("words") == "Send the proofs", "the undo to arrive")
    card.click(".next .tick")
    until(lambda: step(house) == {}, "the tick to count")
    card.press("u")
    until(lambda: step(house).get("words") == "Send the proofs", "the step to be open again")


def test_a_step_changed_while_nobody_answers_is_shown_and_arrives_later(x: XPage, house: House) -> None:
    house.write(WHO["viewer"], WHO["person"], "step", {"words": "Send it", "day": "2026-11-02", "start": "2026-11-02"})
    card = x.open_profile("wrenwrites")
    card.says("Send it", ".next")
    house.kill()
    card.click(".next .words")
    card.part(OPEN)
    card.press(Keys.END, *" twice", Keys.ENTER)
    card.says("Send it twice", ".next")
    card.saved(words("saidQueued"))
    card = x.open_profile("wrenwrites")
    card.says("Send it twice", ".next")
    card.click(".next .tick")
    until(lambda: not card.has(".next"), "the ticked step to leave")
    house.start()
    until(lambda: step(house) == {}, "both changes to arrive", 30.0)
