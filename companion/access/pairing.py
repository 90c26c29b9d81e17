"""Pairing with a short code, during a window of two minutes and five tries that only a local command opens.

The window is a small private file in the data folder, so ``mutuals pair`` can open it while the companion runs. The
file holds a hash of the code. Deleting the file uses the window up, and only one caller can succeed in deleting it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path
from threading import Lock

import msgspec

from companion.store.files import write_private

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 characters without the look-alikes 0 and O, 1 and I: 5 bits each."""
CODE_LENGTH = 8
"""8 characters are 40 bits: five tries guess right once in 2 * 10**11."""


class _Window(msgspec.Struct, frozen=True):
    id: str
    code_sha256: str
    closes: int


def _hash(window: str, code: str) -> str:
    return hashlib.sha256(f"{window}:{code}".encode()).hexdigest()


def normalised(code: str) -> str:
    """Return a typed code in its printed form: capitals, without blanks and hyphens.

    >>> normalised(" k7qx-2mnp ")
    'K7QX2MNP'
    """
    return "".join(code.split()).replace("-", "").upper()


class Pairing:
    """The pairing window of one data folder.

    Args:
        path: the window's file.
        seconds: how long a window stays open.
        tries: wrong codes after which it closes.
    """

    def __init__(self, path: Path, seconds: int, tries: int) -> None:
        self._path = path
        self._seconds = seconds
        self._tries = tries
        self._lock = Lock()
        self._wrong: dict[str, int] = {}

    def open(self, now: int) -> str:
        """Open a window (an earlier one is replaced) and return its code."""
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        window = secrets.token_hex(8)
        write_private(self._path, msgspec.json.encode(_Window(window, _hash(window, code), now + self._seconds)))
        return code

    def is_open(self, now: int) -> bool:
        """Return whether a window is open."""
        return self._window(now) is not None

    def take(self, code: str, now: int) -> bool:
        """Return whether ``code`` is right; a right code uses the window up, the last wrong try closes it."""
        with self._lock:
            window = self._window(now)
            if window is None:
                return False
            if hmac.compare_digest(window.code_sha256, _hash(window.id, normalised(code))):
                return self._close()
            self._wrong = {window.id: self._wrong.get(window.id, 0) + 1}
            if self._wrong[window.id] >= self._tries:
                self._close()
            return False

    def _close(self) -> bool:
        """Delete the window's file; returns True to one caller only."""
        try:
            self._path.unlink()
        except FileNotFoundError:
            return False
        return True

    def _window(self, now: int) -> _Window | None:
        try:
            window = msgspec.json.decode(self._path.read_bytes(), type=_Window)
        except (FileNotFoundError, msgspec.DecodeError, UnicodeDecodeError):
            return None
        spent = self._wrong.get(window.id, 0) >= self._tries
        # A closing time later than that of a window opened now comes from another clock setting: not trusted.
        return window if now < window.closes <= now + self._seconds and not spent else None
