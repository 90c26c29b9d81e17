"""Seals lines with a key from a passphrase: scrypt derives it, AES-256-GCM seals each line for its place alone.

A line that was changed, or put at another number, under another device or into another space, does not open. One that
was sealed before the passphrase was changed does.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from companion.errors import SettingError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MIN_PASSPHRASE = 8
COST = 2**17
"""scrypt's n, with r = 8 and p = 1: 128 MiB and a good part of a second for every guess (OWASP's first choice)."""
MAX_COST = 2**20
NONCE, KEY = 12, 32


def key_of(passphrase: str, salt: bytes, cost: int) -> bytes:
    """Return the key that a passphrase gives.

    Raises:
        SettingError: it is shorter than 8 characters.
    """
    if len(passphrase) < MIN_PASSPHRASE:
        raise SettingError(f"The passphrase needs at least {MIN_PASSPHRASE} characters; a few words are good.")
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt  # here: most notebooks are not shared

    return Scrypt(salt=salt, length=KEY, n=cost, r=8, p=1).derive(passphrase.encode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True)
class Seal:
    """The keys of one space.

    Attributes:
        key: 32 bytes, of the present passphrase; everything is sealed with it.
        space: the space's random id.
        older: the keys of earlier passphrases, the latest first; what was sealed with them opens too.
    """

    key: bytes
    space: str
    older: tuple[bytes, ...] = ()

    @property
    def keys(self) -> tuple[bytes, ...]:
        """All keys, the present one first."""
        return self.key, *self.older

    @property
    def root(self) -> bytes:
        """The first key that the space had: marks of one person stay equal, whatever the passphrase is by now."""
        return self.keys[-1]

    def close(self, place: str, data: bytes) -> bytes:
        """Return data sealed for a place, such as a device and a line's number."""
        nonce = os.urandom(NONCE)
        return nonce + _cipher(self.key)[0].encrypt(nonce, data, self._bound(place))

    def open(self, place: str, sealed: bytes) -> bytes | None:
        """Return what was sealed for a place; None if it is anything else."""
        bound = self._bound(place)
        for key in self.keys:
            cipher, refusals = _cipher(key)
            try:
                return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], bound)
            except refusals:
                continue
        return None

    def _bound(self, place: str) -> bytes:
        return f"{self.space}|{place}".encode()


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> tuple[AESGCM, tuple[type[Exception], ...]]:
    """Return the cipher of a key, and the errors with which it refuses what was not sealed with it."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key), (InvalidTag, ValueError)
