"""Judges a call when its headers are in, so that a stranger's body is neither waited for nor kept.

waitress hands a request to the app only when its whole body has arrived. The same gate that guards the app is therefore
asked once before: whoever it refuses has the answer at once, and the body, if it still comes, is thrown away as it
arrives. What this lets pass is judged again in the app; nothing relies on it.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ErrorTask
from werkzeug.http import HTTP_STATUS_CODES, parse_cookie

from companion.access.gate import Call, Gate
from companion.access.middleware import FORM_BYTES, FORM_HEADER, HEADERS, cookie_name
from companion.errors import GateError

WEB_PATH = "/web"
"""Judged in the app, where the router knows what is a page; here only if the body is larger than any form."""


class Refusal:
    """The gate's answer in the form in which waitress sends its own errors."""

    def __init__(self, error: GateError, shared_with: str, *, final: bool) -> None:
        self.error = error
        self.final = final
        self._shared_with = shared_with

    def to_response(self) -> tuple[str, list[tuple[str, str]], bytes]:
        """Return status line, headers and body; only a paired origin may read it from a page of its own."""
        headers = [("Content-Type", "application/json"), *HEADERS.items()]
        if self._shared_with:
            headers.append(("Access-Control-Allow-Origin", self._shared_with))
        if self.error.status == 405:
            headers.append(("Allow", "POST"))
        status = f"{self.error.status} {HTTP_STATUS_CODES[self.error.status]}"
        return status, headers, msgspec.json.encode(self.error.wire())


def early_refusal(
    gate: Gate, method: str, path: str, headers: Mapping[str, str], *, large: bool = False
) -> GateError | None:
    """Return the gate's refusal of what is surely no page of the dashboard, or brings too large a body; or None."""
    call = Call.of(method, path, headers, prefix="")
    if path != WEB_PATH and not path.startswith(f"{WEB_PATH}/"):
        return gate.refusal(call)
    return _large_refusal(gate, call, headers) if large else None


def _large_refusal(gate: Gate, call: Call, headers: Mapping[str, str]) -> GateError | None:
    """Judge a piece of an upload by its headers alone: cookie and token must fit before a byte of it is kept."""
    cookie = parse_cookie(headers.get("COOKIE", "")).get(cookie_name(gate.port), "")
    token = headers.get(FORM_HEADER.upper().replace("-", "_"), "")
    return gate.web_refusal(call, headers.get("SEC_FETCH_SITE", ""), cookie, False) or gate.form_refusal(cookie, token)


class RefusalTask(ErrorTask):  # type: ignore[misc]  # waitress has no types
    """Sends a refusal; the connection stays good for the caller's next request unless the refusal is final."""

    def execute(self) -> None:
        """Write the answer."""
        refusal = self.request.error
        if not isinstance(refusal, Refusal):
            super().execute()
            return
        status, headers, body = refusal.to_response()
        self.status = status
        self.response_headers.extend(headers)
        if refusal.final:
            self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class GatedParser(HTTPRequestParser):  # type: ignore[misc]
    """Parses one request; throws away what is left of a refused one's body before it."""

    def __init__(self, adj: Adjustments, channel: GatedChannel) -> None:
        super().__init__(adj)
        self._channel = channel

    def received(self, data: bytes) -> int:
        """Take bytes from the connection and return how many were used."""
        if self._channel.unwanted:
            used = min(self._channel.unwanted, len(data))
            self._channel.unwanted -= used
            return used
        before = self.headers_finished
        used = int(super().received(data))
        if self.headers_finished and not before and self.error is None and not self.empty:
            self._judge()
        return used

    def _judge(self) -> None:
        gate = self._channel.gate
        path = "/" + self.path.lstrip("/")  # as waitress hands it to the app
        large = self.chunked or self.content_length > FORM_BYTES
        error = early_refusal(gate, self.command.upper(), path, self.headers, large=large)
        if error is None:
            return
        # A body of unknown or forbidden length cannot be skipped, and one that waits for a 100 will never come.
        final = self.chunked or self.content_length > gate.max_body or self.expect_continue
        origin = self.headers.get("ORIGIN", "")
        shared = origin if gate.shares_with(self.headers.get("HOST", ""), origin) else ""
        self.error = Refusal(error, shared, final=final)
        self.completed = True
        self.expect_continue: bool = False
        self._channel.unwanted = 0 if final else self.content_length


class GatedChannel(HTTPChannel):  # type: ignore[misc]
    """A connection whose requests the gate judges; one class per server carries the gate."""

    gate: Gate
    error_task_class = RefusalTask
    unwanted = 0
    """Bytes of a refused body that are still to come."""

    def parser_class(self, adj: Adjustments) -> GatedParser:
        """Return the parser of the next request."""
        return GatedParser(adj, self)


def channel_of(gate: Gate) -> type[GatedChannel]:
    """Return the connection class of a server behind this gate."""
    return type("Channel", (GatedChannel,), {"gate": gate})
