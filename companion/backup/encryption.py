"""Seals a file with a passphrase: scrypt makes the key, AES-256-GCM seals it piece by piece, so any size fits.

A sealed file is a line of JSON (how the key was made) and then pieces of one mebibyte, each with its own tag. The nonce
of a piece is the file's random start, the piece's number and whether it is the last, so that pieces can be neither
changed, exchanged, left out nor cut off at the end without it being noticed (the STREAM construction).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from companion.errors import SettingError, SourceError

MAGIC = "mutuals-sealed"
PIECE = 1 << 20
TAG = 16
LEAST_PASSPHRASE = 8
COST = 2**17
"""scrypt's n, with r = 8 and p = 1: 128 MiB and a good part of a second for every guess (OWASP's first choice)."""
MOST_COST = 2**20
_LAST, _MORE = b"\x01", b"\x00"


class _Head(msgspec.Struct):
    """The first line of a sealed file."""

    format: str
    version: int
    n: int
    salt: bytes
    start: bytes


def is_sealed(path: Path) -> bool:
    """Tell whether a file begins as sealed ones do."""
    with path.open("rb") as file:
        return file.read(64).startswith(b'{"format":"' + MAGIC.encode() + b'"')


def seal(source: Path, target: BinaryIO, passphrase: str, cost: int = COST) -> None:
    """Write ``source`` into ``target``, sealed.

    Raises:
        SettingError: the passphrase is shorter than 8 characters.
    """
    if len(passphrase) < LEAST_PASSPHRASE:
        raise SettingError(f"The passphrase needs at least {LEAST_PASSPHRASE} characters; a few words are good.")
    head = _Head(MAGIC, 1, cost, os.urandom(16), os.urandom(7))
    line = msgspec.json.encode(head) + b"\n"
    cipher = _cipher(head, passphrase)
    target.write(line)
    with source.open("rb") as file:
        for number, piece, last in _pieces(file, PIECE):
            target.write(cipher.encrypt(_nonce(head, number, last), piece, line))


def unseal(source: Path, target: BinaryIO, passphrase: str) -> None:
    """Write what ``source`` holds into ``target``.

    Raises:
        SourceError: the passphrase is another, or the file was changed or cut off; discard what was written.
    """
    with source.open("rb") as file:
        line = file.readline(4096)
        try:
            head = msgspec.json.decode(line, type=_Head)
        except msgspec.MsgspecError:
            raise SourceError(f"{source.name} is no sealed backup.") from None
        if head.version != 1 or not 2 <= head.n <= MOST_COST or head.n & (head.n - 1) or len(head.start) != 7:
            raise SourceError(f"{source.name} was sealed in a way that this Mutuals does not know.")
        cipher = _cipher(head, passphrase)
        try:
            for number, piece, last in _pieces(file, PIECE + TAG):
                target.write(cipher.decrypt(_nonce(head, number, last), piece, line))
        except InvalidTag:
            raise SourceError(
                f"{source.name} does not open: the passphrase is another one, or the file was changed or cut off."
            ) from None


def _cipher(head: _Head, passphrase: str) -> AESGCM:
    key = Scrypt(salt=head.salt, length=32, n=head.n, r=8, p=1).derive(passphrase.encode("utf-8", "surrogatepass"))
    return AESGCM(key)


def _nonce(head: _Head, number: int, last: bool) -> bytes:
    return head.start + number.to_bytes(4, "big") + (_LAST if last else _MORE)


def _pieces(file: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Give (number, piece, whether it is the last); an empty file is one empty piece."""
    number, piece = 0, file.read(size)
    while True:
        following = file.read(size)
        yield number, piece, not following
        if not following:
            return
        number, piece = number + 1, following
