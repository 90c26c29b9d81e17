"""Takes screenshots of the card, the report, the search and the panel for the docs, on the stand-in for X."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import click
from PIL import Image
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from scripts.dashboard_pictures import COLOURS
from scripts.demo import NOTE, VIEWER, open_browser, prepare
from tests.browser.chromium import Chromium
from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.pages import Card, XPage
from tests.browser.words import words
from tests.replica import people
from tests.replica.server import Replica
from tests.replica.world import Look, Theme, World

VIEWS: tuple[tuple[str, Theme, int], ...] = (("light", "light", 1280), ("dark", "dark", 1280), ("phone", "light", 360))
TALL = 1240
PANEL = 400
"""Pixels that a browser gives its side panel."""
ABOVE = 180
"""Pixels of X's page that stand above a card in its picture."""
LISTS = {people.WREN: ["watchlist"], people.INES: ["watchlist", "say-things"], people.TOMO: ["say-things"]}


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("docs"))
def main(folder: Path) -> None:
    """Write the screenshots into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    world = World(look=Look(page_size=400))
    with tempfile.TemporaryDirectory(prefix="mutuals-pictures-") as place, Replica(world) as replica:
        house = House(Path(place))
        browser = open_browser(replica, headless=True)
        try:
            x = prepare(browser, house)
            _learn(x, house)
            for view, theme, width in VIEWS:
                world.look.theme = theme
                _wear(browser.driver, theme, width)
                _card(x, folder / f"card-{view}.png")
                _report(x, folder / f"vetting-{view}.png")
                _drafts(x, folder / f"drafts-{view}.png")
                _search(x, folder / f"search-{view}.png")
                _wear(browser.driver, theme, min(width, PANEL))
                _panel(browser, folder / f"panel-{view}.png")
        finally:
            browser.quit()
            house.close()


def _learn(x: XPage, house: House) -> None:
    """Let the companion see who is new, and put people into lists."""
    x.open(f"/{people.ADA.handle}/followers")
    until(lambda: house.ask("queue", viewer=VIEWER)["people"], "new followers")
    for person, circles in LISTS.items():
        house.write(VIEWER, {"id": person.id, "handle": person.handle}, "circle", {"circles": circles})


def _wear(driver: WebDriver, theme: Theme, width: int) -> None:
    """Let the system be light or dark, and the window so wide."""
    wanted = [{"name": "prefers-color-scheme", "value": theme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": wanted})
    size = {"width": width, "height": TALL, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def _card(x: XPage, file: Path) -> None:
    x.open_profile(people.WREN.handle).says(NOTE[:20])
    x.badge_of(people.WREN.handle)
    _keep(x.driver, file)


def _report(x: XPage, file: Path) -> None:
    card = x.open_profile(people.BARGAIN.handle)
    card.click(".acts .first")
    card.part(".vet .v")
    until(lambda: words("vetLooking") not in card.text(".vet"), "link and photo to be looked at", 20)
    _keep(x.driver, file, x)


def _drafts(x: XPage, file: Path) -> None:
    card = x.open_profile(people.WREN.handle)
    card.click(".state")
    card.press("s")
    card.part(".say textarea")
    _keep(x.driver, file, x)


def _search(x: XPage, file: Path) -> None:
    x.open(f"/{people.ADA.handle}/with_replies")
    x.badge_of(people.WREN.handle)
    x.driver.find_element(By.TAG_NAME, "body").send_keys(";")
    search: Card = x.popover()
    search.part(".palette input")
    search.press(*"press")
    search.says(people.WREN.name, ".pick")
    _keep(x.driver, file)


def _panel(browser: Chromium, file: Path) -> None:
    driver = browser.driver
    driver.get(browser.url("pages/panel.html"))
    until(lambda: driver.find_elements(By.CSS_SELECTOR, "#lists li"), "the lists")
    until(lambda: driver.find_elements(By.CSS_SELECTOR, "#queue .v"), "a new follower")
    _keep(driver, file)


def _keep(driver: WebDriver, file: Path, x: XPage | None = None) -> None:
    """Write what is on screen, the card in view where it is of a profile."""
    if x:
        host = driver.find_element(By.CSS_SELECTOR, x.card().host)
        driver.execute_script(
            "scrollTo(0, scrollY + arguments[0].getBoundingClientRect().top - arguments[1])", host, ABOVE
        )
    with Image.open(io.BytesIO(driver.get_screenshot_as_png())) as shot:
        shot.convert("RGB").quantize(COLOURS).save(file, optimize=True)
    click.echo(f"Wrote {file}.")


if __name__ == "__main__":
    main()
