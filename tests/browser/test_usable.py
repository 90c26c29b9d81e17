"""Usable by all: forced colours, 320 px, touch targets, focus after Escape, days in the history, blur in the panel."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from tests.browser.chromium import Chromium
from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.pages import Card, XPage
from tests.browser.storage import Storage
from tests.browser.test_accessibility import fill, fits
from tests.browser.test_relationship import days
from tests.replica.server import Replica
from tests.replica.world import Theme

COLOURS = """
const colour = (css, name) => getComputedStyle(document.querySelector(css))[name];
return [matchMedia('(forced-colors: active)').matches, colour('.m', 'borderTopColor'), colour('.m', 'backgroundColor'),
  colour('.state', 'color'), colour('.ring .track', 'stroke'), colour('.ring .value', 'stroke')];
"""
SMALL = """
const box = (one) => one.getBoundingClientRect();
return [...document.querySelectorAll('button, input, summary, [role=option]')]
  .filter((one) => one.checkVisibility() && (box(one).width < 23.5 || box(one).height < 23.5))
  .map((one) => `${one.className} ${one.textContent} ${box(one).width}x${box(one).height}`);
"""

KEYS = "return [...document.querySelectorAll('kbd')].filter((one) => one.checkVisibility()).map((one) => one.innerText)"


def picture(chromium: Chromium, name: str) -> None:
    """Save what the window shows, where the environment names a folder for it."""
    folder = os.environ.get("MUTUALS_SHOTS")
    if folder:
        chromium.driver.save_screenshot(str(Path(folder) / f"{name}.png"))


@pytest.fixture
def forced(chromium: Chromium) -> Iterator[None]:
    """The system's own colours in place of every page's."""
    features = [{"name": "forced-colors", "value": "active"}]
    chromium.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    yield
    chromium.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.fixture
def narrow(chromium: Chromium) -> Iterator[None]:
    """A window of 320 px."""
    size = {"width": 320, "height": 640, "deviceScaleFactor": 1, "mobile": False}
    chromium.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    yield
    chromium.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def force_frames(chromium: Chromium) -> None:
    """Let the frames of the extension's own origin, which are targets of their own, have the system's colours too."""
    frames = [one for one in chromium.devtools.targets() if one["type"] == "iframe"]
    assert frames
    for one in frames:
        reply = chromium.devtools.command("Target.attachToTarget", targetId=one["targetId"], flatten=True)
        features = [{"name": "forced-colors", "value": "active"}]
        chromium.devtools.command("Emulation.setEmulatedMedia", str(reply["sessionId"]), features=features)


def opened(x: XPage, house: House, replica: Replica) -> Card:
    """Return Wren's card with note, tags, score and history."""
    replica.world.look.page_size = 400
    fill(house)
    x.open("/adaquill/with_replies")
    until(lambda: days(house)[0] == 11, "the viewer's replies to be taken in")
    x.open("/wrenwrites/with_replies")
    card = x.card()
    card.says("Phone first")
    card.says("you 11 · they 12")
    return card


@pytest.mark.usefixtures("forced")
def test_in_forced_colours_the_card_has_edges_a_ring_and_readable_words(
    x: XPage, house: House, replica: Replica
) -> None:
    card = opened(x, house, replica)
    force_frames(x.browser)
    measured = card.measure(COLOURS)
    assert isinstance(measured, list)
    active, border, ground, words, track, value = measured
    picture(x.browser, "forced-card")
    assert active
    assert len({border, words} - {ground}) == len({border, words})
    assert ground not in {track, value}
    assert track != value
    card.click(".state")
    card.press("m")
    card.part(".tl li")
    dots = card.measure(
        "return ['.stages .yes', '.stages .no'].map((css) => {"
        "const one = document.querySelector(css); return one && getComputedStyle(one, '::before').backgroundColor})"
    )
    assert isinstance(dots, list)
    assert dots[0] != dots[1]
    picture(x.browser, "forced-card-more")


@pytest.mark.usefixtures("forced")
@pytest.mark.parametrize("page", ["pages/panel.html", "pages/options.html"])
def test_in_forced_colours_the_extensions_pages_draw_rings_and_buttons_that_show(
    chromium: Chromium, house: House, x: XPage, replica: Replica, page: str
) -> None:
    opened(x, house, replica)
    chromium.driver.get(chromium.url(page))
    until(lambda: chromium.driver.find_elements(By.CSS_SELECTOR, "#link.good"), "the connection's state")
    picture(chromium, "forced-" + page.split("/")[1])
    dot, ground = chromium.driver.execute_script(
        "const link = document.querySelector('#link');"
        "return [getComputedStyle(link, '::before').backgroundColor, getComputedStyle(document.body).backgroundColor]"
    )
    assert dot != ground


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_at_320_px_card_and_popover_keep_inside_the_window(
    x: XPage, house: House, replica: Replica, theme: Theme
) -> None:
    replica.world.look.theme = theme
    card = opened(x, house, replica)
    fits(x, card)
    assert card.measure(KEYS) == ["?"], "where there is little room, the list of keys is one press away"
    picture(x.browser, f"narrow-card-{theme}")
    x.badge_of("wrenwrites", "small press")
    x.open_mark().says("Phone first")
    box = x.driver.find_element(By.CSS_SELECTOR, "body > [data-mutuals=dialog]").shadow_root.find_element(
        By.CSS_SELECTOR, "[popover]"
    )
    picture(x.browser, f"narrow-popover-{theme}")
    assert box.rect["x"] >= 0
    assert box.rect["x"] + box.rect["width"] <= 320


def test_everything_to_press_in_the_card_is_at_least_24_px_in_both_directions(
    x: XPage, house: House, replica: Replica
) -> None:
    card = opened(x, house, replica)
    card.click(".state")
    card.press("m")
    card.part(".tl li")
    assert card.measure(SMALL) == []
    card.press("l")
    assert card.measure(SMALL) == []
    sizes = x.driver.execute_script(
        "return [...document.querySelectorAll('[data-mutuals=badge]')].map((one) => one.getBoundingClientRect().height)"
    )
    assert sizes
    assert min(sizes) >= 24


def test_escape_in_a_card_opened_from_a_mark_gives_the_focus_back_to_that_mark(x: XPage, house: House) -> None:
    fill(house)
    x.open("/wrenwrites/with_replies")
    x.badge_of("wrenwrites", "small press")
    host = x.driver.find_element(By.CSS_SELECTOR, "[data-mutuals=badge]")
    card = x.open_mark()
    card.says("Phone first")
    card.press("\ue00c")
    until(
        lambda: x.driver.execute_script("return document.activeElement === arguments[0]", host),
        "the focus to be back at the mark",
    )


def test_the_history_has_a_heading_for_each_day(x: XPage, house: House, replica: Replica) -> None:
    card = opened(x, house, replica)
    card.click(".state")
    card.press("m")
    card.part(".days h3")
    headings = card.measure("return [...document.querySelectorAll('.days h3')].map((one) => one.textContent)")
    assert isinstance(headings, list)
    assert len(headings) == len(set(headings)) > 1
    picture(x.browser, "history-days")


def test_the_setting_that_blurs_notes_blurs_them_in_the_panel_too(
    chromium: Chromium, house: House, x: XPage, replica: Replica
) -> None:
    opened(x, house, replica)
    stored = Storage(chromium).read()
    options = stored["options"]
    assert isinstance(options, dict)
    Storage(chromium).replace({**stored, "options": {**options, "blur": True}})
    driver = chromium.driver
    driver.get(chromium.url("pages/panel.html?q=phone"))
    until(lambda: driver.find_elements(By.CSS_SELECTOR, ".people .private"), "the hit")
    until(
        lambda: (
            "blur" in driver.execute_script("return getComputedStyle(document.querySelector('.people .found')).filter")
        ),
        "the excerpt of the note to be blurred",
    )
    picture(chromium, "panel-blur")
