"""Pairing with a short code: a window that only a local command opens, and a key agreed by that code (CPace).

The window is a small private file in the data folder, so ``mutuals pair`` can open it while the companion runs.
Deleting the file uses the window up, and only one caller can succeed in deleting it.

Each request tries exactly one of 2 ** 50 codes and learns nothing with which to try others. Tries are therefore not
counted, and no stranger can use up those of the user: 2,000 requests a second over a whole window try one code in 600
million. While no window is open, the same is computed with a code that nobody knows, so replies do not differ.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import msgspec

from companion.access.cpace import generator, lv_cat, multiply, random_scalar, session_key
from companion.access.wire import hkdf, seal, unseal
from companion.domain.typed_json import decoded
from companion.errors import BodyError
from companion.store.files import write_private

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 characters without the look-alikes 0 and O, 1 and I: 5 bits each."""
CODE_LENGTH = 10
GROUP = 5
FINGERPRINT_LENGTH = 8


class _Window(msgspec.Struct, frozen=True):
    id: str
    secret: str
    closes: int


class Offer(NamedTuple):
    """The companion's share, its proof that it knows the code, and a ticket that the extension sends back."""

    share: bytes
    proof: bytes
    ticket: bytes


class Agreed(NamedTuple):
    """What a finished pairing gives: the secret that is kept, and the key of the last reply."""

    secret: bytes
    reply_key: bytes


def normalised(code: str) -> str:
    """Return a typed code in capitals, without blanks and hyphens.

    >>> normalised(" k7qx2-mnp45 ")
    'K7QX2MNP45'
    """
    return "".join(code.split()).replace("-", "").upper()


def grouped(code: str) -> str:
    """Return a code in its printed form.

    >>> grouped("K7QX2MNP45")
    'K7QX2-MNP45'
    """
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def code_secret(code: str) -> bytes:
    """Return the value that stands for a code in the exchange; the file holds it instead of the code."""
    return hashlib.sha512(b"mutuals/2 code " + normalised(code).encode()).digest()


def fingerprint(secret: bytes) -> str:
    """Return the short name of a window that terminal, page and extension show, for the user to compare.

    Args:
        secret: the result of `code_secret`.
    """
    digest = hashlib.sha512(b"mutuals/2 fingerprint " + secret).digest()
    letters = "".join(ALPHABET[byte & 31] for byte in digest[:FINGERPRINT_LENGTH])
    return f"{letters[:4]}-{letters[4:]}"


def channel(host: str, origin: str) -> bytes:
    """Return the value that binds an exchange to one address and one extension, so that it cannot be relayed."""
    return lv_cat(b"mutuals/2", host.encode("utf-8", "surrogatepass"), origin.encode("utf-8", "surrogatepass"))


def confirmation(key: bytes, side: str) -> bytes:
    """Return one side's proof that it holds the key of an exchange; ``side`` is "companion" or "extension"."""
    return hmac.digest(hkdf(key, "confirm"), side.encode(), "sha256")


class Pairing:
    """The pairing window of one data folder.

    Args:
        path: the window's file.
        seconds: how long a window stays open.
    """

    def __init__(self, path: Path, seconds: int) -> None:
        self._path = path
        self._seconds = seconds
        self._lock = Lock()
        self._ticket_key = secrets.token_bytes(32)
        # Takes the place of a window while none is open: nobody knows its code.
        self._no_window = _Window(secrets.token_hex(8), secrets.token_hex(64), 0)

    def open(self, now: int) -> str:
        """Open a window (an earlier one is replaced) and return its code in printed form."""
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        window = _Window(secrets.token_hex(8), code_secret(code).hex(), now + self._seconds)
        write_private(self._path, msgspec.json.encode(window))
        return grouped(code)

    def secret(self, now: int) -> bytes | None:
        """Return the value that stands for the open window's code, or None; only the user's own browser may get it."""
        window = self._window(now)
        return bytes.fromhex(window.secret) if window else None

    def offer(self, share: bytes, bound_to: bytes, now: int) -> Offer:
        """Return the companion's part of an exchange.

        Args:
            share: the extension's share.
            bound_to: the result of `channel` for this request.
            now: epoch seconds.

        Raises:
            WeakPointError: the extension's share gives no key.
        """
        window = self._window(now) or self._no_window
        scalar = random_scalar()
        own = multiply(scalar, generator(bytes.fromhex(window.secret), bound_to))
        key = session_key(multiply(scalar, share), share, own)
        ticket = seal(self._ticket_key, window.id.encode() + key, bound_to)
        return Offer(own, confirmation(key, "companion"), ticket)

    def confirm(self, ticket: bytes, proof: bytes, bound_to: bytes, now: int) -> Agreed | None:
        """Return what was agreed if the extension proves that it knows the code, which uses the window up; else None.

        Args:
            ticket: the ticket of the `Offer` that the extension answers.
            proof: the extension's proof.
            bound_to: the result of `channel` for this request.
            now: epoch seconds.
        """
        window = self._window(now) or self._no_window
        try:
            opened = unseal(self._ticket_key, ticket, bound_to)
        except BodyError:
            return None
        window_id, key = opened[: len(window.id)], opened[len(window.id) :]
        fits = hmac.compare_digest(confirmation(key, "extension"), proof)
        with self._lock:
            if not (hmac.compare_digest(window_id, window.id.encode()) and fits and self._close()):
                return None
        return Agreed(hkdf(key, "secret"), hkdf(key, "reply"))

    def _close(self) -> bool:
        """Delete the window's file; returns True to one caller only."""
        try:
            self._path.unlink()
        except FileNotFoundError:
            return False
        return True

    def _window(self, now: int) -> _Window | None:
        try:
            window = decoded(self._path.read_bytes(), _Window)
            bytes.fromhex(window.secret)
        except (FileNotFoundError, msgspec.DecodeError, ValueError):
            return None
        # A closing time later than that of a window opened now comes from another clock setting: not trusted.
        return window if now < window.closes <= now + self._seconds else None
