"""A stranger's first minutes: the wheel, an empty home, no checkout; two commands, one click, and a note is kept."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from companion.cli.options import holder
from companion.cli.service import wait_for
from companion.settings import Settings
from scripts.packages import Distributions
from tests.browser.chromium import start_chromium
from tests.browser.devtools import until
from tests.browser.firefox import extension_url, start_firefox
from tests.browser.firefox_page import write_note
from tests.browser.pages import XPage
from tests.browser.words import words
from tests.companion_process import free_port
from tests.replica.server import Replica
from tests.test_packages import installed

pytestmark = [pytest.mark.kill, pytest.mark.posix]


@pytest.fixture(scope="module")
def mutuals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed from the wheel far from any checkout."""
    wheel = Distributions.made_in(tmp_path_factory.mktemp("distributions")).wheel
    return installed(wheel, tmp_path_factory.mktemp("installed") / "environment")


class NewHome:
    """An empty home after the second command, `mutuals setup`."""

    def __init__(self, mutuals: Path, folder: Path) -> None:
        self.data, self.extension = folder / ".local/share/mutuals", folder / "Mutuals/extension"
        environment = {"HOME": str(folder), "PATH": str(mutuals.parent), "LANG": "C.UTF-8"}
        command = [str(mutuals), "setup", "--no-open", "--port", str(free_port())]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        self.link = next(line for line in done.stdout.splitlines() if line.startswith("http://"))

    def notes(self) -> str:
        """What is written in the notebook's files."""
        return "".join(path.read_text(errors="replace") for path in self.data.glob("notes.json*"))

    def end(self) -> None:
        """End the companion that the setup started."""
        running = holder(Settings(data=self.data))
        assert running is not None
        assert running.pid is not None
        os.kill(running.pid, signal.SIGTERM)
        assert wait_for(lambda: holder(Settings(data=self.data)) is None)


@pytest.fixture
def home(mutuals: Path, tmp_path: Path) -> Iterator[NewHome]:
    (tmp_path / "home").mkdir()
    new = NewHome(mutuals, tmp_path / "home")
    yield new
    new.end()


def test_two_commands_and_one_click_lead_to_a_note_in_chromium(home: NewHome, shared_replica: Replica) -> None:
    browser = start_chromium(shared_replica, extension=home.extension)
    try:
        browser.driver.get(home.link)
        until(lambda: browser.driver.current_url == browser.url("pages/welcome.html"), "the extension's own page")
        until(lambda: browser.driver.find_element(By.ID, "pair").is_displayed(), "the button")
        browser.driver.find_element(By.ID, "pair").click()
        until(lambda: browser.driver.find_element(By.ID, "said").text == words("optionsPaired"), "the pairing")
        XPage(browser).open_profile("wrenwrites").write("My first note.")
        until(lambda: "My first note." in home.notes(), "the note on disk")
    finally:
        browser.quit()


def test_two_commands_and_one_click_lead_to_a_note_in_firefox(
    home: NewHome, shared_replica: Replica, tmp_path: Path
) -> None:
    (tmp_path / "profile").mkdir()
    browser = start_firefox(shared_replica, tmp_path / "profile", home.extension)
    try:
        browser.open(home.link)
        until(lambda: browser.evaluate("location.href") == extension_url("pages/welcome.html"), "the extension's page")
        until(lambda: browser.evaluate("!document.getElementById('offer').hidden"), "the button")
        browser.click_on(browser.locate("#pair"))
        until(lambda: words("optionsPaired") in str(browser.evaluate("document.body.innerText")), "the pairing")
        browser.open("https://x.com/wrenwrites")
        write_note(browser, "My first note.")
        until(lambda: "My first note." in home.notes(), "the note on disk")
    finally:
        browser.quit()
