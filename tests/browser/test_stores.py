"""The zips for the stores open in both browsers: the extension's first page draws itself from each."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from scripts.packages import store_zip
from tests.browser.bidi import Bidi
from tests.browser.chromium import Chromium, start_chromium
from tests.browser.devtools import until
from tests.browser.firefox import extension_url, preferences
from tests.browser.programs import FIREFOX, needed
from tests.browser.words import words
from tests.replica.server import Replica

LOADED = """
return [location.href, document.readyState, document.querySelector("header").innerHTML,
  performance.getEntriesByType("resource").map((one) => one.name.split("/").pop() + " " + one.transferSize)]
"""


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """The file that a store gets."""
    store_zip(tmp_path / "mutuals.zip")
    return tmp_path / "mutuals.zip"


def says_hello(browser: Chromium) -> None:
    """Wait for the words of the first page; where they do not come, tell what the browser has instead."""
    try:
        until(lambda: browser.driver.find_element(By.TAG_NAME, "h1").text == words("welcomeTitle"), "the first page")
    except AssertionError as error:
        loaded = browser.driver.execute_script(LOADED)
        said = browser.driver.execute("getLog", {"type": "browser"})["value"]
        raise AssertionError(f"{error}: {loaded}, {said}") from None


def test_chromium_runs_what_is_in_its_zip(packed: Path, tmp_path: Path, shared_replica: Replica) -> None:
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(tmp_path / "unpacked")
    browser = start_chromium(shared_replica, extension=tmp_path / "unpacked")
    try:
        browser.driver.get(browser.url("pages/welcome.html"))
        says_hello(browser)
        browser.driver.get("https://x.com/wrenwrites")
        until(lambda: browser.driver.find_elements(By.CSS_SELECTOR, "[data-mutuals]"), "something drawn on X's page")
    finally:
        browser.quit()


def test_firefox_installs_its_zip_as_it_is(packed: Path, tmp_path: Path, shared_replica: Replica) -> None:
    (tmp_path / "profile").mkdir()
    (binary,) = needed(FIREFOX)
    browser = Bidi(binary, tmp_path / "profile", preferences(shared_replica))
    try:
        browser.call("webExtension.install", extensionData={"type": "archivePath", "path": str(packed)})
        browser.open(extension_url("pages/welcome.html"))
        title = "document.querySelector('h1').innerText"
        until(lambda: browser.evaluate(title) == words("welcomeTitle"), "the first page")
    finally:
        browser.quit()
