"""Writing files so that they survive: synced data, atomic replacement, private folders."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

NEW = ".new"
"""Ending of a file that is still being written; leftovers of a kill are removed at the next open."""


def private_folder(folder: Path) -> None:
    """Make a folder (and its parents) that only its owner can enter; an existing folder keeps its mode."""
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
    """Return only when the file's bytes are on the disk, not merely in its cache."""
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # fsync alone leaves the bytes in the drive's cache there
    elif hasattr(os, "fdatasync"):
        os.fdatasync(descriptor)
    else:
        os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder durable; Windows does so by itself and cannot open folders."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_new(path: Path, chunks: Iterable[bytes]) -> Path:
    """Write and sync ``path`` + ``.new``, ready to take the place of ``path``; only its owner can read it."""
    new = path.with_name(path.name + NEW)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.writelines(chunks)
        file.flush()
        sync_data(file.fileno())
    return new


def replace_durably(path: Path, chunks: Iterable[bytes]) -> None:
    """Replace a file as a whole: whoever opens it sees all of the old bytes or all of the new ones."""
    write_new(path, chunks).replace(path)
    sync_folder(path.parent)


def keep_as(path: Path, other: Path) -> None:
    """Let ``other`` be the file that ``path`` is now, without a moment in which either is missing."""
    if not path.exists():
        return
    new = other.with_name(other.name + NEW)
    new.unlink(missing_ok=True)
    try:
        new.hardlink_to(path)
    except OSError:  # a file system without hard links
        write_new(other, [path.read_bytes()])
    new.replace(other)


def set_aside(path: Path) -> Path:
    """Keep a damaged file under a free ``.damaged-N`` name for someone to look at, and return that name."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    replace_durably(aside, [path.read_bytes()])  # no link: the file itself may be cut or written to
    return aside
