"""In Firefox the language chosen in the options stands on the options and on the card, from right to left too."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.browser.bidi import Bidi
from tests.browser.chromium import EXTENSION
from tests.browser.devtools import until
from tests.browser.firefox import extension_url
from tests.browser.firefox_page import card_text, wait_for

CHOOSE = """(list => {{ list.value = {code!r}; list.dispatchEvent(new Event("change")); }})(
  document.getElementById("language"))"""
LISTED = "document.querySelectorAll('#language option').length === 9"


def choose(browser: Bidi, code: str, shown: str) -> None:
    """Choose a language in the options and wait until the page speaks it."""
    browser.open(extension_url("pages/options.html"))
    wait_for(browser, LISTED, "the list of languages")
    browser.evaluate(CHOOSE.format(code=code))
    wait_for(browser, f"document.documentElement.lang === {shown!r} && {LISTED}", f"the options in {code or 'English'}")


@pytest.fixture
def arabic(paired: Bidi) -> Iterator[dict[str, str]]:
    """Arabic while the test runs; its catalogue."""
    choose(paired, "ar", "ar")
    entries = json.loads((EXTENSION / "_locales/ar/messages.json").read_text(encoding="utf-8"))
    yield {key: entry["message"] for key, entry in entries.items()}
    choose(paired, "", "en")


def test_the_choice_stands_on_options_and_card_from_right_to_left(paired: Bidi, arabic: dict[str, str]) -> None:
    assert paired.evaluate("document.documentElement.dir") == "rtl"
    assert paired.evaluate("document.querySelector('#page-title').textContent") == arabic["optionsPage"]
    paired.open("https://x.com/wrenwrites")
    until(lambda: arabic["actNote"] in card_text(paired, "main"), "the card in Arabic")
    assert "Note" not in card_text(paired, "main")
