"""The secret address of the calendar feed: one at a time, kept in a private file, gone when it is revoked."""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path

from companion.errors import GateError
from companion.store.files import write_private

PATH = "/calendar/"
"""The feed is at ``/calendar/SECRET/mutuals.ics`` on the companion's own port."""


class CalendarFeed:
    """The feed's address of one data folder.

    Args:
        path: the file that holds the secret; without it there is no feed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def secret(self) -> str | None:
        """Return the secret, None while there is no feed."""
        try:
            return self._path.read_text("ascii") or None
        except (FileNotFoundError, UnicodeDecodeError):
            return None

    def make(self) -> str:
        """Make a new address; an older one opens nothing from now on."""
        secret = secrets.token_urlsafe(32)
        write_private(self._path, secret.encode())
        return secret

    def revoke(self) -> None:
        """Take the address back."""
        self._path.unlink(missing_ok=True)

    def refusal(self, method: str, path: str, length: str, *, page: bool) -> GateError | None:
        """Return why a request may not read the feed (rows C1 to C3 of the gate), or None.

        Args:
            method: of the request.
            path: the path, as it was sent.
            length: the header Content-Length, "" without it.
            page: whether a page of a browser asks.
        """
        if page:
            return GateError("calendar", 403, "No page may read the calendar.")
        if method not in {"GET", "HEAD"} or length not in {"", "0"}:
            return GateError("method", 405, "Ask with GET.")
        return None if self.fits(path) else GateError("calendar", 403, "This calendar address is not valid (any more).")

    def fits(self, path: str) -> bool:
        """Return whether a path carries the secret, compared in constant time."""
        given, secret = path.removeprefix(PATH).partition("/")[0], self.secret()
        expected = secret or secrets.token_urlsafe(32)
        return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode()) and secret is not None
