"""Runs a demo without an X account: a companion, a replica of X with invented people, a paired Chromium."""

from __future__ import annotations

import sys
import tempfile
import threading
from pathlib import Path

import click
from selenium.common.exceptions import WebDriverException

from tests.browser.chromium import Chromium, start_chromium
from tests.browser.devtools import until
from tests.browser.house import House, Json
from tests.browser.options import OptionsPage
from tests.browser.pages import XPage
from tests.replica import people
from tests.replica.server import Replica
from tests.replica.world import Look, Theme, World

VIEWER: Json = {"id": people.ADA.id, "handle": people.ADA.handle}
TAGS = {
    people.WREN: ["small press", "The Watchlist", "met at #bookchat"],
    people.INES: ["printmaker"],
    people.TOMO: ["translator"],
    people.MILL: ["venue"],
}
NOTE = "Looking for essayists for the spring issue. Promised her the Abeokuta interview. Phone first, she hates DMs."
STEP: Json = {"words": "Send the Abeokuta interview"}
TALKERS = [people.WREN, people.INES, people.TOMO, people.RHEA]
"""People whose reply pages are opened first: from these pages the companion learns what it shows."""


@click.command()
@click.option("--screenshot", type=click.Path(dir_okay=False, path_type=Path), help="Write a picture, show no window.")
@click.option("--path", default="/wrenwrites", help="Which page of the stand-in to show.")
@click.option("--theme", type=click.Choice(["light", "dim", "dark"]), default="light", help="X's theme.")
def main(screenshot: Path | None, path: str, theme: Theme) -> None:
    """Run the demo."""
    world = World(look=Look(theme=theme, page_size=400))
    with tempfile.TemporaryDirectory(prefix="mutuals-demo-") as folder, Replica(world) as replica:
        house = House(Path(folder))
        try:
            browser = open_browser(replica, headless=screenshot is not None)
            try:
                _show(prepare(browser, house), path, screenshot)
            finally:
                browser.quit()
        finally:
            house.close()


def open_browser(replica: Replica, *, headless: bool) -> Chromium:
    """Return Chromium on the replica; ends the program with 2, in words, where there is none."""
    try:
        return start_chromium(replica, headless=headless)
    except FileNotFoundError as missing:
        click.echo(
            f"The demo needs {missing}, found neither here nor in PATH. Install what is missing and run it again,",
            err=True,
        )
        click.echo("for example on Debian or Ubuntu: apt install chromium chromium-driver fonts-liberation", err=True)
    except WebDriverException as problem:
        click.echo(f"Chromium did not start: {str(problem.msg).splitlines()[0]}", err=True)
        click.echo(
            "Where there is no screen, ask for a picture instead: scripts/start --demo --screenshot demo.png", err=True
        )
    sys.exit(2)


def prepare(browser: Chromium, house: House) -> XPage:
    """Pair, open the pages of the featured people, and write a few notes."""
    options = OptionsPage(browser)
    options.open()
    options.set_port(house.port)
    options.pair(house.process.open_pairing())
    x = XPage(browser)
    x.open(f"/{people.ADA.handle}/with_replies")
    taken_in(house, people.RHEA, "you")
    for person in TALKERS:
        x.open(f"/{person.handle}/with_replies")
        taken_in(house, person, "they")
    for person, tags in TAGS.items():
        house.write(VIEWER, {"id": person.id, "handle": person.handle}, "tags", {"tags": tags})
    wren = {"id": people.WREN.id, "handle": people.WREN.handle}
    house.write(VIEWER, wren, "note", {"text": NOTE})
    house.write(VIEWER, wren, "step", STEP)
    return x


def taken_in(house: House, person: people.Account, side: str) -> None:
    """Wait until the companion has recorded what the current page showed."""
    key = {"id": person.id, "handle": person.handle}
    until(lambda: house.ask("person", viewer=VIEWER, person=key)[side], f"what @{person.handle} wrote", 30)


def _show(x: XPage, path: str, screenshot: Path | None) -> None:
    x.open(path)
    x.card()
    if screenshot:
        _picture(x, screenshot)
        return
    click.echo("This is a stand-in for X with invented people; nothing you write in it is kept.")
    click.echo("Close the window or press Ctrl-C to end.")
    _wait(x.browser)


def _picture(x: XPage, file: Path) -> None:
    size = {"width": 1280, "height": 1240, "deviceScaleFactor": 1, "mobile": False}
    x.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    x.card().says("Phone first")
    x.badge_of(people.WREN.handle, TAGS[people.WREN][0])
    file.parent.mkdir(parents=True, exist_ok=True)
    if not x.driver.save_screenshot(str(file)):
        raise click.ClickException(f"{file} could not be written.")
    click.echo(f"Wrote {file}.")


def _wait(browser: Chromium) -> None:
    gone = threading.Event()
    while not gone.wait(1):
        try:
            if not browser.driver.window_handles:
                return
        except (WebDriverException, OSError):
            return
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
