"""Starts Chromium with the extension folder loaded and x.com mapped to the replica; every other name fails at once."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.chrome.webdriver import WebDriver

from tests.browser.devtools import DevTools, until
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
    """Return the id that Chromium derives from an unpacked extension's key or, without one, from its path."""
    key = json.loads((folder / "manifest.json").read_text(encoding="utf-8")).get("key")
    named = base64.b64decode(key) if key else str(folder.resolve()).encode()
    digest = hashlib.sha256(named).hexdigest()[:32]
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


def close_first_page(devtools: DevTools) -> None:
    """Close the page that the extension opens after its installation (the driver does not see it), as it opened."""
    found: list[str] = []

    def there() -> bool:
        found.extend(one["targetId"] for one in devtools.targets() if one["url"].endswith("/pages/welcome.html"))
        return bool(found)

    until(there, "the extension's first page")
    devtools.command("Target.closeTarget", targetId=found[0])
    until(lambda: found[0] not in {one["targetId"] for one in devtools.targets()}, "that page to be gone")


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
    devtools = DevTools(driver.capabilities["goog:chromeOptions"]["debuggerAddress"], own)
    if extension and profile is None:  # in a profile that was used before, the extension is not new
        close_first_page(devtools)
    return Chromium(driver, devtools, own)
