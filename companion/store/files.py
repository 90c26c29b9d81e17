"""Durable file operations: synced writes, atomic replacement, private folders, copies of damaged files."""

from __future__ import annotations

import os
import secrets
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

NEW = ".new"
"""Suffix of a file that is still being written; one left behind by a kill is deleted at the next opening."""
HELD = frozenset({5, 32, 33})
"""Windows' errors for a file that another program has open: access denied, sharing violation, lock violation."""
PIECE = 1024 * 1024
HELD_SECONDS, HELD_PAUSE = 1.5, 0.05


def private_folder(folder: Path) -> None:
    """Create a folder (and its parents) that only its owner can enter; an existing folder keeps its mode."""
    if not folder.is_dir():
        private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def create_private(path: Path) -> None:
    """Make an empty file that only its owner can read, for a program that would make it readable by others.

    Raises:
        FileExistsError: there is such a file.
    """
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def sync_data(descriptor: int) -> None:
    """Flush the file's bytes to the disk itself, past the caches."""
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # fsync alone leaves the bytes in the drive's cache there
    elif hasattr(os, "fdatasync"):
        os.fdatasync(descriptor)
    else:
        os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Flush a rename in this folder to the disk; Windows does so by itself and cannot open folders."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_file(source: Path, target: Path, pause: Callable[[float], None] = time.sleep) -> None:
    """Rename ``source`` to ``target`` in place of it.

    On Windows a virus scanner or indexer may hold a fresh file for a moment; it is tried again then.

    Args:
        source: a complete file beside ``target``.
        target: the file that gives way.
        pause: waits for some seconds.

    Raises:
        OSError: it cannot be done, at once or after `HELD_SECONDS`.
    """
    left = HELD_SECONDS
    while True:
        try:
            source.replace(target)
        except OSError as error:
            if getattr(error, "winerror", None) not in HELD or left <= 0:
                raise
        else:
            return
        pause(HELD_PAUSE)
        left -= HELD_PAUSE


def write_new(path: Path, chunks: Iterable[bytes]) -> Path:
    """Write and sync ``path`` + ``.new``, readable by its owner only, and return that path to replace ``path`` with."""
    new = path.with_name(path.name + NEW)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.writelines(chunks)
        file.flush()
        sync_data(file.fileno())
    return new


def replace_durably(path: Path, chunks: Iterable[bytes]) -> None:
    """Replace a file atomically: a reader sees either all of the old bytes or all of the new ones."""
    replace_file(write_new(path, chunks), path)
    sync_folder(path.parent)


def content_of(path: Path) -> Iterator[bytes]:
    """Yield a file's bytes in pieces: a large one does not fit into memory well."""
    with path.open("rb") as file:
        while data := file.read(PIECE):
            yield data


def keep_as(path: Path, other: Path) -> None:
    """Make ``other`` a copy of ``path`` (a hard link if possible), atomically; does nothing if ``path`` is missing."""
    if not path.exists():
        return
    new = other.with_name(other.name + NEW)
    new.unlink(missing_ok=True)
    try:
        new.hardlink_to(path)
    except OSError:  # a file system without hard links
        write_new(other, [path.read_bytes()])
    replace_file(new, other)


def set_aside(path: Path, named: Path | None = None) -> Path:
    """Copy a damaged file to the first free ``.damaged-N`` name for later inspection, and return that path.

    Args:
        path: the file.
        named: what the copy is named after; the file itself by default.
    """
    named, number = named or path, 1
    while (aside := named.with_name(f"{named.name}.damaged-{number}")).exists():
        number += 1
    replace_durably(aside, [path.read_bytes()])  # no link: the file itself may be cut or written to
    return aside


def write_private(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content`` atomically, readable by its owner only; it is on the disk when this returns.

    The temporary file's name is random, because the companion and a command such as `mutuals unpair` may write at the
    same moment and must not truncate each other's file.

    Raises:
        OSError: the folder is not writable or full; the old file is untouched.
    """
    private_folder(path.parent)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            sync_data(file.fileno())
        replace_file(fresh, path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
