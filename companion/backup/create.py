"""Dated backups of both stores in one zip, checked after writing, with the oldest let go; works while Mutuals runs."""

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
from companion.backup.encryption import is_sealed, seal
from companion.backup.history import FOLDER, backups_in, made_at, read_known, write_known
from companion.backup.work import part_of, working
from companion.errors import SourceError, StoreError
from companion.settings import Settings
from companion.store.files import create_private, private_folder, sync_folder
from companion.store.journal.storage import snapshot_bytes
from companion.store.readonly import looking

NOTES, LEDGER, MANIFEST = "notes.json", "ledger.db", "manifest.json"
KEEP = 7
ASIDE = "before-restore"
"""What a restore keeps of the data that it replaces."""
FORMAT, VERSION = "mutuals-backup", 1


class Manifest(msgspec.Struct):
    """What a backup holds: SHA-256 of each member; ``made_at`` in epoch seconds."""

    format: str
    version: int
    made_by: str
    made_at: int
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup, and the older ones that were let go."""

    path: Path
    size: int
    removed: list[Path]


def back_up(
    settings: Settings, now: int, *, folder: Path | None = None, keep: int = KEEP, passphrase: str | None = None
) -> Made:
    """Make a backup, check it, and let go of what is too old.

    Args:
        settings: whose data folder.
        now: epoch seconds.
        folder: where it goes; ``backups`` in the data folder by default.
        keep: how many stay in that folder, this one included.
        passphrase: seals the backup; None leaves it open.

    Raises:
        StoreError: there is nothing to back up, or what was written does not read back.
    """
    if not settings.notebook_path.exists() and not settings.ledger_path.exists():
        raise StoreError(f"There is nothing in {settings.data} to back up.")
    folder = folder or settings.data / FOLDER
    private_folder(folder)
    with working(settings, folder) as work:
        packed = _pack(settings, now, work)
        fresh = part_of(settings, folder)
        create_private(fresh)
        with fresh.open("r+b") as file:
            if passphrase is None:
                with packed.open("rb") as source:
                    shutil.copyfileobj(source, file, 1 << 20)
            else:
                seal(packed, file, passphrase)
            file.flush()
            os.fsync(file.fileno())
        path = _free(folder, now, "zip" if passphrase is None else "sealed")
        fresh.replace(path)
        sync_folder(folder)
        return Made(path, path.stat().st_size, _rotate(settings, path, now, keep))


def _pack(settings: Settings, now: int, work: Path) -> Path:
    """Write both stores into a zip in ``work`` and read it back."""
    members = {NOTES: work / NOTES, LEDGER: work / LEDGER}
    with looking(settings) as look:
        create_private(members[NOTES])
        members[NOTES].write_bytes(
            b"".join(snapshot_bytes({name: list(rows.items()) for name, rows in look.notebook.items()}))
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
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True)) as original:
        original.execute("pragma busy_timeout = 5000")
        with closing(sqlite3.connect(target)) as copy:
            original.backup(copy)
            copy.execute("pragma journal_mode = delete").fetchall()


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _free(folder: Path, now: int, ending: str) -> Path:
    stem, number = f"mutuals-{datetime.fromtimestamp(now, UTC):%Y-%m-%d-%H%M%S}", 1
    path = folder / f"{stem}.{ending}"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.{ending}"
    return path


def _rotate(settings: Settings, newest: Path, now: int, keep: int) -> list[Path]:
    """Let go of the backups beyond ``keep``, and of all from before somebody was forgotten, in every known folder."""
    known = read_known(settings)
    others = [path for path in backups_in(newest.parent) if path != newest]
    going = others[max(keep - 1, 0) :]
    if known.forgotten_at is not None:
        folders = {Path(folder) for folder in known.folders} | {newest.parent}
        older = (path for folder in folders for path in backups_in(folder) if path != newest)
        going += [path for path in older if path not in going and made_at(path) <= known.forgotten_at]
        for aside in settings.data.glob(f"{ASIDE}-*"):
            shutil.rmtree(aside)
        if all(folder.is_dir() for folder in folders):  # else one is not plugged in, and its turn comes later
            known.forgotten_at = None
    for path in going:
        path.unlink()
    known.last_at, known.last_path = now, str(newest)
    write_known(settings, known)
    return going


def sealed_or_zip(path: Path) -> bool:
    """Tell whether a backup is sealed; ``SourceError`` if it is no backup at all."""
    if is_sealed(path):
        return True
    if not zipfile.is_zipfile(path):
        raise SourceError(f"{path.name} is no backup of Mutuals, or it was cut off. Nothing was changed.")
    return False
