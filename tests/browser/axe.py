"""Runs axe-core on what the extension draws: its pages, its frames, and a closed shadow root through an open twin."""

from __future__ import annotations

from pathlib import Path

from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.remote.shadowroot import ShadowRoot

SOURCE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TWIN = """
const root = arguments[0];
document.querySelector("[data-axe]")?.remove();
const twin = document.createElement("div");
twin.dataset.axe = "";
root.host.after(twin);
const open = twin.attachShadow({ mode: "open" });
open.adoptedStyleSheets = [...root.adoptedStyleSheets];
open.append(...[...root.childNodes].map((node) => node.cloneNode(true)));
"""
"""axe cannot look into a closed root: the same nodes with the same sheets at the same place, in an open one."""

RUN = """
const line = (one) => `${one.id}: ${one.help}: ${one.nodes[0].html.slice(0, 200)} ${one.nodes[0].failureSummary}`;
axe.run({ include: [arguments[0]] }, { resultTypes: ["violations"] })
  .then((found) => arguments[1](found.violations.map(line)), (error) => arguments[1]([String(error)]));
"""


def violations(driver: WebDriver, include: str = "body") -> list[str]:
    """Return what axe finds at fault, one line each: rule, help and the first node."""
    driver.execute_script(SOURCE.read_text())
    return list(driver.execute_async_script(RUN, include))


def violations_in(driver: WebDriver, root: ShadowRoot) -> list[str]:
    """Return what axe finds at fault inside a closed shadow root."""
    driver.execute_script(TWIN, root)
    try:
        return violations(driver, "[data-axe]")
    finally:
        driver.execute_script("document.querySelector('[data-axe]').remove()")
