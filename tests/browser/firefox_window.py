"""What only Firefox' own window can do: compose in steps as an input method does, and press keys of the browser."""

from __future__ import annotations

import json

from tests.browser.bidi import Bidi

FOCUS = "gBrowser.selectedBrowser.focus();"
METHOD = (
    FOCUS
    + """
  const method = window.methodOfTheTests ??= Cc["@mozilla.org/text-input-processor;1"]
    .createInstance(Ci.nsITextInputProcessor);
  if (!method.hasComposition) method.beginInputTransactionForTests(window, () => true);
"""
)
"""The input method of the tests, which stays the same from one step to the next."""
SHOW = (
    METHOD
    + """
  method.setPendingCompositionString(text);
  method.appendClauseToPendingComposition(text.length, method.ATTR_RAW_CLAUSE);
  method.setCaretInPendingComposition(text.length);
  method.flushPendingComposition();
"""
)
SETTLE = METHOD + "method.commitCompositionWith(text);"
PRESS = (
    METHOD
    + """
  const keys = [["Alt", "AltLeft"], ["Shift", "ShiftLeft"], [text, `Key${text}`]]
    .map(([key, code]) => new KeyboardEvent("", { key, code, keyCode: key.length > 1 ? 0 : key.charCodeAt(0) }));
  for (const key of keys) method.keydown(key);
  for (const key of keys.reverse()) method.keyup(key);
"""
)
SIDEBAR = """
  SidebarController.isOpen
    ? SidebarController.browser.contentDocument.getElementById("webext-panels-browser")?.currentURI?.spec ?? ""
    : ""
"""


def compose(browser: Bidi, text: str) -> None:
    """Show a text of which the input method is not sure yet, in whatever has the focus."""
    _run(browser, SHOW, text)


def settle(browser: Bidi, text: str) -> None:
    """End the composition with a text."""
    _run(browser, SETTLE, text)


def press_alt_shift(browser: Bidi, letter: str) -> None:
    """Press a letter with Alt and Shift, as the browser's own keys are pressed."""
    _run(browser, PRESS, letter)


def focus_page(browser: Bidi) -> None:
    """Give the page the window's focus, as a click into it does: without it no key presses a button in a frame."""
    _run(browser, FOCUS, "")


def sidebar(browser: Bidi) -> str:
    """Return the address of the page in the window's sidebar, "" while it is shut."""
    return str(browser.evaluate(SIDEBAR, _window(browser)))


def _run(browser: Bidi, script: str, text: str) -> None:
    browser.evaluate(f"((text) => {{ {script} }})({json.dumps(text)})", _window(browser))


def _window(browser: Bidi) -> str:
    tree = browser.call("browsingContext.getTree", **{"moz:scope": "chrome"})["contexts"]
    assert isinstance(tree, list)
    return str(tree[0]["context"])
