"""A chat that runs now is said in the panel, and no more once its day is left out; the forms are the dashboard's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

from tests.browser.axe import violations
from tests.browser.chromium import Chromium
from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.pages import XPage, patient
from tests.browser.test_main_path import VIEWER
from tests.browser.words import words
from tests.replica import people

FILL = "arguments[0].value = arguments[1]"


def fill(chromium: Chromium, **fields: str) -> None:
    """Fill in the form of a chat; fields of days and hours are filled in without the browser's own pickers."""
    driver = chromium.driver
    patient(lambda: driver.find_element(By.ID, "rule"), "the form")
    for name, value in fields.items():
        driver.execute_script(FILL, driver.find_element(By.ID, name), value)
    Select(driver.find_element(By.ID, "rule")).select_by_value("once")


def strip(chromium: Chromium) -> str:
    """Return what the strip in a fresh panel says."""
    chromium.driver.get(chromium.url("pages/panel.html"))
    until(lambda: chromium.driver.find_elements(By.CSS_SELECTOR, "#link.good"), "the panel to be connected")
    return chromium.driver.find_element(By.ID, "chats").text


def test_a_chat_that_runs_is_in_the_panel_until_its_day_is_left_out(x: XPage, chromium: Chromium, house: House) -> None:
    x.open_profile("wrenwrites")
    driver = chromium.driver
    begun = datetime.now(UTC) - timedelta(minutes=10)
    driver.get(str(house.ask("dashboard", path="/web/chats")["url"]))
    fill(chromium, tag="#bookchat", first=f"{begun:%Y-%m-%d}", hour=f"{begun:%H:%M}", zone="UTC")
    driver.find_element(By.CSS_SELECTOR, "main form button").click()
    patient(lambda: driver.find_element(By.CSS_SELECTOR, "form[action$='/day']"), "the chat's days")
    until(lambda: "#bookchat" in strip(chromium), "the chat in the panel")
    assert words("chatNobody") in strip(chromium)
    assert violations(driver) == []
    driver.get(str(house.ask("dashboard", path="/web/chats?chat=bookchat")["url"]))
    patient(lambda: driver.find_element(By.XPATH, "//summary[contains(., 'Days without')]").click(), "the days")
    patient(lambda: driver.find_element(By.CSS_SELECTOR, "form[action$='/day'] button").click(), "not on that day")
    patient(lambda: driver.find_element(By.CSS_SELECTOR, "form[action$='/day'] s"), "the day struck out")
    until(lambda: strip(chromium) == "", "no chat in the panel")


PRESSED = (
    "chrome.tabs.query({ active: true, lastFocusedWindow: true })"
    ".then(([tab]) => { chrome.commands.onCommand.dispatch('log-chat', tab); return tab.url; })"
)
"""What Chromium does at the key; no driver can press its own keys (Firefox' are, in test_composition_firefox.py)."""


def test_the_key_logs_a_talk_with_the_person_of_the_chat_that_is_open(
    x: XPage, chromium: Chromium, house: House
) -> None:
    person: dict[str, object] = {"id": people.TOMO.id}
    x.open_profile("tomoreads")
    until(lambda: house.ask("person", viewer=VIEWER, person=person)["handle"], "the person to be known")
    x.open(f"/i/chat/{people.ADA.id}-{people.TOMO.id}")
    until(chromium.devtools.worker, "the worker")
    chromium.devtools.in_target(str(chromium.devtools.worker()), PRESSED)

    def kinds() -> list[object]:
        told = house.ask("interactions", viewer=VIEWER, person=person, before=None, limit=20)["lines"]
        return [one["kind"] for one in told] if isinstance(told, list) else []

    until(lambda: kinds().count("chat") == 1, "the chat in the history")
