"""The sealed wire: a key that never travels proves each request and encrypts bodies and answers (AES-256-GCM).

A pairing's secret K gives four values by HKDF-SHA-256 (RFC 5869): the client's id, and the keys ``head`` (proofs),
``up`` (bodies) and ``down`` (answers). What a request says of itself is one list, a line each: method, path, Host,
Origin, client, time, nonce, length. The proof is HMAC-SHA-256 of that list; a body is bound to it as associated data,
an answer to the request's nonce and to its own status. Both carry a random 12-byte initialisation vector in front.
"""

from __future__ import annotations

import hmac
import os
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from companion.errors import BodyError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SECRET_BYTES = 32
IV_BYTES = 12
VECTORS_AT_ONCE = 64
SEAL_BYTES = IV_BYTES + 16
"""How much longer a sealed body is than what it holds."""
LABEL = "mutuals/2 "
SEALED = "application/octet-stream"
EXCHANGE = "mutuals.exchange"
"""Key of the WSGI environment under which the admitted request's `Exchange` lies; no header can set it."""
FAILURE = "mutuals.failure"
"""Key under which lies why an admitted request failed before the app, which only reports it then."""


def hkdf(secret: bytes, purpose: str) -> bytes:
    """Return 32 bytes for one purpose: HKDF-SHA-256 with an empty salt and one block of output."""
    extracted = hmac.digest(bytes(32), secret, "sha256")
    return hmac.digest(extracted, f"{LABEL}{purpose}\x01".encode(), "sha256")


class Keys(NamedTuple):
    """What a pairing's secret gives: the client's id (16 hex digits) and a key for each purpose."""

    client: str
    head: bytes
    up: bytes
    down: bytes

    @classmethod
    def of(cls, secret: bytes) -> Keys:
        """Derive them from a pairing's secret."""
        return cls(hkdf(secret, "client").hex()[:16], *(hkdf(secret, name) for name in ("head", "up", "down")))


def secret_of_token(token_sha256: bytes) -> bytes:
    """Return the secret of a pairing made before this wire: both sides can form the SHA-256 of its token."""
    return hkdf(token_sha256, "token")


class Claims(NamedTuple):
    """What a request says of itself, as sent; each is one line of the list that is proved."""

    method: str
    path: str
    host: str
    origin: str
    client: str
    time: str
    nonce: str
    length: str

    def listed(self) -> bytes:
        """Return the list, as the proof covers it; a line break inside a value is escaped, so that no line shifts."""
        text = "\n".join(self)
        if text.count("\n") >= len(self):
            text = "\n".join(value.replace("\n", "\\n") for value in self)
        return text.encode("utf-8", "surrogatepass")


def proof(head: bytes, listed: bytes) -> str:
    """Return the proof that goes with a list, in hex."""
    # Not ``hmac.digest``: it lets go of the interpreter lock, for which a request then waits behind another thread.
    begun = _proofs_of(head).copy()
    begun.update(listed)
    return begun.hexdigest()


@lru_cache(maxsize=64)
def _proofs_of(head: bytes) -> hmac.HMAC:
    return hmac.new(head, digestmod="sha256")


def proof_fits(head: bytes, listed: bytes, given: str) -> bool:
    """Return whether the proof given is that of the list, compared in constant time."""
    return hmac.compare_digest(proof(head, listed).encode(), given.encode("utf-8", "surrogatepass"))


class Exchange(NamedTuple):
    """One admitted request: opens its body and seals its answer."""

    keys: Keys
    listed: bytes
    nonce: str

    def open(self, sealed: bytes) -> bytes:
        """Return what a body holds (row 11 of the gate's table).

        Raises:
            BodyError: it was not sealed with this pairing's key for this very request.
        """
        return unseal(self.keys.up, sealed, self.listed)

    def seal(self, status: int, answer: bytes) -> bytes:
        """Return the answer, readable by the one who asked and as the answer to this request only."""
        return seal(self.keys.down, answer, f"{self.nonce}\n{status}".encode())


def seal(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """Encrypt; the initialisation vector stands in front."""
    vector = _vector()
    return vector + _cipher(key).encrypt(vector, plain, bound_to)


def unseal(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """Decrypt what `seal` gave.

    Raises:
        BodyError: another key, another binding, or not one byte as it was.
    """
    from cryptography.exceptions import InvalidTag

    try:
        return _cipher(key).decrypt(sealed[:IV_BYTES], sealed[IV_BYTES:], bound_to)
    except (InvalidTag, ValueError) as error:
        raise BodyError("The body does not open with this pairing's key.", status=400, field="") from error


_vectors: list[bytes] = []
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_vectors.clear)  # two processes must never seal with the same one


def _vector() -> bytes:
    """Return a random initialisation vector, each once; drawn many at a time, as a draw lets go of the lock too."""
    try:
        return _vectors.pop()
    except IndexError:
        drawn = os.urandom(IV_BYTES * VECTORS_AT_ONCE)
        _vectors.extend(drawn[start : start + IV_BYTES] for start in range(IV_BYTES, len(drawn), IV_BYTES))
        return drawn[:IV_BYTES]


@lru_cache(maxsize=64)
def _cipher(key: bytes) -> AESGCM:
    """Return the cipher of a key; the library is loaded at the first request, not at the start."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)
