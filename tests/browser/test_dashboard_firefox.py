"""The dashboard's main pages in Firefox, by keyboard alone: Today, a person, a list one by one, the mirror."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.bidi import Bidi
from tests.browser.devtools import until
from tests.browser.firefox_page import ENTER, wait_for
from tests.browser.house import House
from tests.browser.town_house import town_house
from tests.replica.people import WREN

TAB, ESCAPE = "\ue004", "\ue00c"


class Pages:
    """The dashboard in Firefox's tab."""

    def __init__(self, browser: Bidi, house: House) -> None:
        self._browser = browser
        self.open(str(house.ask("dashboard")["url"]))
        self._base = str(browser.evaluate("location.origin"))

    def open(self, address: str) -> None:
        """Open a link, or one of the dashboard's pages by its path below /web."""
        whole = address if "://" in address else f"{self._base}/web{address}"
        self._browser.open(whole)
        path = "location.pathname.startsWith('/web')" if "://" in address else f"location.href === {whole!r}"
        ready = "document.readyState === 'complete' && document.querySelector('main h1') !== null"
        wait_for(self._browser, f"{path} && !location.pathname.includes('/enter/') && {ready}", whole)

    def keys(self, *keys: str) -> None:
        """Press keys, wherever the focus is."""
        self._browser.press(*keys)

    def texts(self, css: str) -> list[str]:
        """Return the texts of all elements that match, with single spaces."""
        read = f"[...document.querySelectorAll({css!r})].map((one) => one.textContent.trim().replace(/\\s+/g, ' '))"
        return [str(one) for one in json.loads(str(self._browser.evaluate(f"JSON.stringify({read})")))]

    def says(self, css: str, words: str) -> None:
        """Wait until an element says something."""
        until(lambda: any(words in text for text in self.texts(css)), f"{words!r} in {css}")


@pytest.fixture(scope="module")
def pages(shared_firefox: Bidi, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """The dashboard of a town, the same one for all tests here."""
    with town_house(Path(tmp_path_factory.mktemp("town"))) as house:
        yield Pages(shared_firefox, house)


def test_firefox_decides_about_a_follower_on_today_and_takes_it_back(pages: Pages) -> None:
    pages.open("")
    (follower,) = pages.texts("section[aria-labelledby=follower] .name")
    pages.keys("n")
    pages.says(".said", "Decided: no.")
    assert pages.texts("section[aria-labelledby=follower] .name") != [follower]
    pages.keys("u")
    pages.says(".said p", "Taken back.")
    assert pages.texts("section[aria-labelledby=follower] .name") == [follower]


def test_firefox_writes_on_a_persons_page_and_shows_one_kind_of_the_history(pages: Pages) -> None:
    pages.open(f"/person/{WREN.id}")
    pages.keys("e", *" Sister runs the letterpress.", ESCAPE)
    pages.says("[data-note-state]", "saved")
    pages.keys("r", *"Send the interview", ENTER)
    until(lambda: pages.texts(".steps b") == ["Send the interview"], "the step")
    pages.open(f"/person/{WREN.id}?show=notes")
    assert [one for one in pages.texts(".history ins") if "Sister" in one] == ["Sister runs the letterpress."]


def test_firefox_goes_through_a_list_by_keys_and_back(pages: Pages) -> None:
    pages.open("/triage?list=mentioned")
    first = pages.texts(".person .name")
    pages.keys("k", "d")
    pages.says(".head .end", "2 looked at")
    pages.keys("u", "u")
    until(lambda: pages.texts(".person .name") == first, "the first again")


def test_firefox_turns_the_mirror_by_keys(pages: Pages) -> None:
    pages.open("/mirror")
    assert pages.texts("[aria-label=Time] [aria-current]") == ["26 weeks"]
    pages.keys("1")
    until(lambda: pages.texts("[aria-label=Time] [aria-current]") == ["30 days"], "30 days")
    assert len(pages.texts(".charts > section")) >= 8
