"""WSGI middleware that answers look-ups and saves before Flask, whose overhead is as large as their own work.

The same gate runs here and in the app. A request that it refuses is passed on to the app, which finds the same; one
that fails is passed on with its error, which the app reports: messages and status codes are made in one place.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from companion.access.gate import Call, Gate
from companion.access.middleware import headers_for
from companion.access.wire import EXCHANGE, FAILURE
from companion.api.context import ApiContext
from companion.errors import MutualsError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Responder = Callable[[ApiContext, bytes], bytes]
"""Makes a response body from a request body; it is called once for each request, whatever it raises."""


class FastPath:
    """Answers POST requests to a few paths; passes all other requests to the app.

    Args:
        app: the Flask app's WSGI callable.
        gate: the gate of that app.
        context: what the responders work with.
        responders: path -> responder.
    """

    def __init__(
        self, app: WSGIApplication, gate: Gate, context: ApiContext, responders: Mapping[str, Responder]
    ) -> None:
        self._app = app
        self._gate = gate
        self._context = context
        self._responders = responders

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "")
        responder = self._responders.get(path)
        if responder is None or environ["REQUEST_METHOD"] != "POST":
            return self._app(environ, start_response)
        call = Call.of("POST", path, environ)
        exchange = self._gate.silent_admission(call)
        if exchange is None:
            return self._app(environ, start_response)
        environ[EXCHANGE] = exchange
        try:
            request_body = exchange.open(environ["wsgi.input"].read(int(call.claims.length)))
            body = exchange.seal(200, responder(self._context, request_body))
        except (MutualsError, sqlite3.Error, OSError) as error:
            environ[FAILURE] = error
        if FAILURE in environ:
            return self._app(environ, start_response)
        length = ("Content-Length", str(len(body)))
        start_response("200 OK", [length, *headers_for(call.claims.origin)])
        return [body]
