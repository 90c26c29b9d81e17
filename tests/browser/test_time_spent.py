"""Time by kind of page, measured by the running extension, told by the mirror, wiped in the options."""

from __future__ import annotations

from datetime import UTC, datetime

from selenium.webdriver.common.by import By

from companion.store.time_spent import read_time
from tests.browser.axe import violations
from tests.browser.chromium import Chromium
from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.pages import XPage
from tests.browser.storage import Storage
from tests.browser.words import words


def sources(chromium: Chromium) -> set[str]:
    """Return the kinds of page that the browser has time of."""
    time = Storage(chromium).read().get("time")
    return {source for day in time.values() for source in day} if isinstance(time, dict) else set()


def open_and_look(x: XPage, path: str, source: str) -> None:
    """Load a page and wait until the extension knows it before the user; who leaves sooner has not looked at it."""
    x.open(path)
    watched = "chrome.storage.session.get('time_watch').then((kept) => kept.time_watch?.source ?? null)"

    def there() -> bool:
        worker = x.browser.devtools.worker()
        return worker is not None and x.browser.devtools.in_target(worker, watched) == source

    until(there, f"{source} to be before the user")


def mirror(chromium: Chromium, house: House) -> str:
    """Return what the mirror says of time; empty where it says nothing of it."""
    chromium.driver.get(str(house.ask("dashboard", path="/web/mirror")["url"]))
    until(lambda: chromium.driver.find_elements(By.ID, "home"), "the mirror")
    found = chromium.driver.find_elements(By.CSS_SELECTOR, "section[aria-labelledby=time]")
    return found[0].text if found else ""


def test_pages_that_are_looked_at_are_measured_by_kind_told_and_wiped(
    x: XPage, chromium: Chromium, house: House
) -> None:
    open_and_look(x, "/home", "home")
    open_and_look(x, "/wrenwrites", "profiles")
    open_and_look(x, "/notifications", "notifications")
    until(lambda: {"home", "profiles"} <= sources(chromium), "home and a profile to be counted")
    until(lambda: read_time(house.process.data), "the companion to be told, which is not done again for a minute")
    today = datetime.now(UTC).date().isoformat()
    house.ask("time", browser=Storage(chromium).read()["time_browser"], days={today: {"home": 540, "lists": 60}})
    assert "1 of 10 minutes on X were on lists" in mirror(chromium, house)
    assert violations(chromium.driver) == []
    chromium.driver.get(chromium.url("pages/options.html"))
    until(lambda: chromium.driver.find_elements(By.CSS_SELECTOR, "[data-option=time]:checked"), "the switch")
    chromium.driver.find_element(By.CSS_SELECTOR, "[data-option=time]").click()
    chromium.driver.find_element(By.ID, "time-wipe").click()
    said = chromium.driver.find_element(By.ID, "time-wiped")
    until(lambda: said.text == words("optionsTimeWiped"), "the wiping to be said")
    assert sources(chromium) == set()
    until(lambda: mirror(chromium, house) == "", "the mirror to have nothing")
