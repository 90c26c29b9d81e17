"""The panel begins with the user's lists: chosen by key, remembered, and behind the new followers if one wants."""

from __future__ import annotations

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.axe import violations
from tests.browser.chromium import Chromium
from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.pages import XPage
from tests.replica import people

ADA = {"id": people.ADA.id, "handle": people.ADA.handle}


def names(chromium: Chromium) -> list[str]:
    return [one.text for one in chromium.driver.find_elements(By.CSS_SELECTOR, "#lists .who > b")]


def test_the_panel_opens_on_the_lists_and_a_key_chooses_one(x: XPage, chromium: Chromium, house: House) -> None:
    x.open_profile("wrenwrites")
    house.write(ADA, {"id": people.WREN.id, "handle": "wrenwrites"}, "circle", {"circles": ["watchlist"]})
    house.write(ADA, {"id": people.INES.id, "handle": people.INES.handle}, "circle", {"circles": ["say-things"]})
    driver = chromium.driver
    driver.get(chromium.url("pages/panel.html"))
    until(lambda: names(chromium) == [people.WREN.name], "the first list")
    assert violations(driver) == []
    tops = "return ['lists-section', 'queue-section'].map((id) => document.getElementById(id).offsetTop)"
    until(lambda: driver.find_element(By.ID, "queue-section").is_displayed(), "the new followers")
    lists, queue = driver.execute_script(tops)
    assert lists < queue
    driver.execute_script("document.querySelectorAll('#lists-nav button')[1].focus()")
    driver.switch_to.active_element.send_keys(Keys.ENTER)
    until(lambda: len(names(chromium)) == 1 and names(chromium) != [people.WREN.name], "the second list")
    driver.get(chromium.url("pages/panel.html"))
    until(lambda: len(names(chromium)) == 1 and names(chromium) != [people.WREN.name], "the list chosen last")
