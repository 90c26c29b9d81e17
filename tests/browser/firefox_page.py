"""What a person sees and does in Firefox: marks, cards, popovers and pairing, over plain WebDriver BiDi."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress

from tests.browser.bidi import Bidi, Reply
from tests.browser.devtools import until
from tests.browser.firefox import extension_url
from tests.browser.house import House

BADGE = "[data-mutuals=badge]"
LINE = "[data-mutuals=line]"
ENTER, END, CONTROL = "\ue007", "\ue010", "\ue009"
MIDDLE = (
    "(one => { one.scrollIntoView({block: 'center'}); const b = one.getBoundingClientRect();"
    "return [b.x + b.width / 2, b.y + b.height / 2]; })"
)


def wait_for(browser: Bidi, expression: str, what: str, seconds: float = 15.0) -> None:
    """Wait until an expression in the page is true."""
    until(lambda: browser.evaluate(expression), what, seconds)


def drawn(browser: Bidi, css: str, node: str = "button") -> str:
    """Return the words drawn on the first of our leaves that matches, "" while there is none."""
    try:
        found = browser.inside(browser.shadow(css), node)
        words = "(one) => [one, ...one.querySelectorAll('*')].map((each) => each.dataset.word ?? '').join(' ').trim()"
        return str(browser.of(found[0], words)) if found else ""
    except (LookupError, RuntimeError):
        return ""


def mark(browser: Bidi) -> str:
    """Return the word drawn on the first mark, "" while there is none."""
    return drawn(browser, BADGE)


def mark_node(browser: Bidi) -> Reply:
    """Return the button of the first mark."""
    return browser.inside(browser.shadow(BADGE), "button")[0]


class Shown:
    """A card of ours in its frame.

    Args:
        browser: Firefox.
        which: an expression that is true in the frame's document alone.
    """

    def __init__(self, browser: Bidi, which: str) -> None:
        self.browser = browser
        self.which = which

    def frame(self) -> str:
        """Return the frame that shows it.

        Raises:
            LookupError: none does now.
        """
        for frame in self.browser.frames():
            with suppress(RuntimeError):  # it may have gone since
                if self.browser.evaluate(self.which, frame):
                    return frame
        raise LookupError(self.which)

    def text(self, css: str = "main") -> str:
        """Return the text of a part, "" while there is none."""
        try:
            return str(self.browser.evaluate(f"document.querySelector({css!r})?.innerText ?? ''", self.frame()))
        except (LookupError, RuntimeError):
            return ""

    def says(self, said: str, css: str = "main") -> None:
        """Wait until a part says something."""
        until(lambda: said in self.text(css), f"{said!r} in {css}")

    def has(self, expression: str) -> None:
        """Wait until an expression in its document is true."""

        def true() -> bool:
            try:
                return bool(self.browser.evaluate(expression, self.frame()))
            except (LookupError, RuntimeError):
                return False

        until(true, expression)

    def aim(self, css: str) -> tuple[float, float, str]:
        """Rest the pointer on a part until the frame stands still; return where that is, and in which frame."""
        frame = self.frame()
        place = self.browser.evaluate(f"{MIDDLE}(document.querySelector({css!r}))", frame)
        assert isinstance(place, list)
        self.browser.rest(place[0], place[1], frame)
        until(lambda: self.browser.evaluate("Clicks.isSettled()", frame), "a frame that stands still", 20)
        return place[0], place[1], frame

    def press(self, css: str) -> None:
        """Press a part with the mouse, once the frame lets a click count."""
        self.browser.click(*self.aim(css))

    def press_until(self, css: str, done: Callable[[], bool], what: str) -> None:
        """Press until something is so: a press right after the card grew or shrank does nothing, silently."""

        def pressed() -> bool:
            self.press(css)
            with suppress(AssertionError):
                until(done, what, 2)
                return True
            return False

        until(pressed, what, 20)


def card(browser: Bidi) -> Shown:
    """Return the card under a profile's header."""
    return Shown(browser, "Boolean(document.querySelector('.card-in-page'))")


def popover(browser: Bidi) -> Shown:
    """Return the card that was opened from a mark or a line."""
    return Shown(browser, "document.body.classList.contains('dialog') && Boolean(document.querySelector('#card .m'))")


def press_mark(browser: Bidi) -> Shown:
    """Press the first mark until its card is open: a mark that has just moved is missed."""
    opened = popover(browser)

    def pressed() -> bool:
        with suppress(LookupError):  # none yet: what X says of these people may come late
            browser.click_on(mark_node(browser))
        with suppress(AssertionError):
            until(lambda: opened.text("#card .m"), "the card of the mark", 3)
            return True
        return False

    until(pressed, "a mark to press", 20)
    return opened


def card_text(browser: Bidi, css: str) -> str:
    """Return the text of a part of the profile's card, "" while there is none."""
    return card(browser).text(css)


def write_note(browser: Bidi, text: str) -> None:
    """Open the note by its key, with the focus on X's page, type at once, and wait until the card has every letter."""
    until(lambda: card_text(browser, ".note button.text"), "the invitation to write a note")
    browser.press("e", *text)
    try:
        card(browser).has(f"CardPage.shown().editor.state.draft === {json.dumps(text)}")
    except AssertionError as error:
        raise AssertionError(f"{error}; {_where_letters_went(browser)}") from None


def _where_letters_went(browser: Bidi) -> str:
    """Return, for each document of the tab, whether it has the focus, what has it there, and what its editor holds."""
    told = "JSON.stringify([location.pathname, document.hasFocus(), document.activeElement?.outerHTML.slice(0, 80),"
    told += "globalThis.CardPage?.shown()?.editor.state])"
    return " ".join(str(browser.evaluate(told, frame)) for frame in [browser.tab, *browser.frames()])


def pair(browser: Bidi, house: House) -> None:
    """Pair it through its options page, anew where it was paired before."""
    browser.open(extension_url("pages/options.html"))
    wait_for(browser, "document.getElementById('port').value !== ''", "the options")
    browser.evaluate(
        f"(port => {{ port.value = '{house.port}'; port.dispatchEvent(new Event('change')) }})"
        "(document.getElementById('port'))"
    )
    browser.evaluate("document.getElementById('code').focus()")
    browser.type(house.process.open_pairing())
    browser.press(ENTER)
    wait_for(browser, "!document.getElementById('unpair').hidden", "the pairing to be done")
    wait_for(browser, "document.getElementById('code').value === ''", "the code to be taken")
