"""In Chromium: the box is left alone while an input method composes, whatever another machine saves meanwhile."""

from __future__ import annotations

from tests.browser.house import House
from tests.browser.pages import Card, XPage, patient
from tests.browser.test_main_path import VIEWER, WREN

PAUSE = "performance.now() - (globalThis.since ??= performance.now()) > 1200"
"""True once three times the pause has passed after which the card saves, by the clock of its frame."""
CHOICES = ".note .picks button"


def test_chromium_leaves_the_box_alone_until_a_composition_ends(x: XPage, house: House) -> None:
    shown = x.open_profile("wrenwrites")
    shown.click(".note .text")
    shown.part(".note textarea")
    house.write(VIEWER, WREN, "note", {"text": "Theirs"})
    shown.press(*"Met ")
    with shown.inside() as frame:
        frame.execute_cdp_cmd("Input.imeSetComposition", {"text": "しみ", "selectionStart": 2, "selectionEnd": 2})
    patient(lambda: _true(shown, f"return {PAUSE}"), "the pause to pass")
    assert shown.measure("return document.querySelector('.note textarea').value") == "Met しみ"
    with shown.inside() as frame:
        frame.execute_cdp_cmd("Input.insertText", {"text": "清水"})
    shown.part(f"{CHOICES}:nth-of-type(3)")
    shown.says("Met 清水")
    shown.says("Theirs")


def _true(shown: Card, script: str) -> None:
    assert shown.measure(script)
