"""Another tool's notes brought on the dashboard in a real browser: shown, taken in, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from tests.browser.axe import violations
from tests.browser.chromium import Chromium
from tests.browser.dashboard import ImportPage
from tests.browser.house import House
from tests.browser.pages import patient
from tests.replica import people

ROWS = ("wrenwrites,Binds books by hand,printers", "inesmakes,Owes me a lamp,", "tomoreads,Met in Porto,")
TABLE = "\n".join(("handle,note,tags", *ROWS)) + "\n"


@pytest.fixture
def page(chromium: Chromium, house: House) -> ImportPage:
    ada = {"id": people.ADA.id, "handle": people.ADA.handle}
    ines = {"id": people.INES.id, "handle": people.INES.handle}
    house.write(ada, ines, "note", {"text": "Makes lamps"})
    page = ImportPage(chromium, house)
    page.open()
    patient(lambda: page.driver.find_element(By.LINK_TEXT, "Bring your notes").click(), "the way to the notes")
    page.says("Choose the file, or drop it here")
    return page


def test_notes_are_shown_then_taken_in_then_taken_back(page: ImportPage, tmp_path: Path, house: House) -> None:
    (tmp_path / "notes.csv").write_text(TABLE)
    assert violations(page.driver) == []
    page.choose(tmp_path / "notes.csv")
    page.says("Nothing is stored yet")
    page.says("Binds books by hand")
    assert "New\n2" in page.text()
    assert "Something else is here\n1" in page.text()
    assert violations(page.driver) == []
    page.press("Take them in")
    page.says("Taken in last")
    said = page.driver.find_element(By.CSS_SELECTOR, ".said")
    assert "Took in notes about 3 people from notes.csv." in said.text
    said.find_element(By.CSS_SELECTOR, "button.undo").click()
    patient(lambda: _expect("Taken back." in page.driver.find_element(By.CSS_SELECTOR, ".said").text), "the undo")
    assert "Taken in last" not in page.text()


def test_a_file_of_no_known_tool_is_refused_in_a_sentence(page: ImportPage, tmp_path: Path) -> None:
    (tmp_path / "recipe.txt").write_text("Take two eggs.")
    page.choose(tmp_path / "recipe.txt")
    page.says("recipe.txt is not an export that Mutuals knows")


def test_it_fits_a_phone_in_the_dark(page: ImportPage, tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text(TABLE)
    driver = page.driver
    try:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
            {"name": "prefers-color-scheme", "value": "dark"}]})  # fmt: skip
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": False})  # fmt: skip
        page.choose(tmp_path / "notes.csv")
        page.says("Nothing is stored yet")
        assert driver.execute_script("return document.documentElement.scrollWidth") <= 360
        assert violations(driver) == []
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def _expect(true: bool) -> None:
    assert true
