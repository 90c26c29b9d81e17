"""A new user imports an archive on the dashboard in a real browser, and then sees the people on X's pages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.axe import violations
from tests.browser.chromium import Chromium
from tests.browser.dashboard import ImportPage
from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.pages import XPage
from tests.companion.sources.archive.archives import mention, script, tweet, write_archive
from tests.replica import people

DAYS = 5
"""Days on which the archive's owner wrote to Wren."""
PAUSE_AFTER_TWO_PIECES = """
document.getElementById("import").dataset.part = "500";
const ask = window.fetch;
let asked = 0;
window.fetch = (...all) => {
  if (++asked === 3) document.querySelector("[data-do=pause]").click();
  return ask(...all);
};
"""


@pytest.fixture
def page(chromium: Chromium, house: House) -> ImportPage:
    return ImportPage(chromium, house)


def letter(number: int, one: people.Account) -> dict[str, object]:
    """Return a post to somebody, each on a day of its own in the weeks before the replica's present."""
    return tweet(
        str(1_900_000_000_000_000_000 + number), f"@{one.handle} thank you for the letter, number {number}",
        f"{('Thu', 'Fri', 'Sat', 'Sun', 'Mon')[number % 5]} Jan {number % 5 + 1:02} 13:02:05 +0000 2026",
        in_reply_to_user_id_str=one.id, in_reply_to_screen_name=one.handle,
        entities={"user_mentions": [mention(one.id, one.handle, 0)], "urls": []},
    )  # fmt: skip


def archive(folder: Path, film: int = 40_000) -> Path:
    """Ada's archive: five days of letters to Wren, one to Ines, follow lists, and a film that must not travel."""
    letters = [letter(number, people.WREN) for number in range(DAYS)] + [letter(DAYS, people.INES)]
    follower = [{"follower": {"accountId": people.WREN.id}}]
    return write_archive(folder / "twitter-2026-03-06.zip", {
        "tweets_media/film.mp4": os.urandom(film),
        "tweets.js": script("tweets", letters),
        "ip-audit.js": script("ip_audit", [{"ipAudit": {"loginIp": "192.0.2.7"}}]),
        "follower.js": script("follower", follower),
        "following.js": script("following", [{"following": {"accountId": people.WREN.id}}]),
    })  # fmt: skip


def test_a_new_user_imports_an_archive_and_sees_the_people_on_the_replica(
    page: ImportPage, x: XPage, tmp_path: Path, house: House
) -> None:
    page.open()
    page.choose(archive(tmp_path))
    page.says("twitter-2026-03-06.zip is imported.")
    page.says("New interactions\n6")
    page.says("shows as unseen, never as none")
    assert not house.process.settings.uploads_path.exists()
    card = x.open_profile("wrenwrites")
    card.says("You follow each other")
    card.says(f"You wrote on {DAYS} days, but their answers could not be seen yet")
    card.says("they never seen, you")


def test_pictures_and_address_files_do_not_travel(page: ImportPage, tmp_path: Path, house: House) -> None:
    page.open()
    page.driver.execute_script(
        "window.sent = 0; const ask = window.fetch;"
        "window.fetch = (...all) => { window.sent += all[1]?.body?.size ?? 0; return ask(...all); };"
    )
    path = archive(tmp_path, film=9_000_000)
    page.choose(path)
    page.says("is imported.")
    sent = page.driver.execute_script("return window.sent")
    assert 0 < sent < path.stat().st_size - 9_000_000


def test_a_file_that_is_no_archive_is_refused_in_a_sentence(page: ImportPage, tmp_path: Path) -> None:
    page.open()
    (tmp_path / "film.zip").write_bytes(os.urandom(50_000))
    page.choose(tmp_path / "film.zip")
    page.says("film.zip is not a whole zip file")
    bundle = write_archive(tmp_path / "other.zip", {})
    bundle.write_bytes(bundle.read_bytes().replace(b"data/account", b"some/account"))
    page.choose(bundle)
    page.says("other.zip is a zip, but not X's archive")


def test_sending_that_was_stopped_goes_on_after_a_reload(page: ImportPage, tmp_path: Path, house: House) -> None:
    page.open()
    path = archive(tmp_path)
    page.driver.execute_script(PAUSE_AFTER_TWO_PIECES)
    page.choose(path)
    page.says("was sent in part")
    page.driver.refresh()
    page.says("was sent in part")
    page.choose(path)
    page.says("is imported.")


def test_another_accounts_archive_is_asked_about_first(page: ImportPage, tmp_path: Path, house: House) -> None:
    house.write({"id": people.ADA_AT_WORK.id, "handle": "adaworks"}, {"id": people.INES.id}, "note", {"text": "hello"})
    page.open()
    page.choose(archive(tmp_path))
    page.says("This archive is @adaquill's, which was never used here.")
    page.driver.refresh()
    page.press("Go on")
    page.says("is imported.")


def test_it_works_by_keyboard_in_the_dark_and_on_a_phone(page: ImportPage, tmp_path: Path, chromium: Chromium) -> None:
    page.open()
    path, driver = archive(tmp_path), page.driver
    for _ in range(40):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        if driver.switch_to.active_element.get_attribute("id") == "file":
            break
    assert driver.switch_to.active_element.get_attribute("id") == "file"
    assert violations(driver) == []
    try:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
            {"name": "prefers-color-scheme", "value": "dark"}]})  # fmt: skip
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": False})  # fmt: skip
        page.choose(path)
        page.says("is imported.")
        until(lambda: driver.switch_to.active_element.text == "See the people", "the focus on what to do next")
        assert driver.execute_script("return document.documentElement.scrollWidth") <= 360
        assert violations(driver) == []
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    driver.find_element(By.LINK_TEXT, "See the people").click()
    page.says("@wrenwrites")
