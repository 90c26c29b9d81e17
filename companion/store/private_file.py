"""Atomic replacement of small private files that several processes write."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from companion.store.files import private_folder, sync_data, sync_folder


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
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
