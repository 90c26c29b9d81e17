"""The card, the search and the panel in Firefox, by keyboard alone: a draft, a next step, a note, the lists."""

from __future__ import annotations

import json

import pytest

from tests.browser.bidi import Bidi
from tests.browser.devtools import until
from tests.browser.firefox import extension_url
from tests.browser.firefox_page import CONTROL, END, ENTER, Shown, card, card_text, mark, popover, wait_for
from tests.browser.firefox_window import focus_page, press_alt_shift, sidebar
from tests.browser.house import House
from tests.browser.test_main_path import VIEWER, stored_note
from tests.browser.test_steps import step
from tests.browser.words import words
from tests.replica import people
from tests.replica.people import INES, WREN

TAB, ESCAPE, DOWN, UP = "\ue004", "\ue00c", "\ue015", "\ue013"
FOCUS = "document.activeElement?.matches(%s)"
SAY, STEP = ".say textarea", ".step input[type=text]"


def at(css: str) -> str:
    """Return an expression that is true while the focus is on a part."""
    return FOCUS % json.dumps(css)


def reach(shown: Shown, css: str, most: int = 40) -> None:
    """Go on by the Tab key until a part, which may come late, has the focus."""
    shown.has(f"document.querySelector({css!r}) !== null")
    for _ in range(most):
        shown.browser.press(TAB)
        if shown.browser.evaluate(at(css), shown.frame()):
            return
    raise AssertionError(f"{css} cannot be reached by Tab")


@pytest.fixture(autouse=True)
def page_has_the_keys(paired: Bidi) -> None:
    """The page has the window's focus at the start of each test, as after a click into it."""
    focus_page(paired)


def card_at_hand(browser: Bidi, handle: str) -> Shown:
    """Open a profile and give its card the keys: by the note's key, and Escape out of the note."""
    browser.open(f"https://x.com/{handle}")
    until(lambda: card_text(browser, ".note .text"), "the note on the card")
    browser.press("e")
    shown = card(browser)
    shown.has(at(".note textarea"))
    browser.press(ESCAPE)
    shown.has(f"{at('.m')} && document.hasFocus()")
    return shown


def test_in_firefox_a_draft_is_chosen_changed_copied_and_pasted_into_the_note(
    paired: Bidi, shared_house: House
) -> None:
    shown = card_at_hand(paired, "wrenwrites")
    paired.press("s")
    shown.says(words("draft_hello"), ".say [aria-pressed=true]")
    paired.press("4")
    shown.says(words("draft_mentor"), ".say [aria-pressed=true]")
    paired.press("1", "e")
    shown.has(at(SAY))
    paired.press(END, *" Tea & ink?")
    shown.has(f"document.querySelector({SAY!r}).value.endsWith(' Tea & ink?')")
    shown.has("new URL(document.querySelector('.say a').href).searchParams.get('text').endsWith(' Tea & ink?')")
    paired.press(ESCAPE, "c")
    shown.says(words("draftCopied"), ".say [role=status]")
    paired.press(ESCAPE)
    shown.has("document.querySelector('.say') === null")
    paired.press("e")
    shown.has(at(".note textarea"))
    paired.hold(CONTROL, "v")
    paired.hold(CONTROL, ENTER)
    shown.says(" Tea & ink?", ".note .text")
    until(lambda: stored_note(shared_house).startswith("Good morning @wrenwrites."), "the note on disk")


def test_in_firefox_a_next_step_is_set_changed_ticked_and_taken_back(paired: Bidi, shared_house: House) -> None:
    shown = card_at_hand(paired, "wrenwrites")
    paired.press("n")
    shown.has(at(STEP))
    paired.press(*"Send the proofs", ENTER)
    until(lambda: step(shared_house).get("words") == "Send the proofs", "the step to arrive")
    shown.says("Send the proofs", ".next")
    shown.has(f"document.querySelector({STEP!r}) === null")
    paired.press("n")
    shown.has(at(STEP))
    paired.press(END, *" today", ENTER)
    until(lambda: step(shared_house).get("words") == "Send the proofs today", "the change to arrive")
    shown.says("Send the proofs today", ".next")
    shown.has(f"document.querySelector({STEP!r}) === null")
    reach(shown, ".next .tick")
    paired.press(ENTER)
    until(lambda: step(shared_house) == {}, "the tick to count")
    paired.press("u")
    until(lambda: step(shared_house).get("words") == "Send the proofs today", "the step to be open again")


def test_in_firefox_a_note_is_written_from_the_search_without_leaving_the_page(
    paired: Bidi, shared_house: House
) -> None:
    paired.open("https://x.com/adaquill/with_replies")
    until(lambda: mark(paired), "a mark")
    paired.press(";", *"wren")
    search = Shown(paired, "Boolean(document.querySelector('.palette'))")
    search.says("@wrenwrites", ".pick")
    paired.press(TAB)
    search.says(words("paletteCard"), ".pick")
    paired.press(DOWN, ENTER)
    opened = popover(paired)
    opened.has(at(".note textarea"))
    paired.hold(CONTROL, "a")
    paired.press(*"By June")
    paired.hold(CONTROL, ENTER)
    until(lambda: stored_note(shared_house) == "By June", "the note on disk")
    paired.press(ESCAPE)
    until(lambda: not opened.text(), "the card to close")
    assert str(paired.evaluate("location.pathname")) == "/adaquill/with_replies"
    wait_for(paired, "document.hasFocus() && document.activeElement === document.body", "the focus to be the page's")
    paired.press("j")
    until(lambda: "j" in str(paired.evaluate("window.Replica.shortcuts")), "the keys to be X's again")


LISTED = "[...document.querySelectorAll('#lists .who > b')].map((one) => one.textContent)"


def test_in_firefox_the_panels_lists_are_gone_through_by_keys(paired: Bidi, shared_house: House) -> None:
    told: tuple[tuple[people.Account, str], ...] = ((WREN, "watchlist"), (INES, "watchlist"), (INES, "say-things"))
    for person in (WREN, INES):
        circles = [circle for one, circle in told if one is person]
        shared_house.write(VIEWER, {"id": person.id, "handle": person.handle}, "circle", {"circles": circles})
    press_alt_shift(paired, "M")
    until(lambda: sidebar(paired) == extension_url("pages/panel.html"), "the panel in the sidebar")
    press_alt_shift(paired, "M")
    paired.open(extension_url("pages/panel.html"))

    def listed() -> set[str]:
        found = paired.evaluate(LISTED)
        return set(found) if isinstance(found, list) else set()

    until(lambda: listed() == {WREN.name, INES.name}, "the first list")
    assert paired.evaluate(at("#q")), "one can type at once"
    first, second = (f"#lists li:nth-child({number}) a" for number in (1, 2))
    paired.press(DOWN)
    assert paired.evaluate(at(first))
    paired.press(DOWN)
    assert paired.evaluate(at(second))
    paired.press(UP, UP)
    assert paired.evaluate(at("#q"))
    for _ in range(9):
        paired.press(TAB)
        if paired.evaluate(at("#lists-nav button:nth-child(2)")):
            break
    paired.press(ENTER)
    until(lambda: listed() == {INES.name}, "the second list")
    assert paired.evaluate(at("#lists-nav button[aria-pressed=true]")), "the focus stays on the list"
    paired.press("/", *"wren")
    until(lambda: paired.evaluate("document.querySelector('#people .who > b')?.textContent") == WREN.name, "the hit")
    paired.press(DOWN)
    assert paired.evaluate(at("#people li:first-child a"))
