"""The dashboard in a tab of Chromium: pages opened, texts read, keys pressed."""

from __future__ import annotations

from urllib.parse import urlsplit

from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.pages import patient

READ = """
return [...document.querySelectorAll(arguments[0])]
  .map((one) => (one.checkVisibility() ? (one.innerText ?? one.textContent).trim() : ""));
"""
"""The texts of all elements in one go: a page that is being replaced cannot take one away in between."""


class Dashboard:
    """The dashboard in a tab."""

    def __init__(self, driver: WebDriver, house: House) -> None:
        self.driver, self._house = driver, house
        url = urlsplit(str(house.ask("dashboard")["url"]))
        self._base = f"{url.scheme}://{url.netloc}"
        driver.get(url.geturl())
        until(lambda: self.all("main h1"), "the first page")
        until(lambda: driver.execute_script("return document.readyState") == "complete", "the page's scripts")

    def open(self, address: str) -> None:
        """Open one of its pages."""
        self.driver.get(f"{self._base}/web{address}")

    def all(self, css: str) -> list[str]:
        """Return the texts of all elements that match, as they are to be read."""
        return patient(lambda: list(self.driver.execute_script(READ, css)), f"the texts of {css}")

    def click(self, css: str) -> None:
        """Press the first element that matches, and wait for the page that follows."""
        patient(lambda: self.driver.find_element(By.CSS_SELECTOR, css).click(), f"{css} to press")

    def type(self, css: str, text: str) -> None:
        """Type into a field."""
        patient(lambda: self.driver.find_element(By.CSS_SELECTOR, css), css).send_keys(text)

    def keys(self, *keys: str) -> None:
        """Press keys, wherever the focus is."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def at(self, css: str) -> bool:
        """Return whether an element that matches has the focus."""
        return bool(self.driver.execute_script("return document.activeElement.matches(arguments[0])", css))

    def reach(self, css: str, most: int = 150) -> None:
        """Go on by the Tab key until an element that matches has the focus."""
        for _ in range(most):
            self.keys(Keys.TAB)
            if self.at(css):
                return
        raise AssertionError(f"{css} cannot be reached by Tab")

    def theme(self, name: str) -> None:
        """Let the system be light or dark."""
        wanted = [{"name": "prefers-color-scheme", "value": name}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": wanted})

    def said_by_browser(self) -> list[str]:
        """Return what the browser complained about since the last time."""
        lines: list[dict[str, str]] = self.driver.execute("getLog", {"type": "browser"})["value"]
        return [line["message"] for line in lines]

    def width(self, pixels: int) -> None:
        """Let the window be so wide."""
        size = {"width": pixels, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
