"""Answers the busiest calls straight after the gate, without the framework, which costs more than a look-up.

The gate judges here as it does in the app, by the same rows. Whoever it refuses, and whatever goes wrong with an
answer, is handed on to the app, which finds the same and says so; so there is one place for words and statuses.
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

Answer = Callable[[ApiContext, bytes], bytes]
"""Makes the body of an answer from the body of a call. It must be a mere reading: after an error it is asked again."""


class FastPath:
    """Stands before an app.

    Args:
        app: answers everything else.
        gate: the app's own.
        desk: what the answers work with.
        answers: by path, each in its one spelling.
    """

    def __init__(self, app: WSGIApplication, gate: Gate, context: ApiContext, answers: Mapping[str, Answer]) -> None:
        self._app = app
        self._gate = gate
        self._desk = context
        self._answers = answers

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one call."""
        path = environ.get("PATH_INFO", "")
        answer = self._answers.get(path)
        if answer is None or environ["REQUEST_METHOD"] != "POST":
            return self._app(environ, start_response)
        call = Call.of("POST", path, environ)
        exchange = self._gate.silent_admission(call)
        if exchange is None:
            return self._app(environ, start_response)
        environ[EXCHANGE] = exchange
        asked = environ["wsgi.input"].read(int(call.claims.length))
        try:
            body = exchange.seal(200, answer(self._desk, exchange.open(asked)))
        except (MutualsError, sqlite3.Error):
            environ["wsgi.input"] = BytesIO(asked)
            return self._app(environ, start_response)
        length = ("Content-Length", str(len(body)))
        start_response("200 OK", [length, *headers_for(call.claims.origin)])
        return [body]
