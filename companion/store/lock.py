"""Exclusive lock files: one process at a time; the system releases the lock when its holder ends, even by a kill."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from companion.errors import LockedError
from companion.store.files import private_folder

LOCKED_BYTE = 1 << 30
"""Offset of the byte that Windows locks: far behind the text about the holder, so that others can read that."""


class FileLock:
    """A lock held until `release`, the end of a ``with`` block, or the end of the process."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor: int | None = descriptor

    def write_holder(self, port: int | None) -> None:
        """Write this process's id and port into the lock file, for a process that finds it locked."""
        if self._descriptor is None:
            raise LockedError(f"{self.path.name} is no longer held by this process.")
        os.ftruncate(self._descriptor, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, json.dumps({"pid": os.getpid(), "port": port}).encode("ascii"))

    def release(self) -> None:
        """Release the lock; a second call does nothing."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            try:
                with suppress(OSError):  # the next holder writes over what is said there
                    os.ftruncate(descriptor, 0)
            finally:
                os.close(descriptor)

    def __enter__(self) -> FileLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def acquire_lock(path: Path, port: int | None = None) -> FileLock:
    """Acquire the lock at ``path`` without waiting.

    Args:
        path: the lock file; it stays behind, empty, after the release.
        port: the loopback port to report to a process that finds the file locked.

    Raises:
        LockedError: another process (or this one) holds it; ``details`` have its ``pid`` and ``port`` if known.
    """
    private_folder(path.parent)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        _take(descriptor)
    except OSError:
        details = _holder(descriptor)
        os.close(descriptor)
        raise _taken(path, details) from None
    lock = FileLock(path, descriptor)
    with suppress(OSError):  # a full disk keeps the lock from telling who holds it, not from being held
        lock.write_holder(port)
    return lock


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        os.lseek(descriptor, LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _holder(descriptor: int) -> dict[str, int | None]:
    """Return the holder's process id and port; empty if it has not written them yet."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        holder = json.loads(os.read(descriptor, 1000) or b"{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(holder, dict):
        return {}
    return {key: holder[key] for key in ("pid", "port") if isinstance(holder.get(key), int)}


def _taken(path: Path, details: dict[str, int | None]) -> LockedError:
    who = f"process {details['pid']}" if "pid" in details else "another process"
    if details.get("pid") == os.getpid():
        who = "this process"
    where = f", which answers on port {details['port']}," if details.get("port") else ""
    return LockedError(
        f"The data folder {path.parent} is in use by {who}{where} and was not opened again. Stop that one first, "
        "or use --data with another folder.",
        **details,
    )
