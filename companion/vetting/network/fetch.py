"""Fetches one address once: checked and pinned, no cookies or referrer, within limits, following no redirect."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import urllib3
from urllib3.connection import HTTPConnection

from companion.vetting.network.addresses import is_public, numeric_address
from companion.vetting.network.urls import AddressError, WebAddress, parse

BYTES = 1024 * 1024
CHUNK = 16 * 1024
HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; Mutuals link check)",
    "Accept": "text/html,*/*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}
"""All that is ever sent: no cookies, no referrer, no language, nothing about the viewer."""

PIECES = 4096
"""Reads after which a body is not read on: a page that comes byte by byte costs more time than it is worth."""
INTERIM = 8
"""Interim answers (100 Continue and the like) that are passed over; a server that sends no end of them is left."""


class FetchError(Exception):
    """An address could not be fetched: ``problem`` is one of ``results.PROBLEMS``, the message says it in words."""

    def __init__(self, problem: str, words: str) -> None:
        super().__init__(words)
        self.problem = problem


def resolve(host: str, port: int) -> list[str]:
    """Return all addresses of a host name, as the system gives them."""
    return list(dict.fromkeys(str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def dial(address: str, port: int, seconds: float) -> socket.socket:
    """Connect to an address that was checked."""
    return socket.create_connection((address, port), timeout=seconds)


def alarm(seconds: float, ring: Callable[[], None]) -> Callable[[], None]:
    """Call ``ring`` after that many seconds, unless the returned function is called before."""
    timer = threading.Timer(max(0.0, seconds), ring)
    timer.daemon = True
    timer.start()
    return timer.cancel


@dataclass(frozen=True, slots=True)
class Network:
    """How names are resolved, connections made, certificates verified and time is kept; tests pass their own."""

    resolve: Callable[[str, int], list[str]] = resolve
    dial: Callable[[str, int, float], socket.socket] = dial
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context
    clock: Callable[[], float] = time.monotonic
    alarm: Callable[[float, Callable[[], None]], Callable[[], None]] = alarm


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of one address."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    whole: bool
    """Whether the body was read to its end."""


class _Response(http.client.HTTPResponse):
    """An answer that may be preceded by few interim ones: http.client itself passes over any number."""

    _heads = 0

    def _read_status(self) -> tuple[str, int, str]:
        self._heads += 1
        if self._heads > INTERIM:
            raise http.client.BadStatusLine("too many interim answers")
        return super()._read_status()  # type: ignore[misc, no-any-return]  # not in the type stubs


class _Connection(HTTPConnection):
    response_class = _Response


def fetch(url: str, left: Callable[[], float], network: Network, limit: int = BYTES) -> Answer:
    """Fetch one address.

    Args:
        url: absolute address.
        left: how many seconds are left for everything together.
        network: how to reach it.
        limit: most bytes of body to read.

    Raises:
        FetchError: if it may not or could not be fetched.
    """
    target = _target(url)
    address = _checked(target, left, network)
    with _connected(target, address, left, network) as connection:
        try:
            connection.request("GET", target.path, headers={"Host": target.authority, **HEADERS}, preload_content=False)
            response = connection.getresponse()
            body, whole = _read(response, left, limit)
        except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            raise _failed(error, left) from error
        return Answer(response.status, {name.lower(): value for name, value in response.headers.items()}, body, whole)


def _target(url: str) -> WebAddress:
    try:
        return parse(url)
    except AddressError as error:
        raise FetchError(error.problem, str(error)) from error


def _checked(target: WebAddress, left: Callable[[], float], network: Network) -> str:
    """Return the one address to connect to; if any of a name's addresses is inside, the name is refused."""
    numeric = numeric_address(target.host)
    addresses = [numeric] if numeric else _resolved(target, left, network)
    inside = [address for address in addresses if not is_public(address)]
    if inside:
        raise FetchError("private", f"{target.host} leads inside this machine or network; it was not opened.")
    if not addresses:
        raise FetchError("not_found", f"There is no {target.host}.")
    return addresses[0]


def _resolved(target: WebAddress, left: Callable[[], float], network: Network) -> list[str]:
    """Resolve in a thread of its own, because the system's resolver knows no deadline."""
    addresses: list[str] = []

    def work() -> None:
        try:
            addresses.extend(network.resolve(target.host, target.port))
        except (OSError, UnicodeError):
            return

    thread = threading.Thread(target=work, daemon=True, name="mutuals-resolve")
    thread.start()
    thread.join(max(0.0, left()))
    if thread.is_alive():
        raise FetchError("time", f"Looking up {target.host} took too long.")
    return addresses


@contextmanager
def _connected(
    target: WebAddress, address: str, left: Callable[[], float], network: Network
) -> Iterator[HTTPConnection]:
    """Connect to the checked address and nowhere else; a watchdog ends everything at the deadline, drip or not."""
    try:
        raw = network.dial(address, target.port, max(0.01, left()))
    except OSError as error:
        raise _failed(error, left) from error
    handle = raw.dup()
    cancel = network.alarm(left(), partial(_shut, handle))
    connection = _Connection(target.host, target.port, timeout=max(0.01, left()))
    try:
        connection.sock = _secured(raw, target, left, network)
        yield connection
    finally:
        cancel()
        connection.close()
        raw.close()
        handle.close()


def _secured(raw: socket.socket, target: WebAddress, left: Callable[[], float], network: Network) -> socket.socket:
    if target.scheme == "http":
        return raw
    try:
        return network.tls().wrap_socket(raw, server_hostname=target.host)
    except ssl.SSLCertVerificationError as error:
        raise FetchError("certificate", f"The certificate is not valid: {error.verify_message.rstrip('.')}.") from error
    except (OSError, ValueError) as error:
        raise _failed(error, left) from error


def _shut(raw: socket.socket) -> None:
    """Shut the connection down, by a second handle to it (TLS takes the first one over)."""
    try:
        raw.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def _failed(error: Exception, left: Callable[[], float]) -> FetchError:
    if left() <= 0 or isinstance(error, TimeoutError):
        return FetchError("time", "It took too long.")
    if isinstance(error, OSError):
        return FetchError("connection", "There was no connection.")
    return FetchError("answer", "There was no proper answer.")


def _read(response: urllib3.BaseHTTPResponse, left: Callable[[], float], limit: int) -> tuple[bytes, bool]:
    """Read at most ``limit`` bytes as they come."""
    parts: list[bytes] = []
    size = 0
    while size <= limit and len(parts) < PIECES:
        if left() <= 0:
            raise FetchError("time", "It took too long.")
        part = response.read1(CHUNK, decode_content=False)
        if not part and left() > 0:
            return b"".join(parts), True
        parts.append(part)
        size += len(part)
    return b"".join(parts)[:limit], False
