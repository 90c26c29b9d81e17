"""Flask hooks that run the gate before every request and add the common headers to every reply."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from flask_cors.core import DEFAULT_OPTIONS, get_cors_headers, serialize_options, set_cors_headers
from werkzeug.datastructures import Headers

from companion.access.gate import Call, Gate
from companion.access.headers import FORM_BYTES, FORM_HEADER, HEADERS, PROOF_HEADERS, cookie_name, headers_for
from companion.access.wire import EXCHANGE, FAILURE, Exchange

if TYPE_CHECKING:
    from flask_cors.core import _ComputedCorsOptions

WEB = "web."
"""Prefix of the endpoint names of the dashboard's blueprint."""
ENTER = "web.enter"
CALENDAR = "calendar."
"""Prefix of the endpoint names of the calendar feed's blueprint."""
PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    # Not "no-referrer": under that, a browser sends this dashboard's own forms with the Origin "null".
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def add_gate(app: Flask, gate: Gate, port: int) -> None:
    """Run the gate before every view, whatever the path and method."""
    cookie = cookie_name(port)

    def admit() -> Response | None:
        call = Call.of(request.method, request.path, request.environ)
        rule = request.url_rule
        # The router decides what belongs to the dashboard: another spelling of the path could evade a comparison.
        if rule is not None and rule.endpoint.startswith(WEB):
            _admit_to_dashboard(gate, call, request.cookies.get(cookie, ""), entering=rule.endpoint == ENTER)
            return None
        if rule is not None and rule.endpoint.startswith(CALENDAR):
            if error := gate.calendar_refusal(call, request.headers.get("Sec-Fetch-Site", "")):
                raise error
            return None
        # the fast path hands on what it admitted but could not answer, and why
        request.environ[EXCHANGE] = request.environ.get(EXCHANGE) or gate.admit(call)
        failure: Exception | None = request.environ.get(FAILURE)
        if failure is not None:
            raise failure
        return _no_content() if call.claims.method == "OPTIONS" else None

    def add_headers(response: Response) -> Response:
        exchange: Exchange | None = request.environ.get(EXCHANGE)
        if exchange is not None:
            _encrypt(response, exchange)
            return response
        lasting = response.cache_control.immutable  # a file of the dashboard, whose address changes with its content
        for name, value in HEADERS.items():
            if not (lasting and name == "Cache-Control"):
                response.headers[name] = value
        _add_cors(gate, response)
        return response

    app.before_request(admit)
    app.after_request(add_headers)


def opened_body() -> bytes:
    """Return the decrypted body of the admitted request (row 11 of the gate's table).

    Raises:
        BodyError: it does not decrypt.
    """
    exchange: Exchange = request.environ[EXCHANGE]
    return exchange.open(request.get_data(cache=False))


def _encrypt(response: Response, exchange: Exchange) -> None:
    """Encrypt the reply to an admitted request, whose origin is paired, and give it the headers of such a reply."""
    body = exchange.seal(response.status_code, response.get_data())
    own = [(name, value) for name, value in response.headers if name not in {"Content-Type", "Content-Length"}]
    response.headers = Headers(_sealed_headers(request.environ["HTTP_ORIGIN"]))  # one by one takes four times as long
    response.headers.extend(own)
    response.set_data(body)


def _no_content() -> Response:
    response = Response(status=204)
    del response.headers["Content-Type"]
    return response


def _admit_to_dashboard(gate: Gate, call: Call, cookie: str, *, entering: bool) -> None:
    """Check a request to the dashboard; its form is read only when everything else passes."""
    error = gate.web_refusal(call, request.headers.get("Sec-Fetch-Site", ""), cookie, entering)
    if error is None and request.method == "POST":
        token = request.headers.get(FORM_HEADER)
        if token is None:
            request.max_content_length = FORM_BYTES
            token = request.form.get("form_token", "")
        error = gate.form_refusal(cookie, token)
    if error is not None:
        raise error


def _add_cors(gate: Gate, response: Response) -> None:
    """Add CORS headers for the requesting origin if it is paired; any other gets no Access-Control header at all.

    flask-cors is called per response, not per app: its app-wide list is fixed at start, and pairing changes the list.
    An origin that matches the gate's pattern contains no character that flask-cors would take for a regular expression.
    """
    origin = request.environ.get("HTTP_ORIGIN", "")
    if not gate.shares_with(request.environ.get("HTTP_HOST", ""), origin):
        return
    if request.method == "POST":
        for name, value in _cors_of_post(origin):
            response.headers.add(name, value)
    else:
        set_cors_headers(response, _cors_options(origin))


@lru_cache(maxsize=16)
def _sealed_headers(origin: str) -> Headers:
    return Headers(headers_for(origin))


@lru_cache(maxsize=16)
def _cors_of_post(origin: str) -> tuple[tuple[str, str], ...]:
    """Return flask-cors' headers of the reply to a paired origin's POST: they depend on nothing else in it."""
    cors = get_cors_headers(_cors_options(origin), Headers({"Origin": origin}), "POST")
    return tuple((name, str(value)) for name, value in cors.items(multi=True))


@lru_cache(maxsize=16)
def _cors_options(origin: str) -> _ComputedCorsOptions:
    """Return flask-cors' options for one paired origin."""
    return serialize_options(
        {
            **DEFAULT_OPTIONS,
            "origins": [origin],
            "methods": ["POST"],
            "allow_headers": ["content-type", *PROOF_HEADERS],
            "always_send": False,
        }
    )
