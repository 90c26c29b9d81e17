"""JSON over the wire: typed bodies in, typed answers out, and errors in the one shape of `companion.errors`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from typing import TypeVar

import msgspec
from flask import Blueprint, Flask, Response, current_app
from werkzeug.exceptions import HTTPException

from companion.access.middleware import opened_body
from companion.api.context import ApiContext
from companion.errors import BodyError, MutualsError

Ask = TypeVar("Ask", bound=msgspec.Struct)
View = Callable[[ApiContext, Ask], msgspec.Struct]

JSON = "application/json"
ENCODER = msgspec.json.Encoder()
HTTP_WORDS = {404: "unknown", 405: "method", 413: "length", 415: "content-type"}
"""Codes for what Flask itself refuses, after the gate."""

log = logging.getLogger("mutuals.api")


def resource(
    blueprint: Blueprint, path: str, ask: type[Ask], answer: type[msgspec.Struct]
) -> Callable[[View[Ask]], View[Ask]]:
    """Serve a view at ``path``: its body is decoded as ``ask``, what it returns is encoded as ``answer``.

    The two types are kept on the view, where `scripts.docs.api_reference` finds them for the documents.
    """

    def register(view: View[Ask]) -> View[Ask]:
        def serve() -> Response:
            return reply(view(api_context(), decode(ask, opened_body())))

        describe(serve, view.__doc__ or "", ask, answer)
        blueprint.add_url_rule(path, endpoint=view.__name__, view_func=serve, methods=["POST"])
        return view

    return register


def describe(
    serve: Callable[[], Response], words: str, ask: type[msgspec.Struct], answer: type[msgspec.Struct]
) -> None:
    """Keep what a served view takes and gives on the function itself."""
    serve.__doc__ = words
    serve.__dict__.update(ask=ask, answer=answer)


def api_context() -> ApiContext:
    """Return what the views of the running app work with."""
    found: ApiContext = current_app.extensions["mutuals"]
    return found


@cache
def _decoder(shape: type[Ask]) -> msgspec.json.Decoder[Ask]:
    return msgspec.json.Decoder(shape)


def decode(shape: type[Ask], data: bytes) -> Ask:
    """Return the body as ``shape`` (row 11 of the gate's table).

    Raises:
        BodyError: 400 for what is no JSON (or is nested beyond all sense), 422 for the wrong shape, with its ``field``.
    """
    try:
        found: Ask = _decoder(shape).decode(data)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `")
        raise BodyError(f"{words}.", field=place.rstrip("`").removeprefix("$").lstrip(".")) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BodyError("The body is not JSON that can be read.", status=400, field="") from error
    return found


def answered(view: View[Ask], ask: type[Ask], work: ApiContext, data: bytes) -> bytes:
    """Return what a view says to a body, as it goes over the wire."""
    return ENCODER.encode(view(work, decode(ask, data)))


def reply(answer: object, status: int = 200) -> Response:
    """Return an answer as JSON."""
    return Response(ENCODER.encode(answer), status, mimetype=JSON)


def answer_errors(app: Flask) -> None:
    """Turn every error of a view into its wire form; nothing answers with a web page or a traceback."""
    app.register_error_handler(MutualsError, _expected)
    app.register_error_handler(HTTPException, _http)


def _expected(error: MutualsError) -> Response:
    if error.status >= 500:
        log.error("%s: %s", error.code, error.message)
    answer = reply(error.wire(), error.status)
    if error.status == 405:
        answer.headers["Allow"] = "POST"
    return answer


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status == 404:
        words = "There is no such path. Look in docs/api.md, or update the companion."
    elif status >= 500:
        words = "The companion failed at this; its own output says more. Run `mutuals doctor`."
    else:
        words = error.description or "This cannot be asked."
    return reply({"error": HTTP_WORDS.get(status, "error"), "message": words}, status)
