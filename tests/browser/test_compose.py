"""Something to say, from the card by keyboard: chosen, changed, and opened in X's own composer; nothing is sent."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from selenium.webdriver.common.keys import Keys

from tests.browser.axe import violations
from tests.browser.devtools import until
from tests.browser.pages import XPage
from tests.browser.words import words

ADDRESS = "return document.querySelector('.say a').href"
COPIED = "return document.querySelector('.say textarea').value"


def test_a_draft_is_chosen_changed_and_opened_by_keys(x: XPage) -> None:
    card = x.open_profile("wrenwrites")
    card.click(".state")
    card.press("s")
    card.says(words("draft_hello"), ".say [aria-pressed=true]")
    card.press("4")
    card.says(words("draft_mentor"), ".say [aria-pressed=true]")
    card.press("1", "e", Keys.END)
    card.press(*" Tea & ink?")
    until(lambda: "Tea" in str(card.measure(ADDRESS)), "the link to follow the text")
    text = parse_qs(urlsplit(str(card.measure(ADDRESS))).query)["text"][0]
    assert text == card.measure(COPIED)
    assert text.startswith("Good morning @wrenwrites.")
    assert text.endswith(" Tea & ink?")
    card.press(Keys.ESCAPE, "c")
    card.says(words("draftCopied"), ".say [role=status]")
    with card.inside() as frame:
        assert violations(frame) == []
    tabs = set(x.driver.window_handles)
    card.click(".say a")
    until(lambda: len(x.driver.window_handles) == len(tabs) + 1, "X's composer in a tab of its own")
    [composer] = set(x.driver.window_handles) - tabs
    x.driver.switch_to.window(composer)
    until(lambda: "/intent/post" in x.driver.current_url, "the composer's address")
    x.driver.close()
    x.driver.switch_to.window(next(iter(tabs)))
