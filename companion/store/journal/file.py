"""The append-only journal file: an append is on the disk when it returns, or has failed without a trace."""

from __future__ import annotations

import os
from pathlib import Path

from companion.errors import StoreError
from companion.store.files import keep_as, replace_file, sync_data, sync_folder, write_new
from companion.store.journal.mirror import Mirror


class JournalFile:
    """An append-only file of complete lines; not thread-safe by itself, the storage's lock guards it.

    Attributes:
        path: its path.
        size: its length in bytes.
    """

    def __init__(self, path: Path, valid: int, copy: Path) -> None:
        """Open for appending after the first ``valid`` bytes; a torn line behind them is cut off.

        Args:
            path: the journal.
            valid: bytes of it up to the end of its last intact line.
            copy: where its second copy lies (`Mirror`).
        """
        self.path = path
        self.size = valid
        self._broken = ""
        self._descriptor: int | None = _open(path)
        if os.fstat(self._descriptor).st_size != valid:
            os.ftruncate(self._descriptor, valid)
            sync_data(self._descriptor)
        self._mirror = Mirror(copy, _read_from(self._descriptor, 0, valid))
        sync_folder(path.parent)

    @property
    def is_open(self) -> bool:
        """Whether lines can still be appended."""
        return self._descriptor is not None

    def append(self, line: bytes, *, synced: bool = True) -> None:
        """Write one line and sync it, unless a later sync will do; a synced line takes all before it along.

        Raises:
            StoreError: the line could not be written, and the file is as it was; or an earlier write could not be
                reverted, after which the content of the disk is unknown until the file is opened again.
        """
        if self._descriptor is None:
            raise StoreError("The notebook is closed; nothing can be written to it any more.")
        if self._broken:
            raise StoreError(f"The disk failed earlier ({self._broken}). Restart the companion before writing again.")
        if os.fstat(self._descriptor).st_nlink == 0:  # the bytes would go with the process
            raise StoreError(
                f"{self.path} is gone from the disk, so nothing can be saved. Put the data folder back, or restart the "
                "companion to begin another; what is still waiting in the browser is sent then."
            )
        try:
            _write_all(self._descriptor, line)
            if synced:
                sync_data(self._descriptor)
        except BaseException as error:
            self._withdraw(self._descriptor)
            if isinstance(error, OSError):
                raise StoreError(
                    f"The change could not be saved ({error.strerror}) and nothing was changed. Make room on the disk, "
                    "then try again."
                ) from error
            raise
        self.size += len(line)
        self._mirror.append(line)

    def twin(self) -> int:
        """Return a second descriptor of the file, to sync it while others append; the caller closes it."""
        if self._descriptor is None:
            raise StoreError("The notebook is closed; nothing can be written to it any more.")
        return os.dup(self._descriptor)

    def fail(self, error: OSError) -> None:
        """Refuse all further appends: a sync failed, so that the content of the disk is unknown."""
        self._broken = error.strerror or type(error).__name__

    def drop_before(self, position: int, keep: Path | None) -> None:
        """Drop all lines before ``position``; the old file is kept as ``keep``, or not at all if that is None."""
        if self._descriptor is None:
            raise StoreError("The notebook is closed; its journal cannot be shortened any more.")
        tail = _read_from(self._descriptor, position, self.size - position)
        new = write_new(self.path, [tail])
        if keep is not None:
            keep_as(self.path, keep)
        os.close(self._descriptor)
        self._descriptor = None  # Windows cannot replace an open file
        try:
            replace_file(new, self.path)
            self.size = len(tail)
            self._mirror.reset(tail)
        finally:
            self._descriptor = _open(self.path)
        sync_folder(self.path.parent)

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            os.close(descriptor)
        self._mirror.close()

    def _withdraw(self, descriptor: int) -> None:
        """Cut off the remains of a failed append; if that fails too, refuse all further appends."""
        try:
            os.ftruncate(descriptor, self.size)
            sync_data(descriptor)
        except OSError as error:
            self.fail(error)


def _open(path: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    return os.open(path, flags, 0o600)


def _read_from(descriptor: int, position: int, count: int) -> bytes:
    os.lseek(descriptor, position, os.SEEK_SET)  # appends go to the end wherever the file is read
    chunks: list[bytes] = []
    while count > 0 and (chunk := os.read(descriptor, count)):
        chunks.append(chunk)
        count -= len(chunk)
    return b"".join(chunks)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
