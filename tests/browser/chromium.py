"""Starts Chromium with the extension folder loaded and x.com mapped to the replica; every other name fails at once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.chrome.webdriver import WebDriver

from tests.browser.devtools import DevTools
from tests.browser.programs import CHROMEDRIVER, CHROMIUM, needed
from tests.browser.stale import Handler
from tests.replica.server import Replica

EXTENSION = Path(__file__).resolve().parents[2] / "extension"
HOSTS = ("x.com", "*.x.com", "twitter.com", "*.twitter.com", "*.twimg.com", "hostile.example")
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run"),
    *("--no-default-browser-check", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--disable-domain-reliability", "--force-device-scale-factor=1", "--hide-scrollbars"),
    *("--lang=en-US", "--window-size=1280,1000"),
    "--disable-features=DisableLoadExtensionCommandLineSwitch,Translate,OptimizationHints",
]


def extension_id(folder: Path = EXTENSION) -> str:
    """Return the id that Chromium derives from an unpacked extension's path."""
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:32]
    return "".join(chr(ord("a") + int(letter, 16)) for letter in digest)


def flags(replica: Replica, *, extension: Path | None = EXTENSION, headless: bool = True) -> list[str]:
    """Return the command line: our hosts to the replica, our key accepted, the replica counted as a public address."""
    mapped = ", ".join(f"MAP {host} 127.0.0.1:{replica.port}" for host in HOSTS)
    found = [
        *QUIET,
        f"--host-resolver-rules={mapped}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost",
        f"--ignore-certificate-errors-spki-list={replica.spki}",
        f"--ip-address-space-overrides=127.0.0.1:{replica.port}=public",
    ]
    if headless:
        found.append("--headless=new")
    if extension:
        found.append(f"--load-extension={extension}")
    return found


@dataclass
class Chromium:
    """A running browser.

    Attributes:
        driver: Selenium's driver.
        devtools: the second connection.
        id: the extension's id.
    """

    driver: WebDriver
    devtools: DevTools
    id: str

    def url(self, page: str) -> str:
        """Return the address of one of the extension's own pages."""
        return f"chrome-extension://{self.id}/{page}"

    def quit(self) -> None:
        """Close the browser."""
        self.devtools.close()
        self.driver.quit()


def browser_and_driver() -> tuple[str, str]:
    """Return the paths of Chromium and its driver, or raise FileNotFoundError that names what is missing."""
    browser, driver = needed(CHROMIUM, CHROMEDRIVER)
    return browser, driver


def start_chromium(
    replica: Replica, *, extension: Path | None = EXTENSION, headless: bool = True, profile: Path | None = None
) -> Chromium:
    """Start Chromium on the replica.

    Args:
        replica: where x.com is.
        extension: the folder to load; None for a browser without it.
        headless: without a window.
        profile: the browser's data folder, kept over restarts; None for a throwaway one.
    """
    browser, driver_path = browser_and_driver()
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in flags(replica, extension=extension, headless=headless):
        options.add_argument(flag)
    if profile:
        options.add_argument(f"--user-data-dir={profile}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(driver_path))
    driver.error_handler = Handler()
    driver.set_script_timeout(20)
    own = extension_id(extension) if extension else ""
    return Chromium(driver, DevTools(driver.capabilities["goog:chromeOptions"]["debuggerAddress"], own), own)
