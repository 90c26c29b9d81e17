"""The headers of replies and requests that both the server and Flask know, without loading the framework."""

from __future__ import annotations

from functools import lru_cache

from companion.access.wire import SEALED

FORM_BYTES = 64 * 1024
FORM_HEADER = "X-Mutuals-Form"
"""Carries the form token of a large body (a piece of an upload), so that it is checked before the body is read."""
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PROOF_HEADERS = ("x-mutuals-api", "x-mutuals-client", "x-mutuals-time", "x-mutuals-nonce", "x-mutuals-proof")


def cookie_name(port: int) -> str:
    """Return the dashboard cookie's name; it carries the port because cookies of one host are shared by its ports."""
    return f"mutuals-{port}"


@lru_cache(maxsize=16)
def headers_for(origin: str) -> tuple[tuple[str, str], ...]:
    """Return the headers of the sealed reply to a paired origin's POST; the last one is all that flask-cors adds."""
    return (("Content-Type", SEALED), *HEADERS.items(), ("Access-Control-Allow-Origin", origin))
