"""waitress parser and channel that run the gate once the headers are complete, before a request's body is received.

waitress passes a request to the app only when its whole body has arrived. The gate that protects the app therefore runs
here as well: a refused request is answered at once, and its body, if it still arrives, is discarded. A request that
passes is checked again in the app, so nothing depends on this check.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from http import HTTPStatus
from socket import socket

import msgspec
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask

from companion.access.calendar_feed import PATH as FEED_PATH
from companion.access.gate import PAIR_PATHS, Call, Gate
from companion.access.headers import FORM_BYTES, FORM_HEADER, HEADERS, cookie_name
from companion.errors import GateError
from companion.server.answer_task import AnswerTask
from companion.server.signals import finish

WEB_PATH = "/web"
"""Checked in the app, where the router decides what is a page; here only if the body is larger than any form."""


class Refusal:
    """The gate's refusal with the interface of waitress' own errors."""

    def __init__(self, error: GateError, shared_with: str, *, final: bool) -> None:
        self.error = error
        self.final = final
        self._shared_with = shared_with

    def to_response(self) -> tuple[str, list[tuple[str, str]], bytes]:
        """Return status line, headers and body; the CORS headers are for a paired origin only."""
        headers = [("Content-Type", "application/json"), *HEADERS.items()]
        if self._shared_with:
            headers.append(("Access-Control-Allow-Origin", self._shared_with))
        if self.error.status == 405:
            headers.append(("Allow", "POST"))
        status = f"{self.error.status} {HTTPStatus(self.error.status).phrase}"
        return status, headers, msgspec.json.encode(self.error.wire())


def early_refusal(
    gate: Gate, method: str, path: str, headers: Mapping[str, str], *, large: bool = False
) -> GateError | None:
    """Return the gate's refusal of a request to the API, or of a large one to the dashboard; None if it may go on."""
    call = Call.of(method, path, headers, prefix="")
    if path.startswith(FEED_PATH):
        return gate.calendar_refusal(call, headers.get("SEC_FETCH_SITE", ""))
    if not _is_dashboard(path):
        return gate.refusal(call)
    return _large_refusal(gate, call, headers) if large else None


def _is_dashboard(path: str) -> bool:
    return path == WEB_PATH or path.startswith(f"{WEB_PATH}/")


def _large_refusal(gate: Gate, call: Call, headers: Mapping[str, str]) -> GateError | None:
    """Check a piece of an upload by its headers alone: cookie and form token come before its body."""
    from werkzeug.http import parse_cookie  # here: only a browser that Flask has answered has a cookie

    cookie = parse_cookie(headers.get("COOKIE", "")).get(cookie_name(gate.port), "")
    token = headers.get(FORM_HEADER.upper().replace("-", "_"), "")
    return gate.web_refusal(call, headers.get("SEC_FETCH_SITE", ""), cookie, False) or gate.form_refusal(cookie, token)


class RefusalTask(ErrorTask):  # type: ignore[misc]  # waitress has no types
    """Sends a refusal; keeps the connection open for the client's next request unless the refusal is final."""

    def execute(self) -> None:
        """Write the response."""
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
    """Parses one request; first discards the rest of a refused request's body."""

    def __init__(self, adj: Adjustments, channel: GatedChannel) -> None:
        super().__init__(adj)
        self._channel = channel

    def received(self, data: bytes) -> int:
        """Consume bytes of the connection and return how many."""
        if self._channel.bytes_to_discard:
            used = min(self._channel.bytes_to_discard, len(data))
            self._channel.bytes_to_discard -= used
            return used
        before = self.headers_finished
        used = int(super().received(data))
        if self.headers_finished and not before and self.error is None and not self.empty:
            self._check()
        return used

    def _check(self) -> None:
        gate = self._channel.gate
        path = "/" + self.path.lstrip("/")  # as waitress passes it to the app
        large = self.chunked or self.content_length > FORM_BYTES
        error = early_refusal(gate, self.command.upper(), path, self.headers, large=large)
        self._channel.since = time.time()
        if error is None:
            dashboard = _is_dashboard(path)
            self._channel.proved |= large if dashboard else path not in PAIR_PATHS and self.command.upper() == "POST"
            return
        # A body of unknown or forbidden length cannot be skipped; one that waits for a 100 response never arrives.
        final = self.chunked or self.content_length > gate.max_body or self.expect_continue
        origin = self.headers.get("ORIGIN", "")
        shared = origin if gate.shares_with(self.headers.get("HOST", ""), origin) else ""
        self.error = Refusal(error, shared, final=final)
        self.completed = True
        self.expect_continue: bool = False
        self._channel.bytes_to_discard = 0 if final else self.content_length


class GatedChannel(HTTPChannel):  # type: ignore[misc]
    """A connection whose requests pass the gate; each server has a subclass that holds its gate."""

    gate: Gate
    task_class = AnswerTask
    error_task_class = RefusalTask
    bytes_to_discard = 0
    """Bytes of a refused body that have not arrived yet."""
    proved = False
    """Whether the gate has admitted a request on it by a key or a cookie (`companion.server.connections`)."""
    due = False
    """Whether the request that has just arrived is to be answered by the thread that received it."""
    since: float
    """When it was opened or last sent the whole head of a request (epoch seconds)."""

    def __init__(
        self, server: TcpWSGIServer, sock: socket, address: object, adj: Adjustments, map: dict[int, object]
    ) -> None:
        super().__init__(server, sock, address, adj, map=map)
        self.since = time.time()
        self.turn = int(server.turn)

    def handle_read(self) -> None:
        """Receive what has arrived; answer a look-up at once, as handing it over would take longer."""
        super().handle_read()
        while self.due:
            self.due = False
            finish(self.service)

    def parser_class(self, adj: Adjustments) -> GatedParser:
        """Return a parser for the next request."""
        return GatedParser(adj, self)


def channel_class(gate: Gate) -> type[GatedChannel]:
    """Return the channel class for a server with this gate."""
    return type("Channel", (GatedChannel,), {"gate": gate})
