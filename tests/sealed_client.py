"""A reference client of the sealed wire, written from docs/api.md alone: what the extension does, in Python."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

API = "2"
SEAL_BYTES = 28
PRIME = 2**255 - 19

Post = Callable[[str, Mapping[str, object]], Mapping[str, str]]
"""Sends JSON to a path and returns the JSON of the reply."""


@lru_cache(maxsize=64)
def hkdf(secret: bytes, purpose: str) -> bytes:
    """Derive 32 bytes for one purpose."""
    return HKDF(SHA256(), 32, None, f"mutuals/2 {purpose}".encode()).derive(secret)


def now_ms() -> int:
    """The time in epoch milliseconds."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True)
class SealedClient:
    """The keys of one pairing, and requests made with them.

    Args:
        secret: the pairing's secret.
        origin: the paired origin.
        host: the Host header's value.
    """

    secret: bytes
    origin: str
    host: str

    @property
    def client(self) -> str:
        """The client's id."""
        return hkdf(self.secret, "client").hex()[:16]

    def request(self, path: str, body: bytes, method: str = "POST", **fixed: str) -> tuple[dict[str, str], bytes]:
        """Return headers and sealed body of one request; ``time`` and ``nonce`` may be fixed."""
        headers = self.headers(path, len(body) + SEAL_BYTES, method, **fixed)
        vector = os.urandom(12)
        listed = self._listed(method, path, headers)
        return headers, vector + AESGCM(hkdf(self.secret, "up")).encrypt(vector, body, listed)

    def headers(self, path: str, length: int, method: str = "POST", **fixed: str) -> dict[str, str]:
        """Return the headers of one request whose sealed body has a length; ``time`` and ``nonce`` may be fixed."""
        headers = {
            "Host": self.host, "Origin": self.origin, "Content-Type": "application/octet-stream",
            "Content-Length": str(length), "X-Mutuals-Api": API, "X-Mutuals-Client": self.client,
            "X-Mutuals-Time": fixed.get("time", str(now_ms())),
            "X-Mutuals-Nonce": fixed.get("nonce", os.urandom(16).hex()),
        }  # fmt: skip
        listed = self._listed(method, path, headers)
        return {**headers, "X-Mutuals-Proof": hmac.new(hkdf(self.secret, "head"), listed, "sha256").hexdigest()}

    def _listed(self, method: str, path: str, headers: Mapping[str, str]) -> bytes:
        own = (headers[f"X-Mutuals-{name}"] for name in ("Client", "Time", "Nonce"))
        return "\n".join([method, path, self.host, self.origin, *own, headers["Content-Length"]]).encode()

    def open(self, nonce: str, status: int, reply: bytes) -> bytes:
        """Decrypt a reply; raises cryptography's InvalidTag for what is no reply to that request."""
        cipher = AESGCM(hkdf(self.secret, "down"))
        return cipher.decrypt(reply[:12], reply[12:], f"{nonce}\n{status}".encode())


def lv(*values: bytes) -> bytes:
    """Join values behind their lengths, each below 128 bytes."""
    return b"".join(bytes([len(value)]) + value for value in values)


def generator(code: str, host: str, origin: str) -> int:
    """Map a code to a point of Curve25519 (Elligator 2)."""
    secret = hashlib.sha512(b"mutuals/2 code " + code.upper().replace("-", "").encode()).digest()
    padding = bytes(127 - 65 - 9)
    hashed = hashlib.sha512(lv(b"CPace255", secret, padding, lv(b"mutuals/2", host.encode(), origin.encode()), b""))
    number = int.from_bytes(hashed.digest()[:32], "little") % 2**255
    u = -486662 * pow(1 + 2 * number**2, -1, PRIME) % PRIME
    on_curve = pow(u**3 + 486662 * u**2 + u, (PRIME - 1) // 2, PRIME) == 1
    return u if on_curve else (-u - 486662) % PRIME


def pair(code: str, host: str, origin: str, post: Post, name: str = "test") -> tuple[bytes, dict[str, object]]:
    """Pair by a code; return the secret and what the companion told. AssertionError if the companion's proof is wrong.

    Args:
        code: as `mutuals pair` printed it.
        host: the Host header's value.
        origin: the origin to pair.
        post: sends the two requests.
        name: what the client calls itself.
    """
    private = X25519PrivateKey.generate()
    point = generator(code, host, origin).to_bytes(32, "little")
    share = private.exchange(X25519PublicKey.from_public_bytes(point))
    offer = post("/v1/pair", {"share": share.hex()})
    theirs = bytes.fromhex(offer["share"])
    shared = private.exchange(X25519PublicKey.from_public_bytes(theirs))
    key = hashlib.sha512(lv(b"CPace255_ISK", b"", shared) + lv(share, b"") + lv(theirs, b"")).digest()
    proofs = {side: hmac.new(hkdf(key, "confirm"), side, "sha256").hexdigest() for side in (b"companion", b"extension")}
    assert offer["proof"] == proofs[b"companion"], "the companion does not know the code"
    last = post("/v1/pair/confirm", {"ticket": offer["ticket"], "proof": proofs[b"extension"], "client": name})
    sealed = bytes.fromhex(last["sealed"])
    told: dict[str, object] = json.loads(AESGCM(hkdf(key, "reply")).decrypt(sealed[:12], sealed[12:], b"paired"))
    return hkdf(key, "secret"), told
