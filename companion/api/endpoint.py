"""Registers views as JSON endpoints: decodes and checks the body, encodes the response, turns errors into JSON."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import msgspec
from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException

from companion.access.middleware import opened_body
from companion.api.context import ApiContext
from companion.domain.typed_json import decoded
from companion.errors import BodyError, MutualsError

if TYPE_CHECKING:
    from companion.i18n.catalogue import Catalogue

Request = TypeVar("Request", bound=msgspec.Struct)
View = Callable[[ApiContext, Request], msgspec.Struct]

JSON = "application/json"
ENCODER = msgspec.json.Encoder()
HTTP_WORDS = {404: "unknown", 405: "method", 413: "length", 415: "content-type"}
"""Wire codes of the errors that Flask itself raises, after the gate."""

log = logging.getLogger("mutuals.api")


def resource(
    blueprint: Blueprint, path: str, request_type: type[Request], response_type: type[msgspec.Struct]
) -> Callable[[View[Request]], View[Request]]:
    """Decorate a view to serve POST ``path``: the body is decoded as ``request_type``, the result encoded as JSON.

    Both types are attached to the endpoint, where `scripts.docs.api_reference` reads them for the documentation.
    """

    def register(view: View[Request]) -> View[Request]:
        def serve() -> Response:
            return reply(view(api_context(), decode(request_type, opened_body())))

        describe(serve, view.__doc__ or "", request_type, response_type)
        blueprint.add_url_rule(path, endpoint=view.__name__, view_func=serve, methods=["POST"])
        return view

    return register


def describe(
    serve: Callable[[], Response],
    docstring: str,
    request_type: type[msgspec.Struct],
    response_type: type[msgspec.Struct],
) -> None:
    """Attach docstring, request type and response type to an endpoint, for the documentation."""
    serve.__doc__ = docstring
    serve.__dict__.update(request_type=request_type, response_type=response_type)


def api_context() -> ApiContext:
    """Return the context of the running app."""
    context: ApiContext = current_app.extensions["mutuals"]
    return context


def decode(request_type: type[Request], data: bytes) -> Request:
    """Return the body as ``request_type`` (row 11 of the gate's table).

    Raises:
        BodyError: 400 if it is no JSON or nested too deeply, 422 if it breaks the schema, with its ``field``.
    """
    try:
        body = decoded(data, request_type)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `")
        raise BodyError(f"{words}.", field=place.rstrip("`").removeprefix("$").lstrip(".")) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BodyError("The body is not JSON that can be read.", status=400, field="") from error
    return body


def encoded_response(view: View[Request], request_type: type[Request], context: ApiContext, data: bytes) -> bytes:
    """Return a view's response to an encoded body, encoded."""
    return ENCODER.encode(view(context, decode(request_type, data)))


def reply(body: object, status: int = 200) -> Response:
    """Return a JSON response."""
    return Response(ENCODER.encode(body), status, mimetype=JSON)


def add_error_handlers(app: Flask) -> None:
    """Make every error of a view a JSON response, never a web page or a traceback."""
    app.register_error_handler(MutualsError, _expected)
    app.register_error_handler(HTTPException, _http)


def _expected(error: MutualsError) -> Response:
    if error.status >= 500:
        log.error("%s: %s", error.code, error.message)
    response = reply({**error.wire(), "message": spoken().say(error.message)}, error.status)
    if error.status == 405:
        response.headers["Allow"] = "POST"
    return response


def spoken() -> Catalogue:
    """Return the catalogue of the language that the request names as its own."""
    from companion.i18n.catalogue import catalogue
    from companion.i18n.languages import accepted, best

    return catalogue(best(accepted(request.headers.get("Accept-Language", ""))))


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status == 404:
        words = "There is no such path. Look in docs/api.md, or update the companion."
    elif status >= 500:
        words = "The companion failed at this; its own output says more. Run `mutuals doctor`."
    else:
        words = error.description or "This cannot be asked."
    return reply({"error": HTTP_WORDS.get(status, "error"), "message": words}, status)
