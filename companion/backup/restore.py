"""Restores a backup: verifies all of it first, copies the present data into a dated folder, then replaces it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from companion.backup.create import (
    ASIDE,
    FORMAT,
    LEDGER,
    MANIFEST,
    NOTES,
    VERSION,
    Manifest,
    digest,
    is_encrypted_backup,
)
from companion.backup.encryption import decrypt
from companion.errors import NewerDataError, SourceError, StoreError
from companion.settings import Settings
from companion.store.documents import decode_tables
from companion.store.files import create_private, private_folder, sync_folder
from companion.store.ledger import schema
from companion.store.ledger.ledger import Ledger
from companion.store.leftovers import NO_LEDGER, READY, finish_restore, journal_files, ledger_logs, put_in_order
from companion.store.notebook import migrations
from companion.store.notebook.notebook import Notebook

MAX_MANIFEST = 1 << 20
"""Bytes read of a manifest."""
MAX_DEPTH = 64
MAX_BYTES = 64 * 2**30
"""Bytes that one store may unpack to, against zip bombs."""


class _FormatAndVersion(msgspec.Struct):
    """The part of a manifest that every version has."""

    format: str
    version: int


@dataclass(frozen=True, slots=True)
class Restored:
    """The outcome of a restore.

    Attributes:
        made_at: when the backup was made, epoch seconds.
        aside: the folder with the replaced data; None if there was none.
    """

    made_at: int
    aside: Path | None


def restore(path: Path, settings: Settings, now: int, passphrase: str | None = None) -> Restored:
    """Restore a backup into a data folder; this process must hold its lock, and the stores must be closed.

    Raises:
        SourceError: the file is no intact backup, or the passphrase is wrong; nothing was changed.
        NewerDataError: a newer Mutuals made it; nothing was changed.
    """
    private_folder(settings.data)
    put_in_order(settings)
    work = Path(tempfile.mkdtemp(prefix=".restoring-", dir=settings.data))
    try:
        packed = path
        if is_encrypted_backup(path):
            packed = work / "packed.zip"
            create_private(packed)
            with packed.open("r+b") as file:
                decrypt(path, file, passphrase or "")
        manifest = _unpack(packed, path.name, work)
        _check_stores(work, path.name)
        aside = _copy_aside(settings, work, now)
        _make_ready(settings, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    finish_restore(settings)
    return Restored(manifest.made_at, aside)


def _unpack(packed: Path, name: str, work: Path) -> Manifest:
    """Unpack the two stores under their own names, never under paths of the zip, and verify their checksums."""
    try:
        with zipfile.ZipFile(packed) as archive:
            manifest = _manifest(archive)
            for member, checksum in manifest.files.items():
                _extract(archive, member, work, name)
                if digest(work / member) != checksum:
                    raise SourceError(f"{member} in {name} is not as it was when the backup was made.")
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        msgspec.MsgspecError,
    ) as error:
        raise SourceError(f"{name} is no whole backup of Mutuals ({error}). Nothing was changed.") from error
    return manifest


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    """Return the manifest; its version is checked first, because a newer one may have other fields."""
    with archive.open(MANIFEST) as file:
        data = file.read(MAX_MANIFEST)
    kind = msgspec.json.decode(data, type=_FormatAndVersion)
    if kind.format == FORMAT and kind.version > VERSION:
        raise NewerDataError("A newer Mutuals made this backup. Update Mutuals and try again; nothing was changed.")
    manifest = msgspec.json.decode(data, type=Manifest)
    if manifest.format != FORMAT or NOTES not in manifest.files:
        raise SourceError("This zip is no backup of Mutuals. Nothing was changed.")
    return manifest


def _extract(archive: zipfile.ZipFile, member: str, work: Path, name: str) -> None:
    """Write one store into ``work``; `zipfile` never yields more than the declared size that is checked here."""
    if member not in (NOTES, LEDGER):
        raise SourceError(f"{name} holds something that no backup holds. Nothing was changed.")
    if archive.getinfo(member).file_size > MAX_BYTES:
        raise SourceError("The backup unpacks to more than any ledger has. Nothing was changed.")
    create_private(work / member)
    with archive.open(member) as source, (work / member).open("r+b") as target:
        shutil.copyfileobj(source, target, 1 << 20)


def _check_stores(work: Path, name: str) -> None:
    """Read both stores completely, as a start would, before the present ones are touched."""
    try:
        tables = decode_tables((work / NOTES).read_bytes())
        _refuse_deep(tables)
        migrations.refuse_newer(tables)
        if not (work / LEDGER).exists():
            return
        with closing(sqlite3.connect(work / LEDGER)) as connection:
            if schema.schema_number(connection) > schema.MIGRATIONS[-1].number:
                raise NewerDataError(
                    "A newer Mutuals made this backup. Update Mutuals and try again; nothing was changed."
                )
            faults = schema.check(connection)
    except (ValueError, sqlite3.DatabaseError) as error:
        raise SourceError(f"{name} holds a store that does not open ({error}). Nothing was changed.") from error
    if faults:
        raise SourceError(f"The ledger in {name} is damaged ({faults[0]}). Nothing was changed.")


def _refuse_deep(value: object) -> None:
    """Refuse documents nested deeper than any of Mutuals': what reads them later works its way down call by call."""
    level = [value]
    for _ in range(MAX_DEPTH):
        inner = [list(one.values()) if isinstance(one, dict) else one for one in level if isinstance(one, (dict, list))]
        level = [two for one in inner for two in one]
        if not level:
            return
    raise ValueError("it is nested too deep")


def _copy_aside(settings: Settings, work: Path, now: int) -> Path | None:
    """Copy the present data, damaged or not, into a dated folder and return that; None if there is no data."""
    _flush_stores(settings)
    present = [path for path in _store_files(settings) if path.exists()]
    if not present:
        return None
    stem, number = f"{ASIDE}-{datetime.fromtimestamp(now, UTC):%Y-%m-%d-%H%M%S}", 1
    aside = settings.data / stem
    while aside.exists():
        number += 1
        aside = settings.data / f"{stem}-{number}"
    copies = work / ASIDE
    copies.mkdir(mode=0o700)
    for path in present:
        create_private(copies / path.name)
        shutil.copyfile(path, copies / path.name)
    copies.rename(aside)
    return aside


def _flush_stores(settings: Settings) -> None:
    """Write the journal and the write-ahead log into their main files; damaged stores stay as they are."""
    with suppress(StoreError):
        if settings.notebook_path.exists():
            Notebook.open(settings).close()
    with suppress(StoreError):
        if settings.ledger_path.exists():
            Ledger.open(settings.ledger_path).close()


def _store_files(settings: Settings) -> list[Path]:
    beside = [*journal_files(settings), *ledger_logs(settings)]
    return [settings.notebook_path, settings.ledger_path, *beside]


def _make_ready(settings: Settings, work: Path) -> None:
    """Take the step after which the restore will be finished, by this process or by the next start."""
    ready = work / "ready"
    ready.mkdir(mode=0o700)
    if (work / LEDGER).exists():
        (work / LEDGER).rename(ready / settings.ledger_path.name)
    else:
        create_private(ready / NO_LEDGER)
    (work / NOTES).rename(ready / settings.notebook_path.name)
    for path in ready.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    sync_folder(ready)
    ready.rename(settings.data / READY)
    sync_folder(settings.data)
