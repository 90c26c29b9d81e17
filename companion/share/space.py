"""The file that makes a folder a space: its random id, the cost and salt of the key, and a check of the passphrase."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import msgspec

from companion.errors import SettingError, SourceError
from companion.share.sealing import COST, MAX_COST, Seal, key_of
from companion.store.files import write_private

NAME = "mutuals-space.json"
CHECK = "check"


class _Space(msgspec.Struct):
    """The file: ``check`` is a known text sealed with the key, so that another passphrase is refused at once."""

    format: str
    version: int
    space: str
    n: int
    salt: bytes
    check: bytes


def space_id(folder: Path) -> str | None:
    """Return the id of the folder's space; None if the folder, or the file in it, is not here (yet)."""
    try:
        return _read(folder).space
    except FileNotFoundError:
        return None


def enter(folder: Path, passphrase: str, cost: int = COST) -> Seal:
    """Return the seal of a folder's space; a folder that is no space yet becomes one.

    Raises:
        SettingError: the folder is missing, the passphrase is too short or another one.
        SourceError: the space cannot be read.
    """
    if not folder.is_dir():
        raise SettingError(f"There is no folder {folder}. Make it, or wait until your cloud drive has made it.")
    try:
        known = _read(folder)
    except FileNotFoundError:
        return _create(folder, passphrase, cost)
    seal = Seal(key_of(passphrase, known.salt, known.n), known.space)
    if seal.open(CHECK, known.check) is None:
        raise SettingError("The passphrase is another one than that of this folder. Nothing was changed.")
    return seal


def _create(folder: Path, passphrase: str, cost: int) -> Seal:
    others = [path.name for path in folder.glob("mutuals-*") if path.suffix == ".log"]
    if others:
        raise SettingError(
            f"{folder} has lines of other devices but no {NAME} yet. Wait until your carrier brought it."
        )
    salt, space = os.urandom(16), secrets.token_hex(8)
    seal = Seal(key_of(passphrase, salt, cost), space)
    made = _Space("mutuals-space", 1, space, cost, salt, seal.close(CHECK, space.encode()))
    write_private(folder / NAME, msgspec.json.encode(made) + b"\n")
    return seal


def _read(folder: Path) -> _Space:
    try:
        known = msgspec.json.decode((folder / NAME).read_bytes(), type=_Space)
    except msgspec.MsgspecError:
        raise SourceError(f"{NAME} in {folder} cannot be read. It may still be arriving; try again.") from None
    good = known.format == "mutuals-space" and known.version == 1 and 2 <= known.n <= MAX_COST
    if not good or known.n & (known.n - 1):
        raise SourceError(f"{NAME} was made in a way that this Mutuals does not know. Update it.")
    return known
