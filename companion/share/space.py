"""The file that makes a folder a space: its random id, and what gives and checks the key of its passphrase."""

from __future__ import annotations

import secrets
from pathlib import Path

import msgspec

from companion.domain.typed_json import decoded
from companion.errors import SettingError, SourceError
from companion.share.passphrase import EARLIER, Lock, locked
from companion.share.sealing import COST, MAX_COST, Seal
from companion.store.files import write_private

NAME = "mutuals-space.json"
FIRST, CHANGED = 1, 2
"""Versions of the file: of a space that has its first passphrase, which older programs read too, and of another one."""


class _Space(msgspec.Struct, omit_defaults=True):
    """The file; ``n``, ``salt``, ``check`` and ``older`` are those of `Lock`."""

    format: str
    version: int
    space: str
    n: int
    salt: bytes
    check: bytes
    older: bytes = b""

    @property
    def lock(self) -> Lock:
        """What it says about the passphrase."""
        return Lock(self.n, self.salt, self.check, self.older)


def disagreement(folder: Path, seal: Seal) -> str:
    """Return why a machine that has a seal cannot share through a folder, in a sentence; empty if it can."""
    try:
        known = _read(folder)
    except FileNotFoundError:
        known = None
    if known is None or known.space != seal.space:
        return f"{folder} is not there, or is another space than the one that was joined."
    return known.lock.disagreement(seal)


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
    seal = known.lock.opened(known.space, passphrase)
    if seal is None:
        raise SettingError("The passphrase is another one than that of this folder. Nothing was changed.")
    return seal


def change(folder: Path, seal: Seal, passphrase: str, cost: int = COST) -> Seal:
    """Give a folder's space another passphrase and return the seal for what is written from now on.

    Raises:
        SettingError: the folder is away, this machine does not know its passphrase, or the new one is too short.
        SourceError: the space cannot be read.
    """
    problem = disagreement(folder, seal)
    if problem and problem != EARLIER:
        raise SettingError(problem)
    changed, lock = locked(seal.space, passphrase, cost, seal)
    _write(folder, seal.space, lock)
    return changed


def _create(folder: Path, passphrase: str, cost: int) -> Seal:
    others = [path.name for path in folder.glob("mutuals-*") if path.suffix == ".log"]
    if others:
        raise SettingError(
            f"{folder} has lines of other devices but no {NAME} yet. Wait until your carrier brought it."
        )
    space = secrets.token_hex(8)
    seal, lock = locked(space, passphrase, cost)
    _write(folder, space, lock)
    return seal


def _write(folder: Path, space: str, lock: Lock) -> None:
    version = CHANGED if lock.older else FIRST
    made = _Space("mutuals-space", version, space, lock.cost, lock.salt, lock.check, lock.older)
    write_private(folder / NAME, msgspec.json.encode(made) + b"\n")


def _read(folder: Path) -> _Space:
    try:
        known = decoded((folder / NAME).read_bytes(), _Space)
    except msgspec.MsgspecError:
        raise SourceError(f"{NAME} in {folder} cannot be read. It may still be arriving; try again.") from None
    good = known.format == "mutuals-space" and known.version in (FIRST, CHANGED) and 2 <= known.n <= MAX_COST
    if not good or known.n & (known.n - 1):
        raise SourceError(f"{NAME} was made in a way that this Mutuals does not know. Update it.")
    return known
