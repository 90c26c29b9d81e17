"""Creates dated backups of both stores as one verified zip and deletes expired ones; also while Mutuals runs."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from companion import __version__
from companion.backup.encryption import encrypt, is_encrypted
from companion.backup.history import FOLDER, backups_in, made_at, read_history, write_history
from companion.backup.work import unfinished_in, work_folder
from companion.errors import SourceError, StoreError
from companion.settings import Settings
from companion.store.files import create_private, private_folder, replace_file, sync_folder
from companion.store.journal.snapshot_form import snapshot_bytes
from companion.store.readonly import open_read_only

NOTES, LEDGER, MANIFEST = "notes.json", "ledger.db", "manifest.json"
KEEP = 7
"""Backups that stay in a folder by default."""
ASIDE = "before-restore"
"""Prefix of the folders in which a restore keeps the data that it replaces."""
FORMAT, VERSION = "mutuals-backup", 1


class Manifest(msgspec.Struct):
    """The manifest of a backup: the SHA-256 of each member; ``made_at`` in epoch seconds."""

    format: str
    version: int
    made_by: str
    made_at: int
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class FinishedBackup:
    """A finished backup, its size in bytes, and the older ones that were deleted."""

    path: Path
    size: int
    removed: list[Path]


def back_up(
    settings: Settings, now: int, *, folder: Path | None = None, keep: int = KEEP, passphrase: str | None = None
) -> FinishedBackup:
    """Create a backup, verify it, and delete expired ones.

    Args:
        settings: settings with the data folder.
        now: epoch seconds.
        folder: target folder; ``backups`` in the data folder by default.
        keep: how many backups stay in that folder, this one included.
        passphrase: encrypts the backup; None leaves it unencrypted.

    Raises:
        StoreError: there is nothing to back up, or the written zip does not read back.
        SettingError: the passphrase is too short.
    """
    if not settings.notebook_path.exists() and not settings.ledger_path.exists():
        raise StoreError(f"There is nothing in {settings.data} to back up.")
    folder = folder or settings.data / FOLDER
    private_folder(folder)
    with work_folder(settings, folder) as work:
        packed = _pack(settings, now, work)
        unfinished = unfinished_in(settings, folder)
        create_private(unfinished)
        with unfinished.open("r+b") as file:
            if passphrase is None:
                with packed.open("rb") as source:
                    shutil.copyfileobj(source, file, 1 << 20)
            else:
                encrypt(packed, file, passphrase)
            file.flush()
            os.fsync(file.fileno())
        path = _free_name(folder, now, "zip" if passphrase is None else "sealed")
        replace_file(unfinished, path)
        sync_folder(folder)
        return FinishedBackup(path, path.stat().st_size, _delete_expired(settings, path, now, keep))


def _pack(settings: Settings, now: int, work: Path) -> Path:
    """Write both stores into a zip in ``work``, verify it, and return its path."""
    members = {NOTES: work / NOTES, LEDGER: work / LEDGER}
    create_private(members[NOTES])
    with open_read_only(settings) as stores:
        members[NOTES].write_bytes(
            b"".join(snapshot_bytes({name: list(rows.items()) for name, rows in stores.notebook.items()}))
        )
    _copy_ledger(settings.ledger_path, members[LEDGER])
    present = {name: path for name, path in members.items() if path.exists()}
    sums = {name: digest(path) for name, path in present.items()}
    manifest = Manifest(FORMAT, VERSION, f"Mutuals {__version__}", now, sums)
    packed = work / "packed.zip"
    create_private(packed)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        archive.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
        for name, path in present.items():
            archive.write(path, name)
    with zipfile.ZipFile(packed) as archive:
        bad = archive.testzip()
    if bad is not None:
        raise StoreError(f"The backup does not read back ({bad}). Look at the disk and try again.")
    return packed


def _copy_ledger(source: Path, target: Path) -> None:
    """Copy the ledger as of one commit, also while a companion writes into it."""
    if not source.exists():
        return
    create_private(target)
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as original:
        original.execute("pragma busy_timeout = 5000")
        with closing(sqlite3.connect(target)) as copy:
            original.backup(copy)
            copy.execute("pragma journal_mode = delete").fetchall()


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _free_name(folder: Path, now: int, ending: str) -> Path:
    stem, number = f"mutuals-{datetime.fromtimestamp(now, UTC):%Y-%m-%d-%H%M%S}", 1
    path = folder / f"{stem}.{ending}"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.{ending}"
    return path


def _delete_expired(settings: Settings, newest: Path, now: int, keep: int) -> list[Path]:
    """Delete the backups beyond ``keep``, and in every known folder those from before a person was forgotten."""
    history = read_history(settings)
    others = [path for path in backups_in(newest.parent) if path != newest]
    expired = others[max(keep - 1, 0) :]
    if history.forgotten_at is not None:
        folders = {Path(folder) for folder in history.folders} | {newest.parent}
        older = (path for folder in folders for path in backups_in(folder) if path != newest)
        expired += [path for path in older if path not in expired and made_at(path) <= history.forgotten_at]
        for aside in settings.data.glob(f"{ASIDE}-*"):
            shutil.rmtree(aside)
        if all(folder.is_dir() for folder in folders):  # else one is not plugged in, and its turn comes later
            history.forgotten_at = None
    for path in expired:
        path.unlink()
    history.last_at, history.last_path = now, str(newest)
    write_history(settings, history)
    return expired


def is_encrypted_backup(path: Path) -> bool:
    """Return whether a backup is encrypted.

    Raises:
        SourceError: the file is neither an encrypted backup nor a zip.
    """
    if is_encrypted(path):
        return True
    if not zipfile.is_zipfile(path):
        raise SourceError(f"{path.name} is no backup of Mutuals, or it was cut off. Nothing was changed.")
    return False
