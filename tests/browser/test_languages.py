"""In every language, wide and narrow, what can be pressed on our own pages is wide enough for its words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from companion.i18n.languages import LANGUAGES, direction, tag
from tests.browser.chromium import Chromium
from tests.browser.dashboard_tab import Dashboard
from tests.browser.devtools import until
from tests.replica.people import WREN

PAGES = (
    "",
    "/people?filter=score+%3E+20",
    f"/person/{WREN.id}",
    "/circles",
    "/reminders",
    "/first",
    "/import",
    "/quiz",
)
WIDTHS = (1240, 360)
OVERFLOWS = """
const shown = (node) => node.checkVisibility() && node.getClientRects().length > 0;
const cut = (node) => node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display !== "inline";
const hidden = (node) => {  // what a row that scrolls holds is reached by scrolling
  for (let up = node; up; up = up.parentElement) if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return true;
  return false;
};
const outside = (node) => {
  const box = node.getBoundingClientRect();
  return (box.left < -1 || box.right > innerWidth + 1) && !hidden(node);
};
const pressed = [...document.querySelectorAll("button, .pill, .chip, summary, nav a, select")].filter(shown);
const wrong = pressed.filter((node) => (node.tagName !== "SELECT" && cut(node)) || outside(node));
const wide = document.documentElement.scrollWidth > innerWidth + 1;
const causes = wide ? [...document.querySelectorAll("main *")].filter((node) => shown(node) && outside(node)) : [];
const told = (node) => `${node.tagName} ${node.className}: ${node.textContent.trim()}`.slice(0, 80);
return [...causes, ...wrong].map(told);
"""
LOADED = "return [document.documentElement.lang, document.documentElement.dir, document.readyState]"


@pytest.mark.parametrize("code", LANGUAGES)
def test_words_fit_what_is_pressed_wide_and_narrow(dashboard: Dashboard, code: str) -> None:
    driver = dashboard.driver
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Network.setExtraHTTPHeaders", {"headers": {"Accept-Language": tag(code)}})
    try:
        found: list[tuple[str, int, list[str]]] = []
        for page in PAGES:
            dashboard.open(page)
            until(
                lambda: driver.execute_script(LOADED) == [tag(code), direction(code), "complete"], f"{page} in {code}"
            )
            for width in WIDTHS:
                dashboard.width(width)
                found.append((page, width, driver.execute_script(OVERFLOWS)))
        assert [each for each in found if each[2]] == []
    finally:
        driver.execute_cdp_cmd("Network.setExtraHTTPHeaders", {"headers": {}})


LOCALES = Path(__file__).resolve().parents[2] / "extension/_locales"
SPEAK = """
const words = WORDS;
if (globalThis.chrome?.i18n) {
  chrome.i18n.getMessage = (key, values) =>
    (words[key] ?? "").replace(/\\$(\\d)/g, (_, place) => [values ?? []].flat()[place - 1] ?? "");
}
"""
"""Chromium takes its language from the system; here the page is given another catalogue before its scripts run."""
SPOKEN = "return [document.documentElement.lang, document.querySelectorAll('[data-t]:empty').length]"


@pytest.mark.parametrize("code", LANGUAGES)
def test_words_fit_on_the_extensions_own_pages(chromium: Chromium, code: str) -> None:
    catalogue = json.loads((LOCALES / code / "messages.json").read_text(encoding="utf-8"))
    words = json.dumps({key: entry["message"] for key, entry in catalogue.items()})
    driver = chromium.driver
    added = driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": SPEAK.replace("WORDS", words)})
    found: list[tuple[str, int, list[str]]] = []
    try:
        for page in ("options", "panel", "welcome"):
            driver.get(chromium.url(f"pages/{page}.html"))
            until(lambda: driver.execute_script(SPOKEN) == [tag(code), 0], f"{page} in {code}")
            for width in (360, 1000):
                size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
                driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
                found.append((page, width, driver.execute_script(OVERFLOWS)))
    finally:
        driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert [each for each in found if each[2]] == []
