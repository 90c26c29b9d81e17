"""A small WebDriver BiDi client for Firefox: no driver binary, one socket, the few commands that the tests need."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import websocket

from tests.browser.devtools import BrowserError, until

Reply = dict[str, object]
WITH_SHADOW: Reply = {"serializationOptions": {"includeShadowTree": "all", "maxDomDepth": 1}}
LOAD_SECONDS = 30
ARRIVED = "!window.pageBefore && document.readyState === 'complete'"
COMPOSE = """((between, settled) => {
  gBrowser.selectedBrowser.focus();
  const method = Cc["@mozilla.org/text-input-processor;1"].createInstance(Ci.nsITextInputProcessor);
  method.beginInputTransactionForTests(window, () => true);
  method.setPendingCompositionString(between);
  method.appendClauseToPendingComposition(between.length, method.ATTR_RAW_CLAUSE);
  method.setCaretInPendingComposition(between.length);
  method.flushPendingComposition();
  method.commitCompositionWith(settled);
})(%s, %s)"""
"""Composes a text in the window's focused document."""


def _by(css: str) -> Reply:
    return {"locator": {"type": "css", "value": css}}


class Bidi:
    """A running Firefox.

    Args:
        binary: path of firefox-esr.
        profile: an empty folder for the browser's data.
        preferences: ``about:config`` values.
    """

    def __init__(self, binary: str, profile: Path, preferences: Mapping[str, object]) -> None:
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in preferences.items()]
        (profile / "user.js").write_text("\n".join(lines))
        # 86 px of the outer height are the browser's own bars, also without a window.
        sizes = {"MOZ_HEADLESS_WIDTH": "1280", "MOZ_HEADLESS_HEIGHT": "1086", "HOME": str(profile)}
        command = [binary, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
        self._process = subprocess.Popen(
            [*command, "--remote-allow-system-access"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **sizes},
        )
        self._socket = websocket.create_connection(f"{self._address()}/session", suppress_origin=True, timeout=30)
        self._serial = 0
        self.call("session.new", capabilities={"alwaysMatch": {"acceptInsecureCerts": True}})
        self.tab = self.tabs()[0]

    def call(self, method: str, **params: object) -> Reply:
        """Send one command and return its result; an error answer is raised."""
        self._serial += 1
        self._socket.send(json.dumps({"id": self._serial, "method": method, "params": params}))
        while True:
            reply = json.loads(self._socket.recv())
            if reply.get("id") == self._serial:
                break
        if reply.get("type") == "error":
            raise BrowserError(f"{method}: {reply.get('error')}: {reply.get('message')}")
        return dict(reply["result"])

    def tabs(self) -> list[str]:
        """Return the ids of all tabs."""
        found = self.call("browsingContext.getTree")["contexts"]
        assert isinstance(found, list)
        return [one["context"] for one in found]

    def install(self, folder: Path) -> None:
        """Load an extension folder as a temporary add-on."""
        self.call("webExtension.install", extensionData={"type": "path", "path": str(folder)})

    def open(self, url: str) -> None:
        """Go to an address and wait until it is loaded.

        Firefox is not asked to wait, since its answer says little: where a frame of the page before was still loading,
        it reports that frame's aborted load as the navigation's, though the new page arrives (13 of 13 in 360
        openings); after a page with an opener policy it never tells of the next one; and once it never answered at
        all. The page is looked at instead.
        """
        with suppress(BrowserError):  # A page that is just going has no document to mark.
            self.evaluate("window.pageBefore = true")
        try:
            self.call("browsingContext.navigate", context=self.tab, url=url, wait="none")
        except BrowserError as error:
            if "NS_BINDING_ABORTED" not in str(error):
                raise
        until(lambda: self.evaluate(ARRIVED), url, LOAD_SECONDS)

    def frames(self) -> list[str]:
        """Return the contexts of the frames in the page, those in closed shadow roots included."""
        trees = self.call("browsingContext.getTree", root=self.tab)["contexts"]
        assert isinstance(trees, list)
        return [str(child["context"]) for child in trees[0]["children"]]

    def evaluate(self, expression: str, context: str | None = None) -> object:
        """Evaluate an expression in the page, or a frame (a promise is awaited), and return its JSON value."""
        wrapped = f"(async () => JSON.stringify((await ({expression})) ?? null))()"
        target = {"context": context or self.tab}
        reply = self.call("script.evaluate", expression=wrapped, target=target, awaitPromise=True)
        if reply.get("type") != "success":
            raise BrowserError(json.dumps(reply.get("exceptionDetails"))[:1500])
        result = reply["result"]
        assert isinstance(result, dict)
        return json.loads(result["value"])

    def shadow(self, css: str) -> Reply:
        """Return a reference to the shadow root, open or closed, of the first node that matches."""
        found = self.call("browsingContext.locateNodes", context=self.tab, **_by(css), **WITH_SHADOW)["nodes"]
        assert isinstance(found, list)
        for node in found:
            root = node["value"].get("shadowRoot")
            if root:
                return {"sharedId": root["sharedId"]}
        raise LookupError(css)

    def locate(self, css: str) -> Reply:
        """Return a reference to the first node that matches."""
        found = self.call("browsingContext.locateNodes", context=self.tab, **_by(css))["nodes"]
        assert isinstance(found, list)
        return {"sharedId": found[0]["sharedId"]}

    def inside(self, root: Reply, css: str) -> list[Reply]:
        """Return references to the nodes that match below a shadow root."""
        found = self.call("browsingContext.locateNodes", context=self.tab, **_by(css), startNodes=[root])["nodes"]
        assert isinstance(found, list)
        return [{"sharedId": node["sharedId"]} for node in found]

    def of(self, node: Reply, function: str) -> object:
        """Apply a function of one argument to a node and return its JSON value."""
        wrapped = f"(node) => JSON.stringify(({function})(node) ?? null)"
        target = {"context": self.tab}
        reply = self.call(
            "script.callFunction", functionDeclaration=wrapped, arguments=[node], target=target, awaitPromise=False
        )
        if reply.get("type") != "success":
            raise BrowserError(json.dumps(reply.get("exceptionDetails"))[:1500])
        result = reply["result"]
        assert isinstance(result, dict)
        return json.loads(result["value"])

    def click_on(self, node: Reply) -> None:
        """Press the mouse in the middle of a node."""
        middle = "(one) => { one.scrollIntoView({block: 'center'}); const b = one.getBoundingClientRect();"
        place = self.of(node, middle + " return [b.x + b.width / 2, b.y + b.height / 2]; }")
        assert isinstance(place, list)
        self.click(place[0], place[1])

    def press(self, *keys: str, context: str | None = None) -> None:
        """Press and release keys one after the other, as a person would."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self._perform([{"type": "key", "id": "keyboard", "actions": actions}], context)

    def hold(self, held: str, key: str) -> None:
        """Press a key while another is held."""
        order = [("keyDown", held), ("keyDown", key), ("keyUp", key), ("keyUp", held)]
        actions: list[dict[str, object]] = [{"type": kind, "value": value} for kind, value in order]
        self._perform([{"type": "key", "id": "keyboard", "actions": actions}])

    def compose(self, between: str, settled: str) -> None:
        """Write by an input method into whatever has the focus: show one text, then settle on another.

        BiDi has no command for it, so that the browser's own window is asked, as Firefox' tests do.
        """
        tree = self.call("browsingContext.getTree", **{"moz:scope": "chrome"})["contexts"]
        assert isinstance(tree, list)
        self.evaluate(COMPOSE % (json.dumps(between), json.dumps(settled)), tree[0]["context"])

    def type(self, text: str) -> None:
        """Type a text into whatever has the focus."""
        self.press(*text)

    def click(self, x: float, y: float, context: str | None = None) -> None:
        """Press the mouse at a place of the window, or of a frame."""
        move = {"type": "pointerMove", "x": round(x), "y": round(y)}
        actions = [move, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self._perform(
            [{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": actions}], context
        )

    def rest(self, x: float, y: float, context: str | None = None) -> None:
        """Move the mouse to a place of the window, or of a frame."""
        move: dict[str, object] = {"type": "pointerMove", "x": round(x), "y": round(y)}
        self._perform(
            [{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": [move]}], context
        )

    def screenshot(self) -> bytes:
        """Return the window's picture as PNG."""
        return base64.b64decode(str(self.call("browsingContext.captureScreenshot", context=self.tab)["data"]))

    def quit(self) -> None:
        """Close the browser."""
        try:
            self.call("browser.close")
            self._process.wait(10)
        except (RuntimeError, OSError, websocket.WebSocketException, subprocess.TimeoutExpired):
            self._process.kill()

    def _perform(self, actions: list[dict[str, object]], context: str | None = None) -> None:
        self.call("input.performActions", context=context or self.tab, actions=actions)

    def _address(self) -> str:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            if "WebDriver BiDi listening on " in line:
                threading.Thread(target=self._drain, daemon=True).start()
                return line.split("listening on ", 1)[1].strip()
        raise RuntimeError("Firefox ended before it listened")

    def _drain(self) -> None:
        assert self._process.stderr is not None
        for _ in self._process.stderr:
            pass
