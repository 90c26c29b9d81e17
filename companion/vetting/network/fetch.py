"""Fetches one address once: checked and pinned, no cookies or referrer, within limits, following no redirect."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import SplitResult, quote, urlsplit

import urllib3
from urllib3.connection import HTTPConnection

from companion.vetting.network.addresses import is_public, numeric_address

BYTES = 1024 * 1024
CHUNK = 16 * 1024
HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; Mutuals link check)",
    "Accept": "text/html,*/*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}
"""All that is ever sent: no cookies, no referrer, no language, nothing about the viewer."""


_PATH = "/%:@!$&'()*+,;=~?-._[]|"
"""Characters that stay as they are in a path; all others are sent as bytes in hexadecimal."""


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


@dataclass(frozen=True, slots=True)
class _Target:
    parts: SplitResult
    host: str
    port: int
    path: str = field(default="/")


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
            connection.request(
                "GET", target.path, headers={"Host": _host_header(target), **HEADERS}, preload_content=False
            )
            response = connection.getresponse()
            body, whole = _read(response, left, limit)
        except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            raise _failed(error, left) from error
        return Answer(response.status, {name.lower(): value for name, value in response.headers.items()}, body, whole)


def _target(url: str) -> _Target:
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise FetchError("address", "The address cannot be read.") from error
    if parts.scheme not in ("http", "https"):
        raise FetchError("scheme", f"Only http and https are opened, not {parts.scheme or 'this'}.")
    try:
        name = host if ":" in host else host.rstrip(".").encode("idna").decode("ascii")
    except UnicodeError as error:
        raise FetchError("address", "The name of the host cannot be read.") from error
    port = port or (443 if parts.scheme == "https" else 80)
    if not name or (port < 1024 and port not in (80, 443)):
        raise FetchError("address", "The address names no web server.")
    path = quote(parts.path or "/", safe=_PATH) + (f"?{quote(parts.query, safe=_PATH)}" if parts.query else "")
    return _Target(parts, name, port, path)


def _host_header(target: _Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    return host if target.port in (80, 443) else f"{host}:{target.port}"


def _checked(target: _Target, left: Callable[[], float], network: Network) -> str:
    """Return the address to connect to; a name with any address that is not public is refused."""
    numeric = numeric_address(target.host)
    if numeric == "":
        raise FetchError("address", f"{target.host} is no address.")
    addresses = [numeric] if numeric is not None else _resolved(target, left, network)
    inside = [address for address in addresses if not is_public(address)]
    if inside:
        raise FetchError("private", f"{target.host} leads inside this machine or network; it was not opened.")
    if not addresses:
        raise FetchError("not_found", f"There is no {target.host}.")
    return addresses[0]


def _resolved(target: _Target, left: Callable[[], float], network: Network) -> list[str]:
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
def _connected(target: _Target, address: str, left: Callable[[], float], network: Network) -> Iterator[HTTPConnection]:
    """Connect to the checked address; a watchdog closes the connection at the deadline, even if bytes still drip."""
    try:
        raw = network.dial(address, target.port, max(0.01, left()))
    except OSError as error:
        raise _failed(error, left) from error
    handle = raw.dup()
    cancel = network.alarm(left(), partial(_shut, handle))
    connection = HTTPConnection(target.host, target.port, timeout=max(0.01, left()))
    try:
        connection.sock = _secured(raw, target, left, network)
        yield connection
    finally:
        cancel()
        connection.close()
        raw.close()
        handle.close()


def _secured(raw: socket.socket, target: _Target, left: Callable[[], float], network: Network) -> socket.socket:
    if target.parts.scheme == "http":
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
    while size <= limit:
        if left() <= 0:
            raise FetchError("time", "It took too long.")
        part = response.read1(CHUNK, decode_content=False)
        if not part and left() > 0:
            return b"".join(parts), True
        parts.append(part)
        size += len(part)
    return b"".join(parts)[:limit], False
