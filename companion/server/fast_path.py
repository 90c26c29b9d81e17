"""WSGI middleware that answers badge look-ups before Flask, whose overhead is larger than the look-up itself.

The same gate runs here and in the app. A request that it refuses, or whose look-up raises an error, is passed on to the
app, which finds the same and reports it: messages and status codes are made in one place.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from companion.access.gate import Call, Gate
from companion.access.middleware import headers_for
from companion.access.wire import EXCHANGE
from companion.api.context import ApiContext
from companion.errors import MutualsError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Responder = Callable[[ApiContext, bytes], bytes]
"""Makes a response body from a request body. It must only read: after an error the app handles the request again."""


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
        request_body = environ["wsgi.input"].read(int(call.claims.length))
        try:
            body = exchange.seal(200, responder(self._context, exchange.open(request_body)))
        except (MutualsError, sqlite3.Error):
            environ["wsgi.input"] = BytesIO(request_body)
            return self._app(environ, start_response)
        length = ("Content-Length", str(len(body)))
        start_response("200 OK", [length, *headers_for(call.claims.origin)])
        return [body]
