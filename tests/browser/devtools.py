"""A second DevTools connection to a running Chromium, for what the driver cannot reach: workers, storage, frames."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress

import websocket
from selenium.common.exceptions import StaleElementReferenceException

Reply = dict[str, object]

KILLS = 20
"""Times that a worker is asked to end: Chromium drops the request while the worker is starting."""


class BrowserError(RuntimeError):
    """A browser did not carry out a command, or a script failed: perhaps the document has only just gone."""


class DevTools:
    """Commands to the browser itself and to single targets, such as the extension's service worker.

    Args:
        address: ``host:port`` of the debugger, from the driver's capabilities.
        extension: the id of the extension under test.
    """

    def __init__(self, address: str, extension: str) -> None:
        with urllib.request.urlopen(f"http://{address}/json/version", timeout=10) as answer:
            url = json.load(answer)["webSocketDebuggerUrl"]
        self._socket = websocket.create_connection(url, suppress_origin=True, timeout=20)
        self._extension = extension
        self._serial = 0

    def command(self, method: str, session: str | None = None, **params: object) -> Reply:
        """Send one command and return its result; an error answer is raised."""
        self._serial += 1
        message: Reply = {"id": self._serial, "method": method, "params": params}
        self._socket.send(json.dumps({**message, "sessionId": session} if session else message))
        while True:
            reply = json.loads(self._socket.recv())
            if reply.get("id") == self._serial:
                break
        if "error" in reply:
            raise BrowserError(f"{method}: {reply['error']}")
        return dict(reply["result"])

    def collect(self, method: str, event: str, last: str) -> list[Reply]:
        """Send a command and return the parameters of all events of one kind until another event ends them."""
        self._serial += 1
        self._socket.send(json.dumps({"id": self._serial, "method": method}))
        found: list[Reply] = []
        while True:
            message = json.loads(self._socket.recv())
            if message.get("method") == event:
                found.append(message["params"])
            elif message.get("method") == last:
                return found

    def targets(self) -> list[dict[str, str]]:
        """Return all targets: pages, workers, the browser."""
        found = self.command("Target.getTargets")["targetInfos"]
        assert isinstance(found, list)
        return found

    def worker(self) -> str | None:
        """Return the target id of the extension's worker, or None while it sleeps."""
        root = f"chrome-extension://{self._extension}/"
        own = (one for one in self.targets() if one["type"] == "service_worker" and one["url"].startswith(root))
        return next((one["targetId"] for one in own), None)

    def kill_worker(self) -> bool:
        """End the worker as Chromium does when it pleases; return whether it is gone."""
        target = self.worker()
        for _ in range(KILLS if target else 0):
            with suppress(RuntimeError):  # it may have gone since we looked
                self.command("Target.closeTarget", targetId=target)
            with suppress(AssertionError):
                until(lambda: self.worker() != target, "the worker to end", seconds=0.5)
            if self.worker() != target:
                return True
        return target is None

    def in_target(self, target: str, expression: str) -> object:
        """Evaluate an expression (a promise is awaited) in a target and let go of it again."""
        session = str(self.command("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
        return self._evaluate(session, expression)

    def in_content_world(self, url: str, expression: str) -> object:
        """Evaluate an expression where the extension's content scripts run: their world of the page at an address."""
        target = next(one["targetId"] for one in self.targets() if one["type"] == "page" and one["url"] == url)
        session = str(self.command("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
        worlds = self._worlds(session)
        own = next(one["id"] for one in worlds if one["origin"] == f"chrome-extension://{self._extension}")
        return self._evaluate(session, expression, contextId=own)

    def _worlds(self, session: str) -> list[Reply]:
        self._serial += 1
        self._socket.send(json.dumps({"id": self._serial, "method": "Runtime.enable", "sessionId": session}))
        found: list[Reply] = []
        while True:
            message = json.loads(self._socket.recv())
            if message.get("method") == "Runtime.executionContextCreated" and message.get("sessionId") == session:
                found.append(message["params"]["context"])
            elif message.get("id") == self._serial:
                return found

    def _evaluate(self, session: str, expression: str, **where: object) -> object:
        try:
            reply = self.command(
                "Runtime.evaluate", session, expression=expression, awaitPromise=True, returnByValue=True, **where
            )
        finally:
            self.command("Target.detachFromTarget", sessionId=session)
        if "exceptionDetails" in reply:
            raise BrowserError(json.dumps(reply["exceptionDetails"])[:2000])
        result = reply["result"]
        assert isinstance(result, dict)
        return result.get("value")

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


def until(done: Callable[[], object], what: str, seconds: float = 10.0) -> None:
    """Wait until a condition holds, looking 50 times a second; name what was waited for if it never does."""
    end = time.monotonic() + seconds
    while True:
        holds, hindrance = _look(done)
        if holds:
            return
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds:.0f} s for {what}") from hindrance
        time.sleep(0.02)


def _look(done: Callable[[], object]) -> tuple[bool, Exception | None]:
    """Look once; what the page replaced while we looked, or between two documents, does not hold yet."""
    try:
        return bool(done()), None
    except (StaleElementReferenceException, BrowserError) as hindrance:
        return False, hindrance
