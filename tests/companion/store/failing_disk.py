"""A disk that fails at one chosen call: every way in which store/ reaches it is counted, and one call is failed."""

from __future__ import annotations

import errno
import io
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

WRITES = ("write", "pwrite")
SYNCS = ("fdatasync", "fsync")
BY_PATH = ("open", "replace", "rename", "link", "unlink", "rmdir", "mkdir", "chmod")
OTHERS = ("ftruncate",)
FAILURES: dict[str, tuple[tuple[str, ...], int]] = {
    "short write, then full": (("write", "pwrite", "file write"), errno.ENOSPC),
    "full": (("write", "pwrite", "file write", "open", "file open", "mkdir", "link"), errno.ENOSPC),
    "input/output error": (("fdatasync", "fsync", "write", "pwrite", "file write", "ftruncate"), errno.EIO),
    "too many open files": (("open", "file open"), errno.EMFILE),
    "failed rename": (("replace", "rename", "link"), errno.EACCES),
    "read-only": (
        ("open", "file open", "replace", "rename", "unlink", "link", "mkdir", "ftruncate", "write", "pwrite", "chmod"),
        errno.EROFS,
    ),
}
"""What fails -> (calls that can fail so, the system's number for it)."""


class FailingDisk:
    """Counts the calls of this thread, and fails the one whose turn it is.

    Args:
        folder: paths elsewhere are not counted.
        failure: one of ``FAILURES``.
        turn: which of the calls that can fail so fails, from 0; None for none.
    """

    def __init__(self, folder: Path, failure: str, turn: int | None = None) -> None:
        self.folder, self.turn, self.calls = str(folder), turn, 0
        self._names, self._errno = FAILURES[failure]
        self._short = failure.startswith("short")
        self._thread = threading.get_ident()
        self.failed_at = ""

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """Stand between the code and the disk until the patch is undone."""
        for name in (*WRITES, *SYNCS, *OTHERS, *BY_PATH):
            patch.setattr(os, name, self._failing(name, getattr(os, name)))
        real_open = io.open

        def opened(file: object, mode: str = "r", *rest: object, **options: object) -> IO[bytes]:
            if any(letter in mode for letter in "wax+") or isinstance(file, (str, Path)):
                self._maybe_fail("file open", file)
            return real_open(file, mode, *rest, **options)  # type: ignore[call-overload, no-any-return]

        patch.setattr(io, "open", opened)
        real_fdopen: Callable[[int, str], IO[bytes]] = os.fdopen
        patch.setattr(os, "fdopen", lambda descriptor, mode: _File(real_fdopen(descriptor, mode), self))

    def _failing(self, name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            if name in WRITES and self._short and self._its_turn(name, None):
                data = memoryview(args[1])  # type: ignore[arg-type]
                real(args[0], data[: len(data) // 2], *args[2:])
                raise self._error(name)
            if not (name in WRITES and self._short):
                self._maybe_fail(name, args[0] if name in BY_PATH else None)
            return real(*args, **options)

        return call

    def maybe_fail_file(self, data: bytes, real: Callable[[bytes], object]) -> None:
        """Write through a file object, or fail, half of the data written where writes are short."""
        if self._its_turn("file write", None):
            if self._short:
                real(data[: len(data) // 2])
            raise self._error("file write")
        real(data)

    def _maybe_fail(self, name: str, path: object) -> None:
        if self._its_turn(name, path):
            raise self._error(name)

    def _its_turn(self, name: str, path: object) -> bool:
        elsewhere = path is not None and not str(path).startswith(self.folder)
        if name not in self._names or elsewhere or threading.get_ident() != self._thread:
            return False
        self.calls += 1
        return self.turn is not None and self.calls - 1 == self.turn

    def _error(self, name: str) -> OSError:
        self.failed_at = name
        return OSError(self._errno, os.strerror(self._errno))


class _File:
    """A file object whose writes can fail."""

    def __init__(self, file: IO[bytes], disk: FailingDisk) -> None:
        self._file, self._disk = file, disk

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def write(self, data: bytes) -> None:
        self._disk.maybe_fail_file(data, self._file.write)

    def writelines(self, parts: list[bytes]) -> None:
        for part in parts:
            self.write(part)

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)
