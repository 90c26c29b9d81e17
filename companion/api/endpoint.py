"""Serves the API's resources with Flask: registers their views, makes JSON replies, and turns errors into JSON."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException

from companion.access.middleware import opened_body
from companion.api.context import ApiContext
from companion.api.resources import ENCODER, Resource
from companion.errors import MutualsError

if TYPE_CHECKING:
    from companion.i18n.catalogue import Catalogue

JSON = "application/json"
HTTP_WORDS = {404: "unknown", 405: "method", 413: "length", 415: "content-type"}
"""Wire codes of the errors that Flask itself raises, after the gate."""

log = logging.getLogger("mutuals.api")


def add_resources(app: Flask, listed: Iterable[Resource]) -> None:
    """Serve resources at their paths."""
    for resource in listed:
        app.add_url_rule(resource.path, resource.path, _view(resource), methods=["POST"])


def _view(resource: Resource) -> Callable[[], Response]:
    def serve() -> Response:
        return Response(resource.respond(api_context(), opened_body()), mimetype=JSON)

    return serve


def api_context() -> ApiContext:
    """Return the context of the running app, with the languages of the request."""
    context: ApiContext = current_app.extensions["mutuals"]
    return context.asked_in(request.headers.get("Accept-Language", ""))


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
    return api_context().spoken()


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status == 404:
        words = "There is no such path. Look in docs/api.md, or update the companion."
    elif status >= 500:
        words = "The companion failed at this; its own output says more. Run `mutuals doctor`."
    else:
        words = error.description or "This cannot be asked."
    return reply({"error": HTTP_WORDS.get(status, "error"), "message": words}, status)
