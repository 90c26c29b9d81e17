"""In a process for which Chromium has no words of ours, card, marks, options and background speak all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from companion.install.extension_folder import lay
from tests.browser.chromium import Chromium, start_chromium
from tests.browser.devtools import until
from tests.browser.pages import XPage
from tests.browser.words import words
from tests.replica.server import Replica

WORDLESS = "if (globalThis.chrome?.i18n) chrome.i18n.getMessage = () => '';\n"
"""Chromium asks for an extension's words once in a process. An answer that was empty, as one that came too early was,
stays for its life; here every answer is."""


@pytest.fixture
def chromium(shared_replica: Replica, tmp_path: Path) -> Iterator[Chromium]:
    """Chromium in which the extension was just installed and every process has no words."""
    extension = lay(tmp_path / "extension")
    asked = extension / "lib/dom.js"
    asked.write_text(WORDLESS + asked.read_text(encoding="utf-8"), encoding="utf-8")
    browser = start_chromium(shared_replica, extension=extension)
    yield browser
    browser.quit()


def test_where_the_browser_has_no_words_everything_still_speaks(chromium: Chromium) -> None:
    x = XPage(chromium)
    card = x.open_profile("wrenwrites")
    card.says(words("noteEmpty"), ".note")
    card.write("Before there was a companion.")
    card.saved(words("saidQueued"))
    x.open("/adaquill/followers")
    until(lambda: words("vetButton") in {leaf.text for leaf in x.leaves("vet")}, "a Vet button with its word")
    chromium.driver.get(chromium.url("pages/options.html"))
    link = words("link_unpaired").split("`", maxsplit=1)[0]
    until(lambda: link in chromium.driver.find_element(By.TAG_NAME, "body").text, "what the background says")
    assert chromium.driver.find_element(By.ID, "page-title").text == words("optionsPage")
