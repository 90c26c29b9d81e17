"""The dashboard as a person sees and uses it, entered by a one-time link."""

from __future__ import annotations

from pathlib import Path

from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from tests.browser.chromium import Chromium
from tests.browser.house import House
from tests.browser.pages import patient


class ImportPage:
    """The page that takes an archive in."""

    def __init__(self, browser: Chromium, house: House) -> None:
        self.driver = browser.driver
        self._house = house

    def open(self) -> None:
        """Come by a fresh link, as the panel's button does."""
        url = str(self._house.ask("dashboard", path="/web")["url"])
        self.driver.get(url)
        patient(lambda: self.driver.find_element(By.LINK_TEXT, "Import").click(), "the way to the import page")
        self.says("Import your X archive")

    def choose(self, path: Path) -> None:
        """Choose a file."""
        self.driver.find_element(By.ID, "file").send_keys(str(path))

    def text(self) -> str:
        """Everything that can be read on the page."""
        return self.driver.find_element(By.TAG_NAME, "main").text

    def says(self, said: str, seconds: float = 20.0) -> None:
        """Wait until the page says something."""
        try:
            patient(lambda: self._expect(said), f"{said!r} on the page", seconds)
        except AssertionError as error:
            raise AssertionError(f"{error}; it says {self.text()!r}") from None

    def _expect(self, said: str) -> None:
        assert said in self.text()

    def press(self, name: str) -> None:
        """Press a button."""
        patient(lambda: self._button(name).click(), f"the button {name!r}")

    def _button(self, name: str) -> WebElement:
        return self.driver.find_element(By.XPATH, f"//main//button[normalize-space()='{name}']")
