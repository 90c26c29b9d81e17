"""CPace on Curve25519: two sides that know one short code agree on a key; who listens or guesses learns nothing.

The scheme is draft-irtf-cfrg-cpace with X25519 and SHA-512 (initiator and responder, no associated data). Each side
multiplies a point that depends on the code by a random number and sends the result, which is a random point to anybody
else; so a code can be tried only by taking part, one code each time, and never afterwards at leisure.
"""

from __future__ import annotations

import hashlib
import os

PRIME = 2**255 - 19
A = 486662
"""Coefficient of Curve25519 (RFC 7748): v^2 = u^3 + A u^2 + u."""
POINT_BYTES = 32
BLOCK_BYTES = 128
"""SHA-512's input block, which the code is padded to."""
NAME = b"CPace255"


class WeakPointError(ValueError):
    """The other side's point has a small order (or no order at all): the key would be known to everybody."""


def random_scalar() -> bytes:
    """Return one side's secret number."""
    return os.urandom(POINT_BYTES)


def lv_cat(*values: bytes) -> bytes:
    """Join values, each behind its length (LEB128), so that no two lists give the same bytes."""
    return b"".join(_length(len(value)) + value for value in values)


def generator(code: bytes, channel: bytes, session: bytes = b"") -> bytes:
    """Return the point that stands for a code on one channel."""
    padding = bytes(max(0, BLOCK_BYTES - 1 - len(lv_cat(code)) - len(lv_cat(NAME))))
    hashed = hashlib.sha512(lv_cat(NAME, code, padding, channel, session)).digest()[:POINT_BYTES]
    return elligator2(int.from_bytes(hashed, "little") & ((1 << 255) - 1)).to_bytes(POINT_BYTES, "little")


def elligator2(value: int) -> int:
    """Map a number to the u-coordinate of a point on the curve (RFC 9380, section 6.7.1, Z = 2)."""
    first = -A * pow(1 + 2 * value * value, PRIME - 2, PRIME) % PRIME
    square = pow(first * (first * first + A * first + 1), (PRIME - 1) // 2, PRIME)
    return (-first - A) % PRIME if square == PRIME - 1 else first


def multiply(scalar: bytes, point: bytes) -> bytes:
    """Return scalar times point by X25519 (RFC 7748).

    Raises:
        WeakPointError: the result is the neutral element, or ``point`` has not 32 bytes.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    try:
        public = X25519PublicKey.from_public_bytes(point)
        return X25519PrivateKey.from_private_bytes(scalar).exchange(public)
    except ValueError as error:
        raise WeakPointError("This point gives no key.") from error


def session_key(shared: bytes, initiator: bytes, responder: bytes, session: bytes = b"", *ad: bytes) -> bytes:
    """Return the 64-byte key of one run, from the shared point and the two points that were sent."""
    ad_initiator, ad_responder = ad or (b"", b"")
    transcript = lv_cat(initiator, ad_initiator) + lv_cat(responder, ad_responder)
    return hashlib.sha512(lv_cat(NAME + b"_ISK", session, shared) + transcript).digest()


def _length(number: int) -> bytes:
    encoded = b""
    while number > 0x7F:
        encoded += bytes([number & 0x7F | 0x80])
        number >>= 7
    return encoded + bytes([number])
