"""How long one waits for "Saved" and for the hits of a search: both come, and the figures are printed (`-s`)."""

from __future__ import annotations

import json

from selenium.webdriver.common.by import By

from tests.browser.chromium import Chromium
from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.pages import XPage

WATCH = """
const [field, shown, wanted] = [document.querySelector(%s), document.querySelector(%s), new RegExp(%s)];
field.addEventListener("input", () => { window.typed = performance.now(); window.waited = undefined; });
new MutationObserver(() => {
  if (window.typed && window.waited === undefined && wanted.test(shown.textContent)) {
    window.waited = performance.now() - window.typed;
  }
}).observe(shown, { childList: true, subtree: true, characterData: true });
"""


def watch(field: str, shown: str, wanted: str) -> str:
    """Return a script that takes the time from the last key in a field until an element says something."""
    return WATCH % (json.dumps(field), json.dumps(shown), json.dumps(wanted))


def test_a_note_is_saved_soon_after_the_last_key(x: XPage) -> None:
    card = x.open_profile("bolaprints")
    card.press("e")
    card.part("textarea")
    card.measure(watch("textarea", ".saved", "^Saved"))
    with card.inside() as frame:
        frame.find_element(By.CSS_SELECTOR, "textarea").send_keys("Prints on Fridays, phone first.")
    until(lambda: card.measure("return window.waited") is not None, "the note to be saved")
    print(f'\nfrom the last key to "Saved": {card.measure("return window.waited"):.0f} ms')


def test_a_search_in_the_panel_shows_its_hits(chromium: Chromium, house: House, x: XPage) -> None:
    x.open_profile("bolaprints")
    driver = chromium.driver
    driver.get(chromium.url("pages/panel.html"))
    until(lambda: driver.find_elements(By.CSS_SELECTOR, "#link.good"), "the panel to be connected")
    driver.execute_script(watch("#q", "#people", "bolaprints"))
    driver.find_element(By.ID, "q").send_keys("bola")
    until(lambda: driver.execute_script("return window.waited") is not None, "the hits")
    print(f"\nfrom the last key to the hits: {driver.execute_script('return window.waited'):.0f} ms")
