"""Sessions of the dashboard: its host name, one-time links, cookies and form tokens.

A browser sends a cookie to every port of its host. So the dashboard has a host name of its own below ``localhost``, new
and random for each run, which browsers resolve to this machine by themselves; other ports of 127.0.0.1 see no cookie.

A link is a file in the data folder named after the hash of its secret, so ``mutuals open`` can make one while the
companion runs. Using a link deletes its file, so it works once, for whoever uses it first. Cookies are held in memory
and end with the process.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path
from threading import Lock

from companion.store.files import private_folder, write_private

LINK_SECONDS = 60
COOKIE_SECONDS = 12 * 3600
COOKIES = 32
"""Most sessions at a time; a further one ends the oldest."""


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _ends(path: Path) -> int:
    """Return when a link expires (epoch seconds): 0 for one that is gone or damaged."""
    try:
        return int(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return 0


class Sessions:
    """The links and cookies of one data folder.

    Args:
        folder: holds the links; created when first needed.
        name_path: the file that tells the running dashboard's host name to ``mutuals open``.
    """

    def __init__(self, folder: Path, name_path: Path) -> None:
        self._folder = folder
        self._name_path = name_path
        self.name = f"mutuals-{secrets.token_hex(16)}.localhost"
        """The dashboard's host name in this run."""
        self._key = secrets.token_bytes(32)
        self._lock = Lock()
        self._cookies: dict[str, int] = {}

    def publish_name(self) -> None:
        """Write the host name for other processes of this user."""
        write_private(self._name_path, self.name.encode())

    def published_name(self) -> str | None:
        """Return the host name of the running dashboard, or None if none was written."""
        try:
            return self._name_path.read_text("ascii")
        except (FileNotFoundError, UnicodeDecodeError):
            return None

    def issue(self, now: int) -> str:
        """Create a link and return its secret; it works once, within a minute."""
        private_folder(self._folder)
        self._sweep(now)
        secret = secrets.token_urlsafe(32)
        write_private(self._folder / _hash(secret), str(now + LINK_SECONDS).encode())
        return secret

    def enter(self, secret: str, now: int) -> str | None:
        """Use a link up and return a fresh cookie, or None if the link is unknown, used or expired."""
        path = self._folder / _hash(secret)
        ends = _ends(path)
        try:
            path.unlink()
        except FileNotFoundError:
            return None
        return self._new_cookie(now) if now <= ends else None

    def knows(self, cookie: str, now: int) -> bool:
        """Return whether this process issued the cookie and it has not expired."""
        return self._cookies.get(_hash(cookie), 0) >= now

    def form_token(self, cookie: str) -> str:
        """Return the token that every form of this session must carry."""
        return hmac.new(self._key, cookie.encode("utf-8", "surrogatepass"), "sha256").hexdigest()

    def form_token_fits(self, cookie: str, token: str) -> bool:
        """Return whether ``token`` is the cookie's form token, compared in constant time."""
        return hmac.compare_digest(self.form_token(cookie).encode(), token.encode("utf-8", "surrogatepass"))

    def _new_cookie(self, now: int) -> str:
        cookie = secrets.token_urlsafe(32)
        with self._lock:
            alive = {name: ends for name, ends in self._cookies.items() if ends >= now}
            while len(alive) >= COOKIES:
                del alive[next(iter(alive))]
            self._cookies = {**alive, _hash(cookie): now + COOKIE_SECONDS}
        return cookie

    def _sweep(self, now: int) -> None:
        """Remove expired links."""
        for path in self._folder.iterdir():
            if _ends(path) < now:
                path.unlink(missing_ok=True)
