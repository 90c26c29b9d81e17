"""Serves the app on 127.0.0.1 and nowhere else, and ends in good order."""

from __future__ import annotations

import errno
import logging
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from flask import Flask
from waitress.server import TcpWSGIServer, create_server

from companion.access.gate import Gate
from companion.errors import SettingError
from companion.server.dispatcher import PathDispatcher
from companion.server.early_refusal import channel_of
from companion.settings import Settings

LOOPBACK = "127.0.0.1"
RECEIVED_AT_ONCE = 128 * 1024
TURN_SECONDS = 0.001
"""How long one thread may compute while another waits: Python's own 5 ms are felt in a look-up beside a page read."""
SPARE_BYTES = 1024
"""waitress' own limit is a little above the gate's, so that it is the gate that answers."""


class PortError(SettingError):
    """The port is taken, or may not be used; the companion never wanders to another one by itself."""

    code = "port"


def listen(app: Flask, settings: Settings, host: str = LOOPBACK) -> TcpWSGIServer:
    """Open the port and return the server, which answers once its ``run`` is called.

    Raises:
        SettingError: ``host`` is not this machine's own loopback address: the companion is no network server.
        PortError: another program has the port.
    """
    if host != LOOPBACK:
        raise SettingError(f"Mutuals listens on {LOOPBACK} only, never on {host}: it is no network server.")
    gate: Gate = app.extensions["mutuals.gate"]
    # A few calls waiting for a thread are a page being scrolled, nothing that anybody must hear of.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        server = create_server(
            app,
            host=host,
            port=settings.port,
            threads=settings.threads,
            ident=None,
            max_request_body_size=settings.max_body_bytes + SPARE_BYTES,
            # A page of X's JSON is 1 MB: by waitress' defaults it comes in 120 pieces and by way of a file on the disk.
            recv_bytes=RECEIVED_AT_ONCE,
            inbuf_overflow=settings.max_body_bytes + SPARE_BYTES,
            clear_untrusted_proxy_headers=True,
        )
    except OSError as error:
        raise PortError(_why(error, settings.port), port=settings.port) from error
    server.channel_class = channel_of(gate)
    server.task_dispatcher = PathDispatcher(server.task_dispatcher, app.extensions["mutuals.quick"])
    return server


def _why(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken by another program. End that one, or start with `--port` and another number, and "
            "set the same number in the extension's options."
        )
    return f"Port {port} cannot be opened ({error.strerror}). Start with `--port` and another number."


def end_on_signals() -> None:
    """Let SIGTERM and SIGINT end this process by way of its ``finally`` clauses, from now on."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)


def run(server: TcpWSGIServer, ready: Callable[[], None]) -> None:
    """Call ``ready``, then answer until told to end; requests being answered are finished first (within 5 s)."""
    sys.setswitchinterval(TURN_SECONDS)
    with suppress(SystemExit):
        ready()
        server.run()
    server.close()


def _end(number: int, frame: FrameType | None) -> None:
    """Leave the server's loop; a second signal must not disturb the closing of the stores."""
    for other in (signal.SIGTERM, signal.SIGINT):
        signal.signal(other, signal.SIG_IGN)
    raise SystemExit(0)
