"""Runs the HTTP server on 127.0.0.1 only, until a signal ends it."""

from __future__ import annotations

import errno
import logging
import socket
import sys
from collections.abc import Callable
from contextlib import suppress

from waitress.server import TcpWSGIServer

from companion.errors import SettingError
from companion.server.application import LOOK_UPS, Application
from companion.server.connections import BoundedServer, connection_limit
from companion.server.dispatcher import PathDispatcher
from companion.server.early_refusal import channel_class
from companion.settings import Settings

LOOPBACK = "127.0.0.1"
RECEIVED_AT_ONCE = 128 * 1024
SWITCH_SECONDS = 0.001
"""Python's thread switch interval: with the default of 5 ms, reading a page would delay a concurrent look-up."""
RESERVED = 10013
"""Windows' error for a port that the system has reserved (WSAEACCES)."""
SPARE_BYTES = 1024
"""waitress' own limit is this much above the gate's, so that the gate refuses first."""


class PortError(SettingError):
    """The port is taken or may not be used; the companion never chooses another one by itself."""

    code = "port"


def listen(app: Application, settings: Settings, host: str = LOOPBACK) -> TcpWSGIServer:
    """Open the port and return the server, which answers requests once it is passed to `run`.

    Raises:
        SettingError: ``host`` is not the loopback address.
        PortError: another program has the port.
    """
    if host != LOOPBACK:
        raise SettingError(f"Mutuals listens on {LOOPBACK} only, never on {host}: it is no network server.")
    # A few queued requests are normal while a page is scrolled; waitress would log each.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    reserved = _reserve_ipv6(settings.port)
    # before the port is open: who sees it open finds this run's name, not the last one's
    app.gate.sessions.publish_name()
    try:
        server = BoundedServer(
            app.answer,
            host=host,
            port=settings.port,
            threads=settings.threads,
            ident=None,
            max_request_body_size=settings.max_body_bytes + SPARE_BYTES,
            # A page of X's JSON is 1 MB: with waitress' defaults it is received in 120 pieces and buffered in a file.
            recv_bytes=RECEIVED_AT_ONCE,
            inbuf_overflow=settings.max_body_bytes + SPARE_BYTES,
            clear_untrusted_proxy_headers=True,
            # a client that hangs up is no error, and a stranger could fill the log that way
            log_socket_errors=False,
        )
    except OSError as error:
        if reserved is not None:
            reserved.close()
        raise PortError(_port_problem(error, settings.port), port=settings.port) from error
    server.limit = connection_limit()
    server.reserved = reserved
    server.channel_class = channel_class(app.gate)
    server.task_dispatcher = PathDispatcher(server.task_dispatcher, LOOK_UPS, app.unhindered)
    return server


def _reserve_ipv6(port: int) -> socket.socket | None:
    """Keep the port of ::1 from other programs without listening: a browser tries it first for the dashboard's name.

    Returns None where there is no IPv6.

    Raises:
        PortError: another program has it, which would be sent the dashboard's links.
    """
    reserved = None
    try:
        reserved = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
        reserved.bind(("::1", port))
    except OSError as error:
        if reserved is not None:
            reserved.close()
        if error.errno == errno.EADDRINUSE:
            raise PortError(_port_problem(error, port), port=port) from error
        return None
    return reserved


def _port_problem(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken by another program. End that one, or start with `--port` and another number, and "
            "set the same number in the extension's options."
        )
    if getattr(error, "winerror", None) == RESERVED:
        return (
            f"Windows keeps port {port} for itself (Hyper-V reserves some at each start). Start with `--port` and "
            "another number, and set the same in the extension's options, or try again after the next start of Windows."
        )
    return f"Port {port} cannot be opened ({error.strerror}). Start with `--port` and another number."


def run(server: TcpWSGIServer, ready: Callable[[], None]) -> None:
    """Call ``ready``, then serve until a signal; requests in progress are finished first (within 5 s)."""
    sys.setswitchinterval(SWITCH_SECONDS)
    with suppress(SystemExit):
        ready()
        server.run()
    server.close()
    if server.reserved is not None:
        server.reserved.close()
