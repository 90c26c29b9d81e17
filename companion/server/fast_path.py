"""WSGI middleware that answers the everyday resources before Flask, whose overhead is as large as their own work.

The same gate runs here and in the app. A request that it refuses is passed on to the app, which finds the same; one
that fails is passed on with its error, which the app reports: messages and status codes are made in one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from companion.access.gate import Call, Gate
from companion.access.headers import headers_for
from companion.access.wire import EXCHANGE, FAILURE
from companion.api.context import ApiContext
from companion.api.resources import Respond

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class FastPath:
    """Answers POST requests to some paths; passes all other requests to the app.

    Args:
        app: the WSGI app of everything else.
        gate: the gate of that app.
        context: what the responders work with.
        responders: path -> responder; it is called once for each request, whatever it raises.
    """

    def __init__(
        self, app: WSGIApplication, gate: Gate, context: ApiContext, responders: Mapping[str, Respond]
    ) -> None:
        self._app = app
        self._gate = gate
        self._context = context
        self._responders = responders

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "")
        respond = self._responders.get(path)
        if respond is None or environ["REQUEST_METHOD"] != "POST":
            return self._app(environ, start_response)
        call = Call.of("POST", path, environ)
        exchange = self._gate.silent_admission(call)
        if exchange is None:
            return self._app(environ, start_response)
        environ[EXCHANGE] = exchange
        try:
            request_body = exchange.open(environ["wsgi.input"].read(int(call.claims.length)))
            context = self._context.asked_in(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
            body = exchange.seal(200, respond(context, request_body))
        except Exception as error:  # noqa: BLE001  # the app raises it again, and logs what is none of the expected
            environ[FAILURE] = error
        if FAILURE in environ:
            return self._app(environ, start_response)
        length = ("Content-Length", str(len(body)))
        start_response("200 OK", [length, *headers_for(call.claims.origin)])
        return [body]
