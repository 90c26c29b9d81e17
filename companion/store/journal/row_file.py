"""Reads rows from a snapshot by their places; each is compared with its checksum.

One that changed on the disk is looked for in the older files.
"""

from __future__ import annotations

import os
import threading
import zlib
from collections.abc import Callable
from pathlib import Path

from companion.errors import StoreError
from companion.store.journal.row_places import BLOCK, Places, row_head

Older = Callable[[int, int, int], "bytes | None"]
"""Finds a row in the older files by its id, length and checksum."""


class RowFile:
    """The snapshot of one database, opened when a row is first read from it."""

    def __init__(self, path: Path) -> None:
        """Read from the file that lies at ``path`` when it is first read."""
        self._path = path
        self._descriptor: int | None = None
        self._busy = threading.Lock()
        self._ended = False

    def read(self, start: int, size: int) -> bytes:
        """Return bytes of the file, fewer where it is shorter.

        Raises:
            StoreError: the database is closed.
        """
        with self._busy:
            if self._ended:
                raise StoreError("The notebook is closed; nothing can be read from it any more.")
            try:
                if self._descriptor is None:
                    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
                    self._descriptor = os.open(self._path, flags)
                os.lseek(self._descriptor, start, os.SEEK_SET)
                return os.read(self._descriptor, size)
            except OSError:  # what is not there is looked for in the older files
                return b""

    def release(self, *, for_good: bool = False) -> None:
        """Close the file, which is about to be replaced: Windows replaces no open one."""
        with self._busy:
            self._ended = self._ended or for_good
            if self._descriptor is not None:
                descriptor, self._descriptor = self._descriptor, None
                os.close(descriptor)


def read_row(file: RowFile, older: Older, places: Places, place: int) -> bytes:
    """Return the JSON of one row.

    Raises:
        StoreError: it changed on the disk and is in no older file.
    """
    doc_id, size, checksum = places.ids[place], places.sizes[place], places.sums[place]
    begin = places.line_start(place)
    data = file.read(begin, places.end(place) - begin)
    if zlib.crc32(data) == checksum:
        return data[-size:]
    found = older(doc_id, size, checksum)
    if found is None:
        raise StoreError(
            "An earlier text changed on the disk, and no older file of the notebook has it as it was. Restart the "
            "companion: it puts together again what can be."
        )
    return found


def read_rows(file: RowFile, older: Older, places: Places, first: int, last: int) -> tuple[int, bytes]:
    """Return where rows that follow one another begin in the file, and their text; for errors see `read_row`."""
    begin = places.line_start(first)
    data = file.read(begin, places.end(last - 1) - begin)
    known = places.blocks.get(first) if last - first == BLOCK else None
    if (known is not None and zlib.crc32(data) == known) or _are_whole(data, begin, places, first, last):
        return begin, data
    lines = (row_head(places.ids[one]) + read_row(file, older, places, one) for one in range(first, last))
    return begin, b",".join(lines)


def _are_whole(data: bytes, begin: int, places: Places, first: int, last: int) -> bool:
    """Compare rows, their ids and the commas between them with what was written."""
    view, position = memoryview(data), 0
    rows = zip(places.starts[first:last], places.sizes[first:last], places.sums[first:last], strict=True)
    for start, size, checksum in rows:
        end = start + size - begin
        if zlib.crc32(view[position:end]) != checksum or data[end : end + 1] not in (b",", b""):
            return False
        position = end + 1
    return True
