"""What is being typed is kept: X throws the card away, the worker dies, the extension is updated, its frame fails."""

from __future__ import annotations

import json
import os
import signal

from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Chromium
from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.pages import Card, XPage, patient
from tests.browser.test_main_path import stored_note
from tests.browser.words import words

HOST = "[data-testid=primaryColumn] [data-mutuals=card]"


def type_half(x: XPage) -> Card:
    """Begin a note and leave it open."""
    card = x.open_profile("wrenwrites")
    card.click(".note .text")
    card.part(".note textarea")
    card.press(*"half a thought")
    return card


def in_box(card: Card) -> str:
    """Return what stands in the box of the editor."""
    return str(card.measure("return document.querySelector('textarea').value"))


def is_shown(card: Card, text: str) -> None:
    """Assert that the card shows a text as the note, or goes on with it in the box while the draft is still there."""
    assert (in_box(card) if card.has("textarea") else card.note()) == text


def kept(chromium: Chromium) -> bool:
    """Return whether the browser's storage holds the text that is being typed."""
    worker = chromium.devtools.worker()
    assert worker
    stored = chromium.devtools.in_target(worker, "chrome.storage.local.get(null).then(JSON.stringify)")
    drafts = {key: value for key, value in json.loads(str(stored)).items() if key.startswith("draft:")}
    return any("half a thought" in value["text"] for value in drafts.values())


def test_a_text_that_a_page_left_unsaved_is_saved_by_the_next_card_without_a_key(
    x: XPage, house: House, chromium: Chromium
) -> None:
    card = x.open_profile("wrenwrites")
    card.measure("Draft.keep('wrenwrites', { text: 'half a thought', base: null, saw: '' }); Draft.flush()")
    until(lambda: kept(chromium), "the text in the browser")
    card = x.open_profile("wrenwrites")
    patient(lambda: is_shown(card, "half a thought"), "the text in the new card")
    until(lambda: stored_note(house) == "half a thought", "the text on disk")


def test_what_is_typed_while_a_save_is_on_its_way_is_saved_without_another_key(x: XPage, house: House) -> None:
    card = x.open_profile("wrenwrites")
    os.kill(house.process.pid, signal.SIGSTOP)  # busy for so long that the save is still on its way
    try:
        card.click(".note .text")
        card.press(*"half a thought")
        patient(lambda: on_its_way(card, "half a thought"), "the first half to be on its way")
        first = last_pause(card)
        card.press(*" and the rest")
        until(lambda: last_pause(card) != first, "the pause behind the rest")
    finally:
        os.kill(house.process.pid, signal.SIGCONT)
    until(lambda: stored_note(house) == "half a thought and the rest", "the whole text on disk")


def on_its_way(card: Card, text: str) -> None:
    """Assert that a text is being saved."""
    assert card.measure("return CardPage.shown().editor.state.sending") == text


def last_pause(card: Card) -> object:
    """Return when the card last took a pause in typing for its end."""
    return card.measure("return CardPage.shown().editor.paused")


def test_a_card_that_x_takes_away_while_one_types_loses_nothing(x: XPage, house: House) -> None:
    type_half(x)
    x.driver.execute_script(f"document.querySelector('{HOST}').remove()")
    until(lambda: stored_note(house) == "half a thought", "the text on disk")
    card = x.card()
    patient(lambda: is_shown(card, "half a thought"), "the text in the new card")


def test_a_header_that_x_draws_anew_while_one_types_loses_nothing(x: XPage, house: House) -> None:
    type_half(x)
    x.driver.execute_script(
        f"const slot = document.querySelector('{HOST}').parentElement; slot.replaceWith(slot.cloneNode(true));"
        "document.querySelectorAll('[data-testid=primaryColumn] [data-mutuals=card]').forEach((one) => one.remove())"
    )
    until(lambda: stored_note(house) == "half a thought", "the text on disk")
    card = x.card()
    patient(lambda: is_shown(card, "half a thought"), "the text in the new card")


def test_leaving_for_another_profile_while_one_types_saves_it(x: XPage, house: House) -> None:
    type_half(x)
    x.go("/inesmakes")
    until(lambda: stored_note(house) == "half a thought", "the text on disk")
    patient(lambda: no_note(x), "the card of Ines")


def no_note(x: XPage) -> None:
    """Assert that the card shown has no note."""
    assert [one.says for one in x.leaves("card")] == ["inesmakes"]
    assert x.card().note() == ""


def test_a_worker_that_dies_while_one_types_is_not_noticed(x: XPage, house: House, chromium: Chromium) -> None:
    card = type_half(x)
    assert chromium.devtools.kill_worker(), "the worker outlived the kill"
    card.press(*" and the rest")
    card.press(Keys.ENTER, control=True)
    until(lambda: stored_note(house) == "half a thought and the rest", "the whole text on disk")


def test_after_an_update_one_is_told_before_the_next_letter_and_the_text_is_there_after_a_reload(
    x: XPage, chromium: Chromium, house: House
) -> None:
    develop(chromium)
    card = type_half(x)
    until(lambda: kept(chromium) or stored_note(house) == "half a thought", "the text in the browser or on disk")
    worker = chromium.devtools.worker()
    assert worker
    chromium.devtools.in_target(worker, "setTimeout(() => chrome.runtime.reload(), 0), true")
    until(lambda: chromium.devtools.worker() not in {worker, None}, "the extension to be there again")
    card.press(*"xyz")
    card.says(words("orphan"), ".saved")
    assert in_box(card) == "half a thought", "nothing is taken that is kept nowhere"
    x.open("/wrenwrites")
    card = x.card()
    patient(lambda: is_shown(card, "half a thought"), "the text")


def develop(chromium: Chromium) -> None:
    """Switch the browser's developer mode on: without it an unpacked extension does not come back."""
    driver = chromium.driver
    page = driver.current_window_handle
    driver.switch_to.new_window("tab")
    driver.get("chrome://extensions/")
    driver.execute_async_script(
        "chrome.developerPrivate.updateProfileConfiguration({inDeveloperMode: true}).then(() => arguments[0]())"
    )
    driver.close()
    driver.switch_to.window(page)


def test_a_text_typed_over_an_older_note_meets_the_newer_one_beside_it(x: XPage, house: House) -> None:
    card = type_half(x)
    card.press(Keys.ENTER, control=True)
    card.saved()
    draft = {"text": "typed on a train", "base": 0, "saw": "", "at": 1}
    with card.inside() as frame:
        frame.execute_async_script(
            "chrome.storage.local.set({ 'draft:1000001:wrenwrites': arguments[0] }).then(() => arguments[1]())", draft
        )
    card = x.open_profile("wrenwrites")
    card.says("typed on a train", ".both")
    card.says("half a thought", ".both")
    assert stored_note(house) == "half a thought"
