"""Pairing with one click in both browsers: from the companion's page to the extension's own, and on to a note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from companion.install.extension_folder import lay
from companion.stores import paired_clients
from tests.browser.bidi import Bidi
from tests.browser.chromium import Chromium, start_chromium
from tests.browser.devtools import until
from tests.browser.firefox import extension_url, start_firefox
from tests.browser.firefox_page import card_text, write_note
from tests.browser.pages import XPage
from tests.browser.words import words
from tests.companion.cli.runs import run
from tests.companion_process import CompanionProcess
from tests.replica.server import Replica

ID = "djjmnnkcplhmbafpfefeidcappfaplhh"


class Offered:
    """What `mutuals pair` printed: the page's link and the name to compare."""

    def __init__(self, companion: CompanionProcess) -> None:
        done = run(companion.data, "pair", "--no-open")
        assert done.code == 0, done.err
        self.url = done.out.split()[-1]
        found = re.search(r"must show ([2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4})", done.out)
        assert found is not None
        self.name = found[1]


@pytest.fixture
def companion(tmp_path: Path) -> Iterator[CompanionProcess]:
    """A companion that nobody is paired with, at a port of its own."""
    with CompanionProcess(tmp_path / "data") as process:
        yield process


@pytest.fixture
def chromium(shared_replica: Replica, tmp_path: Path) -> Iterator[Chromium]:
    """Chromium with the extension as `mutuals extension` lays it out."""
    browser = start_chromium(shared_replica, extension=lay(tmp_path / "Mutuals/extension"))
    yield browser
    browser.quit()


def notes(companion: CompanionProcess) -> str:
    """Everything that is written in its notebook's journal, as it lies on the disk."""
    return "".join(path.read_text(errors="replace") for path in companion.data.glob("notes.json*"))


def test_chromium_pairs_with_one_click_and_a_note_arrives(chromium: Chromium, companion: CompanionProcess) -> None:
    driver, offered = chromium.driver, Offered(companion)
    assert chromium.id == ID, "it does not depend on the folder"
    driver.get(offered.url)
    until(lambda: driver.current_url == chromium.url("pages/welcome.html"), "the extension's own page")
    until(lambda: offered.name in driver.find_element(By.ID, "fingerprint").text, "the companion's name")
    assert paired_clients(companion.settings).all() == [], "nothing happens before the click"
    driver.find_element(By.ID, "pair").click()
    until(lambda: driver.find_element(By.ID, "said").text == words("optionsPaired"), "the pairing")
    assert len(paired_clients(companion.settings).all()) == 1
    XPage(chromium).open_profile("wrenwrites").write("One click.")
    until(lambda: "One click." in notes(companion), "the note on disk")
    driver.get(Offered(companion).url)
    until(lambda: driver.current_url == chromium.url("pages/welcome.html"), "the extension's own page again")
    until(lambda: words("welcomePairedAlready") in driver.find_element(By.ID, "said").text, "that it is paired")


def test_before_pairing_a_note_is_kept_and_goes_off_once_paired(
    chromium: Chromium, companion: CompanionProcess
) -> None:
    card = XPage(chromium).open_profile("wrenwrites")
    card.write("Before there was a companion.")
    card.saved(words("saidQueued"))
    chromium.driver.get(Offered(companion).url)
    until(lambda: chromium.driver.current_url == chromium.url("pages/welcome.html"), "the extension's own page")
    until(lambda: chromium.driver.find_element(By.ID, "pair").is_displayed(), "the button")
    chromium.driver.find_element(By.ID, "pair").click()
    until(lambda: "Before there was a companion." in notes(companion), "the note on disk")


def test_a_window_that_closed_leads_nowhere(chromium: Chromium, companion: CompanionProcess) -> None:
    offered = Offered(companion)
    (companion.data / "pairing.json").unlink()
    chromium.driver.get(offered.url)
    words = "return document.querySelector('main')?.innerText ?? ''"  # the link's own page, which leads on, has none
    until(lambda: "No pairing is open" in chromium.driver.execute_script(words), "the page's words")
    assert "/web/pair" in chromium.driver.current_url


@pytest.fixture
def firefox(shared_replica: Replica, tmp_path: Path) -> Iterator[Bidi]:
    """Firefox with the extension, not paired, no consent given."""
    (tmp_path / "firefox").mkdir()
    browser = start_firefox(shared_replica, tmp_path / "firefox")
    yield browser
    browser.quit()


CONSENT = "chrome.permissions.getAll().then((all) => all.data_collection)"


def test_firefox_asks_for_the_consent_in_the_click_that_pairs(firefox: Bidi, companion: CompanionProcess) -> None:
    offered = Offered(companion)
    firefox.open(offered.url)
    here = extension_url("pages/welcome.html")
    until(lambda: firefox.evaluate("location.href") == here, "the extension's own page")
    until(lambda: offered.name in str(firefox.evaluate("document.body.innerText")), "the companion's name")
    assert firefox.evaluate(CONSENT) == []
    firefox.click_on(firefox.locate("#pair"))
    until(lambda: words("optionsPaired") in str(firefox.evaluate("document.body.innerText")), "the pairing")
    granted = firefox.evaluate(CONSENT)
    assert isinstance(granted, list)
    assert "personalCommunications" in granted
    firefox.open("https://x.com/wrenwrites")
    write_note(firefox, "One click in Firefox.")
    try:
        until(lambda: "One click in Firefox." in notes(companion), "the note on disk")
    except AssertionError as error:
        raise AssertionError(f"{error}; the card says {card_text(firefox, 'main')!r}") from None


def test_in_firefox_a_consent_that_is_taken_back_stops_what_is_sent(firefox: Bidi, companion: CompanionProcess) -> None:
    firefox.open(Offered(companion).url)
    until(lambda: firefox.evaluate("location.href") == extension_url("pages/welcome.html"), "the extension's own page")
    until(lambda: firefox.evaluate("!document.getElementById('offer').hidden"), "the button")
    firefox.click_on(firefox.locate("#pair"))
    until(lambda: words("optionsPaired") in str(firefox.evaluate("document.body.innerText")), "the pairing")
    firefox.evaluate("chrome.permissions.remove({data_collection: ['websiteContent']})")
    until(lambda: "websiteContent" not in str(firefox.evaluate(CONSENT)), "the consent to be gone")
    firefox.open("https://x.com/wrenwrites")
    write_note(firefox, "Not to be sent.")
    until(lambda: words("saidQueued") in card_text(firefox, ".saved"), "the card to say that it is kept")
    firefox.open(extension_url("pages/options.html"))
    allow = words("link_consent").split("`", maxsplit=1)[0]
    until(
        lambda: allow in str(firefox.evaluate("document.getElementById('permission').innerText")), "the options to say"
    )
    assert "Not to be sent." not in notes(companion)
    firefox.click_on(firefox.locate("#grant"))
    until(lambda: "Not to be sent." in notes(companion), "the note that waited", 30)
