"""Notices that an update replaced the program's files, says so instead of half-new pages, and ends the companion.

The service starts it anew: the exit code is none of those that it takes for final. Started by hand, it stays ended.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import companion
from companion.errors import MutualsError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

WORDS = "Mutuals was updated, one moment. If this page stays, run `mutuals start`."
PAGE = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="5"><title>Mutuals</title></head>
<body><main><h1>Mutuals</h1><p>{WORDS}</p></main></body></html>
""".encode()
"""Held in memory: the templates on the disk may be gone, or those of another version."""


class UpdatedError(MutualsError):
    """The program's files were replaced while it ran."""

    code = "updated"
    status = 503


def end() -> None:
    """End the companion in good order, as the system does."""
    signal.raise_signal(signal.SIGTERM)


class Installed:
    """The installation as it was when the companion started.

    Args:
        marker: a file that every update replaces.
        ends: ends the companion.
    """

    def __init__(self, marker: Path = Path(companion.__file__), ends: Callable[[], None] = end) -> None:
        self._marker, self._ends = marker, ends
        self._was = self._mark()

    def replaced(self) -> bool:
        """Return whether the files on the disk are others than those that run."""
        return self._mark() != self._was

    def answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer any request with the page that says so, and end the companion."""
        heads = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(PAGE))), ("Retry-After", "5"),
                 ("Cache-Control", "no-store"), ("Content-Security-Policy", "default-src 'none'")]  # fmt: skip
        start_response("503 Service Unavailable", heads)
        self._ends()
        return [] if environ.get("REQUEST_METHOD") == "HEAD" else [PAGE]

    def _mark(self) -> tuple[int, int, int] | None:
        try:
            found = self._marker.stat()
        except OSError:
            return None  # an update took the file away, and has not put the new one there yet
        return found.st_ino, found.st_mtime_ns, found.st_size
