"""Page objects: the replica's pages and the extension's own, as a person sees and uses them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from selenium.common.exceptions import (
    ElementNotInteractableException,
    JavascriptException,
    NoSuchElementException,
    NoSuchFrameException,
    NoSuchShadowRootException,
    NoSuchWindowException,
    StaleElementReferenceException,
)
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.browser.chromium import Chromium
from tests.browser.devtools import until
from tests.browser.pierced import Leaf, leaves
from tests.browser.words import words

Found = TypeVar("Found")
PASSING = (
    *(NoSuchElementException, StaleElementReferenceException, NoSuchShadowRootException),
    *(ElementNotInteractableException, JavascriptException, AssertionError),
    *(NoSuchFrameException, NoSuchWindowException),
)
"""What happens while a page redraws itself: look again."""


def patient(look: Callable[[], Found], what: str, seconds: float = 10.0) -> Found:
    """Return what `look` finds, trying again while the page is being drawn."""
    found: list[Found] = []

    def attempt() -> bool:
        try:
            found.append(look())
        except PASSING:
            return False
        return True

    until(attempt, what, seconds)
    return found[-1]


SCROLL = """
let [left, done] = arguments;
function step() {
  scrollBy(0, Math.min(left, 1600));
  left -= 1600;
  requestAnimationFrame(left > 0 ? step : () => requestAnimationFrame(done));
}
step();
"""


ON_SCREEN = """
const fits = (one) => one.getBoundingClientRect().top > 80 && one.getBoundingClientRect().bottom < innerHeight - 250;
const found = [...document.querySelectorAll(arguments[0])].find(fits);
if (!found) scrollBy(0, 300);
return found;
"""

CENTRE = """
const [part, done] = arguments;
part.scrollIntoView({ block: "center", behavior: "instant" });
let left = 4;
const step = () => ((left -= 1) > 0 ? requestAnimationFrame(step) : done());
requestAnimationFrame(step);
"""
"""Scrolls a part into view, X's page with it, and waits until that has been drawn."""

STILL = """
const [part, done] = arguments;
const place = () => JSON.stringify(part.getBoundingClientRect());
let [before, left] = ["", 6];
const step = () => {
  left = place() === before ? left - 1 : 6;
  before = place();
  if (left > 0) requestAnimationFrame(step);
  else done();
};
requestAnimationFrame(step);
"""
"""Waits until a part has stood in one place for six frames."""


def rest_on(frame: WebDriver, part: WebElement) -> None:
    """Rest the pointer on a part of a frame until the frame lets a click count."""
    frame.execute_async_script(CENTRE, part)
    ActionChains(frame).move_to_element(part).perform()
    until(lambda: frame.execute_script("return Clicks.isSettled()"), "a frame that stands still")


class Card:
    """A frame of ours: under a profile's header, or opened from a mark."""

    def __init__(self, browser: Chromium, host: str) -> None:
        self.driver = browser.driver
        self.host = host

    @contextmanager
    def inside(self) -> Iterator[WebDriver]:
        """Look into the frame, which stands in a closed shadow root that only a driver can reach."""
        self.driver.switch_to.default_content()
        root = self.driver.find_element(By.CSS_SELECTOR, self.host).shadow_root
        self.driver.switch_to.frame(root.find_element(By.CSS_SELECTOR, "iframe"))
        try:
            yield self.driver
        finally:
            with suppress(NoSuchWindowException):
                self.driver.switch_to.default_content()

    def part(self, css: str) -> None:
        """Wait until a part is there."""
        patient(lambda: self._text(css), f"{css} in the card")

    def has(self, css: str) -> bool:
        """Return whether a part is there now."""
        with self.inside() as frame:
            return bool(frame.find_elements(By.CSS_SELECTOR, css))

    def measure(self, script: str) -> object:
        """Return what a script says in the frame."""

        def look() -> object:
            with self.inside() as frame:
                return frame.execute_script(script)

        return patient(look, "the measures of the card")

    def text(self, css: str = "main") -> str:
        """Return the words of one part, the whole card by default."""
        return patient(lambda: self._text(css), f"the text of {css}")

    def _text(self, css: str) -> str:
        with self.inside() as frame:
            node = frame.find_element(By.CSS_SELECTOR, css)
            return str(frame.execute_script("return arguments[0].innerText", node))

    def says(self, said: str, css: str = "main", seconds: float = 10.0) -> None:
        """Wait until a part says something."""
        try:
            patient(lambda: self._expect(said, css), f"{said!r} in {css}", seconds)
        except AssertionError as error:
            raise AssertionError(f"{error}; it says {self._found(css)!r}") from None

    def _found(self, css: str) -> str | None:
        with suppress(*PASSING):
            return self._text(css)
        return None

    def _expect(self, said: str, css: str) -> None:
        assert said in self._text(css)

    def click(self, css: str) -> None:
        """Press a part with the mouse, once the pointer has been over the frame for as long as the card demands."""

        def press() -> None:
            with self.inside() as frame:
                part = frame.find_element(By.CSS_SELECTOR, css)
                rest_on(frame, part)
                part.click()

        patient(press, f"{css} to press")

    def note(self) -> str:
        """Return the note as shown; "" for the invitation to write one."""
        return patient(self._note, "the note")

    def _note(self) -> str:
        with self.inside() as frame:
            shown = frame.find_element(By.CSS_SELECTOR, ".note .text")
            empty = "empty" in str(shown.get_attribute("class")).split()
            assert not empty or shown.tag_name == "button", "the note is still being loaded"
            return "" if empty else shown.text

    def write(self, text: str) -> None:
        """Write a note in place of what is there and finish with Ctrl+Enter."""
        self.click(".note .text")
        self.part(".note textarea")
        self.press("a", control=True)
        self.press(*text)
        self.press(Keys.ENTER, control=True)

    def press(self, *keys: str, control: bool = False) -> None:
        """Press keys into whatever has the focus in the frame.

        The driver hands keys to the frame itself, where a browser gives them to whoever has the focus: until the
        frame has it they would be nobody's. A dialog has it once it is drawn; a card that never gets it is pressed so.
        """
        with self.inside() as frame:
            with suppress(AssertionError):
                until(lambda: frame.execute_script("return document.hasFocus()"), "the focus", seconds=2)
            chain = ActionChains(frame)
            if control:
                chain.key_down(Keys.CONTROL)
            chain.send_keys(*keys)
            if control:
                chain.key_up(Keys.CONTROL)
            chain.perform()

    def saved(self, said: str = words("saidSaved"), seconds: float = 10.0) -> None:
        """Wait until the card says that the text is kept."""
        self.says(said, ".saved", seconds)

    def tag(self, name: str) -> None:
        """Add a tag."""
        self.click(".chip.add")
        self.part(".tagbox input")
        self.press(*name, Keys.ENTER)
        self.says(name, ".chips")
        self.press(Keys.ESCAPE)


class XPage:
    """The replica in the browser."""

    def __init__(self, browser: Chromium) -> None:
        self.browser = browser
        self.driver = browser.driver

    def open(self, path: str, host: str = "x.com") -> None:
        """Load an address."""
        self.driver.get(f"https://{host}{path}")

    def go(self, path: str) -> None:
        """Go to an address inside the page, as a click on one of X's links does."""
        self.driver.execute_script("window.Replica.go(arguments[0])", path)

    def open_profile(self, handle: str) -> Card:
        """Load a profile and return its card once it is loaded."""
        self.open(f"/{handle}")
        return self.card()

    def card(self) -> Card:
        """Return the card under the profile's header once it is loaded."""
        card = Card(self.browser, "[data-testid=primaryColumn] [data-mutuals=card]")
        card.part(".chip.add")
        return card

    def popover(self) -> Card:
        """Return the card that was opened from a mark or a line."""
        return Card(self.browser, "body > [data-mutuals=dialog]")

    def leaves(self, kind: str = "badge") -> list[Leaf]:
        """Return our leaves of one kind on this page."""
        return [leaf for leaf in leaves(self.driver) if leaf.kind == kind]

    def badge_of(self, handle: str, said: str = "", seconds: float = 10.0) -> Leaf:
        """Wait for a mark of this person that says these words."""
        return patient(lambda: self._badge(handle, said), f"a mark of @{handle} saying {said!r}", seconds)

    def _badge(self, handle: str, said: str) -> Leaf:
        found = [one for one in self.leaves() if one.says == handle.lower() and said in one.text]
        assert found
        return found[0]

    def open_by(self, act: Callable[[], object]) -> Card:
        """Do what opens a card until it is open: what comes late on X's page may move things away meanwhile."""

        def attempt() -> None:
            if not self._is_open():
                act()
            until(self._is_open, "the card to open", seconds=2)

        patient(attempt, "a card to open", 20)
        return self.popover()

    def open_from(self, look: Callable[[], WebElement]) -> Card:
        """Press a button of ours, once it stands still, and return the card that opens from it."""

        def press() -> None:
            button = look()
            self.driver.execute_async_script(STILL, button)
            button.click()

        return self.open_by(press)

    def open_mark(self) -> Card:
        """Press the first mark on the page, in the middle of the window, and return the card that opens from it."""

        def look() -> WebElement:
            host = self.driver.find_element(By.CSS_SELECTOR, "[data-mutuals=badge]")
            self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", host)
            return host.shadow_root.find_element(By.CSS_SELECTOR, "button")

        return self.open_from(look)

    def _is_open(self) -> bool:
        host = self.driver.find_element(By.CSS_SELECTOR, "body > [data-mutuals=dialog]")
        return bool(host.shadow_root.find_elements(By.CSS_SELECTOR, ":popover-open"))

    def line_over(self, handle: str, said: str) -> Leaf:
        """Rest the pointer on somebody's name in the timeline until the line in X's hover card says these words.

        What comes late above the name moves it from under the pointer, and X takes the card away again: point anew.
        """
        card = f"[data-testid=HoverCard] a[href='/{handle}']"

        def look() -> Leaf:
            if not self.driver.find_elements(By.CSS_SELECTOR, card):
                self._leave_names()
                ActionChains(self.driver).move_to_element(self._name(handle)).perform()
                until(lambda: self.driver.find_elements(By.CSS_SELECTOR, card), "X's hover card", seconds=2)
            return self._line(said)

        return patient(look, f"a line over @{handle} that says {said!r}", 20)

    def _name(self, handle: str) -> WebElement:
        """Return a name that is wholly on screen, scrolling on while there is none."""
        name = self.driver.execute_script(ON_SCREEN, f"[data-testid=User-Name] a[href='/{handle}']")
        assert isinstance(name, WebElement)
        return name

    def _leave_names(self) -> None:
        logo = self.driver.find_element(By.CSS_SELECTOR, "header h1 a")
        ActionChains(self.driver).move_to_element(logo).perform()

    def hover_nothing(self) -> None:
        """Take the pointer away and wait until X's hover card is gone."""
        self._leave_names()
        until(lambda: not self.driver.find_elements(By.CSS_SELECTOR, "[data-testid=HoverCard]"), "no hover card")

    def _line(self, said: str) -> Leaf:
        found = [one for one in self.leaves("line") if said in one.text]
        assert found
        return found[0]

    def scroll(self, pixels: int) -> None:
        """Scroll down, a window's height in each frame."""
        self.driver.execute_async_script(SCROLL, pixels)

    def authors(self) -> list[str]:
        """Return whose posts are in the page now, lower case."""
        script = (
            "return [...document.querySelectorAll('[data-testid=tweet]')].map((one) => one.querySelector("
            "'[data-testid^=UserAvatar-Container-]').dataset.testid.replace('UserAvatar-Container-', '').toLowerCase())"
        )
        return list(self.driver.execute_script(script))
