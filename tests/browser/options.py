"""The extension's options page, as a person uses it."""

from __future__ import annotations

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.browser.chromium import Chromium
from tests.browser.devtools import until
from tests.browser.pages import patient


class OptionsPage:
    """Pairing and the port."""

    def __init__(self, browser: Chromium) -> None:
        self.browser = browser
        self.driver = browser.driver

    def open(self) -> None:
        """Open the page and wait until it has drawn itself."""
        self.driver.get(self.browser.url("pages/options.html"))
        until(lambda: self.field("port").get_attribute("value"), "the options")

    def field(self, name: str) -> WebElement:
        """Return one part by its id."""
        return patient(lambda: self.driver.find_element(By.ID, name), f"#{name} of the options")

    def link(self) -> str:
        """Return what the page says about the companion."""
        return self.field("link").text

    def set_port(self, port: int) -> None:
        """Type the companion's port."""
        self.field("port").send_keys(Keys.CONTROL, "a")
        self.field("port").send_keys(str(port), Keys.TAB)

    def pair(self, code: str) -> None:
        """Type the code that the companion printed, and wait until the page says that it is paired."""
        self.field("code").send_keys(code, Keys.ENTER)
        paired = (
            "return document.getElementById('link').className === 'good' && !document.getElementById('unpair').hidden"
        )
        until(lambda: self.driver.execute_script(paired), "the pairing to be done")
