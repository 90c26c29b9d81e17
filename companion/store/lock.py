"""One process at a time: an exclusive lock that the system gives back when its holder ends, however it ends."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from types import TracebackType

from companion.errors import LockedError
from companion.store.files import private_folder

LOCKED_BYTE = 1 << 30
"""Where Windows locks one byte: far behind the text that says who holds the file, so that others can read it."""


class Held:
    """A lock that is held until `release`, the end of a ``with`` block, or the end of the process."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor: int | None = descriptor

    def tell(self, port: int | None) -> None:
        """Write down who holds the lock and on which port it answers, for the one who finds it taken."""
        if self._descriptor is None:
            raise LockedError(f"{self.path.name} is no longer held by this process.")
        os.ftruncate(self._descriptor, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, json.dumps({"pid": os.getpid(), "port": port}).encode("ascii"))

    def release(self) -> None:
        """Give the lock back; a second time does nothing."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            os.ftruncate(descriptor, 0)
            os.close(descriptor)

    def __enter__(self) -> Held:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def hold(path: Path, port: int | None = None) -> Held:
    """Take the lock at ``path`` for this process, at once or not at all.

    Args:
        path: the lock file; it stays behind, empty, when the lock is given back.
        port: the loopback port to name to whoever comes second.

    Raises:
        LockedError: another process (or this one) holds it; ``details`` have its ``pid`` and ``port`` if it told them.
    """
    private_folder(path.parent)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        _take(descriptor)
    except OSError:
        details = _holder(descriptor)
        os.close(descriptor)
        raise _taken(path, details) from None
    held = Held(path, descriptor)
    held.tell(port)
    return held


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
    """Read what the holder told; nothing if it is only just starting."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        told = json.loads(os.read(descriptor, 1000) or b"{}")
    except ValueError:
        return {}
    return {key: told[key] for key in ("pid", "port") if isinstance(told.get(key), int)}


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
