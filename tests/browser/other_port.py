"""Another user's program on a port of 127.0.0.1: it waits for a browser that opens it and keeps what is sent to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

TITLE = "other"
NAMES = ("127.0.0.1", "localhost", "mutuals.localhost")


@dataclass
class OtherPort:
    """The program; ``heard`` has the Host and the Cookie of every request."""

    number: int
    heard: list[tuple[str, str]] = field(default_factory=list)

    def cookies(self) -> set[str]:
        """Return the cookies that it was sent."""
        return {cookie for _, cookie in self.heard}

    def addresses(self) -> list[str]:
        """Return the addresses under which a browser finds it."""
        return [f"http://{name}:{self.number}/web" for name in NAMES]


@contextmanager
def other_port() -> Iterator[OtherPort]:
    """Run it while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Keep what was sent and show a page."""
            other.heard.append((self.headers["Host"], self.headers.get("Cookie", "")))
            page = f"<!doctype html><title>{TITLE}</title>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_words: object) -> None:
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        other = OtherPort(server.server_port)
        Thread(target=server.serve_forever, daemon=True).start()
        yield other
        server.shutdown()
