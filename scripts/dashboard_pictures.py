"""Takes screenshots of the dashboard for the docs, with invented people (light, dark, wide, narrow). Needs Chromium."""

from __future__ import annotations

import io
import random
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import click
from PIL import Image, ImageDraw
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By

from companion.access.links import link
from companion.domain.chat_times import last_sessions
from companion.domain.dates import DAY, local_day
from companion.domain.sightings import Interaction, Post, Understanding
from companion.machine_zone import MACHINE
from companion.practice import chats
from companion.store import touches
from companion.store.account import Account
from companion.store.documents import Document
from companion.store.faces import keep_face
from companion.store.notebook.results import LATEST
from companion.stores import Stores, sessions
from tests.browser.chromium import QUIET, browser_and_driver
from tests.browser.devtools import until
from tests.browser.town_house import midnight
from tests.companion.web.town import NEIGHBOURS, NOTE, settle
from tests.companion_process import CompanionProcess
from tests.replica.people import ADA, FEATURED, INES, TOMO, WREN, invent

PAGES = (
    ("dashboard", "/web"),
    ("person", f"/web/person/{WREN.id}"),
    ("triage", "/web/triage?list=mentioned"),
    ("mirror", "/web/mirror"),
    ("first-hour", "/web/first"),
    ("chats", "/web/chats"),
)
VIEWS = (("light", "light", 1240), ("dark", "dark", 1240), ("phone", "light", 360))
SHOTS = (
    *((f"{name}-{view}", address, theme, width) for name, address in PAGES for view, theme, width in VIEWS),
    ("pictures-dark", "/web/pictures", "dark", 1240),
)
COLOURS = 192
"""Of a picture as it is kept: a page has few, and the file is a third as large."""
TALLEST = 1400
CHAT = (
    (WREN, "in", "Start with the translator's afterword, honestly."),
    (WREN, "out", "That makes me cross in the right order."),
    (TOMO, "in", "Which of the harbour poems would you read aloud?"),
    (INES, "in", "The ferry one. It has a goat in it."),
    (INES, "out", "Sold. I bring the goat."),
    (TOMO, "out", "The ferry one, and slowly."),
)
"""Whom the chat of the pictures is with, who writes, and what."""
BACKGROUNDS = ((200, 215, 235), (240, 214, 170), (190, 214, 196), (226, 196, 214), (214, 206, 190))
HAIRS = ((40, 30, 28), (92, 58, 34), (168, 120, 60), (120, 120, 124), (150, 70, 36))
SKINS = ((240, 206, 178), (222, 172, 134), (176, 120, 84), (120, 78, 54))
COATS = ((60, 96, 140), (150, 60, 56), (52, 104, 76), (90, 76, 130), (190, 140, 60))


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("docs"))
def main(folder: Path) -> None:
    """Write the screenshots into a folder."""
    with tempfile.TemporaryDirectory(prefix="mutuals-pictures-") as place:
        process = _town(Path(place) / "data")
        driver = _browser()
        try:
            links = sessions(process.settings)
            name = links.published_name() or ""
            driver.get(link(name, process.port, links.issue(int(time.time()))))
            until(lambda: driver.find_elements(By.CSS_SELECTOR, "main h1"), "the first page")
            for file, address, theme, width in SHOTS:
                _shoot(driver, f"http://{name}:{process.port}{address}", theme, width, folder / f"{file}.png")
        finally:
            driver.quit()
            process.kill()


def _town(data: Path) -> CompanionProcess:
    """Start a companion whose stores hold invented people."""
    process = CompanionProcess(data)
    stores = Stores.open(process.settings)
    settle(Account(stores.notebook, stores.ledger, ADA.id), midnight())
    stores.ledger.record(ADA.id, Understanding("HomeTimeline"), int(time.time()))
    for number, pid in enumerate([one.id for one in (*FEATURED, *invent(NEIGHBOURS))]):
        if number % 3 != 2:
            keep_face(stores.notebook, pid, _drawn_face(number), int(time.time()))
    _write(Account(stores.notebook, stores.ledger, ADA.id), int(time.time()))
    stores.close()
    return process.start()


def _write(account: Account, now: int) -> None:
    """Write about Wren what a year of use leaves, and name the chat in which she and two others answered."""
    day = local_day(now, MACHINE)
    told: tuple[tuple[str, int, Document], ...] = (
        ("note", 0, {"text": f"{NOTE} Sister runs the letterpress in Ibadan."}),
        ("step", 0, {"words": "Send the Abeokuta interview", "day": str(day + timedelta(days=5))}),
        ("cadence", 0, {"every": "3 weeks", "since": str(day)}),
        ("outcome", 0, {"what": "work", "day": str(day - timedelta(days=27)), "words": "Essay for the spring issue"}),
        ("decision", 170, {"decision": "follow_back", "reasons": [], "text": "small presses, answers letters"}),
    )
    for kind, ago, body in told:
        account.notebook.write(f"picture-{kind}", kind, WREN.id, body, LATEST, now - ago * DAY, account.owner)
    call: Document = {"what": "call", "when": now - 20 * DAY, "words": "Lisbon in March; dinner with Ines?"}
    touches.add(account, WREN.id, call, op="picture-call", at=now)
    first = day - timedelta(days=15)
    chat = chats.checked(
        {"tag": "#bookchat", "day": str(first), "time": "20:00", "zone": "Europe/Lisbon", "rule": "week"}
    )
    start = last_sessions(chat, now, 1)[0].start
    posts, acts = [], []
    for number, (one, way, words) in enumerate(CHAT):
        author, at = one if way == "in" else ADA, start + 240 * number
        posts.append(Post(f"94000{number}", author.id, author.handle, f"{words} #bookchat", at))
        acts.append(Interaction(way, "reply", at, f"94000{number}", id=one.id, post=f"94000{number}", chat=chat.key))
    account.ledger.record(account.owner, Understanding("TweetDetail", [], posts, [], acts), now)
    chats.save(account.notebook, chat)


def _drawn_face(number: int) -> bytes:
    """Draw an invented person: hair, face and shoulders in colours of their number."""
    dice = random.Random(number)
    image = Image.new("RGB", (96, 96), dice.choice(BACKGROUNDS))
    pen = ImageDraw.Draw(image)
    hair, skin, coat = dice.choice(HAIRS), dice.choice(SKINS), dice.choice(COATS)
    wide, long = dice.randrange(20, 27), dice.choice((46, 52, 74))
    pen.ellipse((48 - wide - 4, 14, 48 + wide + 4, long + 8), fill=hair)
    pen.ellipse((16, 68, 80, 130), fill=coat)
    pen.rectangle((42, 56, 54, 72), fill=skin)
    pen.ellipse((48 - wide + 6, 24, 48 + wide - 6, 66), fill=skin)
    for eye in (40, 56):
        pen.ellipse((eye - 2, 42, eye + 2, 46), fill=(30, 26, 24))
    pen.arc((41, 46, 55, 58), 20, 160, fill=(110, 50, 45), width=2)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def _browser() -> WebDriver:
    browser, driver = browser_and_driver()
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in (*QUIET, "--headless=new"):
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=Service(driver))


def _shoot(driver: WebDriver, url: str, theme: str, width: int, file: Path) -> None:
    wanted = [{"name": "prefers-color-scheme", "value": theme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": wanted})
    _resize(driver, width, 400)
    driver.get(url)
    _resize(driver, width, min(TALLEST, int(driver.execute_script("return document.documentElement.scrollHeight"))))
    file.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(driver.get_screenshot_as_png())) as shot:
        shot.convert("RGB").quantize(COLOURS).save(file, optimize=True)
    click.echo(f"Wrote {file}.")


def _resize(driver: WebDriver, width: int, height: int) -> None:
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


if __name__ == "__main__":
    main()
