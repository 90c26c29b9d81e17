"""Reads which pages SQLite's write-ahead log holds (sqlite.org/fileformat2.html, "The Write-Ahead Log")."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path

_HEADER = struct.Struct(">8I")
"""Magic, format, page size, checkpoint number, two salts, two checksums."""
_FRAME = struct.Struct(">6I")
"""Page number, size of the database after a commit or 0, two salts, two checksums."""
MAGICS = (0x377F0682, 0x377F0683)


class WalPages:
    """The page numbers of a log's frames; what was moved into the database already is not given again."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + "-wal")
        self._salts: bytes = b""
        self._taken = 0

    def all(self) -> set[int]:
        """Return every page that the log holds or held when its writer was killed; none where there is no log."""
        return set(self._read(0, None))

    def up_to(self, frames: int) -> list[int]:
        """Return the pages of the frames not given yet, up to the number that a checkpoint has moved in all."""
        return self._read(None, frames)

    def _read(self, start: int | None, end: int | None) -> list[int]:
        try:
            descriptor = os.open(self._path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        except FileNotFoundError:
            return []
        try:
            head = os.pread(descriptor, _HEADER.size, 0)
            if len(head) < _HEADER.size or _HEADER.unpack(head)[0] not in MAGICS:
                return []
            if start is not None:
                return list(_frames(descriptor, head, start, end))
            if head[16:24] != self._salts:  # the log began anew
                self._salts, self._taken = head[16:24], 0
            pages = list(_frames(descriptor, head, self._taken, end))
            self._taken += len(pages)
            return pages
        finally:
            os.close(descriptor)


def _frames(descriptor: int, head: bytes, start: int, end: int | None) -> Iterator[int]:
    step = _FRAME.size + _HEADER.unpack(head)[2]
    number = start
    while end is None or number < end:
        frame = os.pread(descriptor, _FRAME.size, _HEADER.size + number * step)
        if len(frame) < _FRAME.size or frame[8:16] != head[16:24]:
            return
        yield _FRAME.unpack(frame)[0]
        number += 1
