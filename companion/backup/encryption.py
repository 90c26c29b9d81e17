"""Encrypts files with a passphrase: scrypt derives the key, AES-256-GCM encrypts in chunks, so that any size fits.

An encrypted file is a line of JSON (the parameters of the key) and then chunks of one mebibyte, each with its own tag.
The nonce of a chunk is the file's random prefix, the chunk's number and whether it is the last, so that a chunk that
was changed, exchanged, left out or cut off at the end fails to decrypt (the STREAM construction, Hoang et al. 2015).
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
CHUNK = 1 << 20
TAG = 16
MIN_PASSPHRASE = 8
COST = 2**17
"""scrypt's n, with r = 8 and p = 1: 128 MiB and a good part of a second for every guess (OWASP's first choice)."""
MAX_COST = 2**20
_LAST, _MORE = b"\x01", b"\x00"


class _Header(msgspec.Struct):
    """The first line of an encrypted file: ``n`` is scrypt's cost, ``start`` the prefix of all nonces."""

    format: str
    version: int
    n: int
    salt: bytes
    start: bytes


def is_encrypted(path: Path) -> bool:
    """Return whether a file begins with the header of an encrypted one."""
    with path.open("rb") as file:
        return file.read(64).startswith(b'{"format":"' + MAGIC.encode() + b'"')


def encrypt(source: Path, target: BinaryIO, passphrase: str, cost: int = COST) -> None:
    """Encrypt ``source`` into ``target``.

    Raises:
        SettingError: the passphrase is shorter than 8 characters.
    """
    if len(passphrase) < MIN_PASSPHRASE:
        raise SettingError(f"The passphrase needs at least {MIN_PASSPHRASE} characters; a few words are good.")
    header = _Header(MAGIC, 1, cost, os.urandom(16), os.urandom(7))
    line = msgspec.json.encode(header) + b"\n"
    cipher = _cipher(header, passphrase)
    target.write(line)
    with source.open("rb") as file:
        for number, chunk, last in _chunks(file, CHUNK):
            target.write(cipher.encrypt(_nonce(header, number, last), chunk, line))


def decrypt(source: Path, target: BinaryIO, passphrase: str) -> None:
    """Decrypt ``source`` into ``target``.

    Raises:
        SourceError: the passphrase is wrong, or the file was changed or cut off; discard what was written.
    """
    with source.open("rb") as file:
        line = file.readline(4096)
        try:
            header = msgspec.json.decode(line, type=_Header)
        except (msgspec.MsgspecError, RecursionError):
            raise SourceError(f"{source.name} is no sealed backup.") from None
        if header.version != 1 or not 2 <= header.n <= MAX_COST or header.n & (header.n - 1) or len(header.start) != 7:
            raise SourceError(f"{source.name} was sealed in a way that this Mutuals does not know.")
        cipher = _cipher(header, passphrase)
        try:
            for number, chunk, last in _chunks(file, CHUNK + TAG):
                target.write(cipher.decrypt(_nonce(header, number, last), chunk, line))
        except InvalidTag:
            raise SourceError(
                f"{source.name} does not open: the passphrase is another one, or the file was changed or cut off."
            ) from None


def _cipher(header: _Header, passphrase: str) -> AESGCM:
    key = Scrypt(salt=header.salt, length=32, n=header.n, r=8, p=1).derive(passphrase.encode("utf-8", "surrogatepass"))
    return AESGCM(key)


def _nonce(header: _Header, number: int, last: bool) -> bytes:
    return header.start + number.to_bytes(4, "big") + (_LAST if last else _MORE)


def _chunks(file: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Yield (number, chunk, whether it is the last); an empty file is one empty chunk."""
    number, chunk = 0, file.read(size)
    while True:
        following = file.read(size)
        yield number, chunk, not following
        if not following:
            return
        number, chunk = number + 1, following
