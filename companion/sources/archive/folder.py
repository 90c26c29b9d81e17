"""Presents an unpacked archive's folder as `zipfile` presents a zip: names, sizes and streams, nothing is copied."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

CHUNK = 1 << 20


class FolderBundle:
    """One folder's files; links are left out, so that nothing outside is read."""

    def __init__(self, root: Path, most: int) -> None:
        """List a folder.

        Args:
            root: the folder that X's zip unpacks to, or the folder ``data`` in it.
            most: how many files are listed; one more than that shows that there are too many.
        """
        self._root = root.parent if root.name == "data" else root
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for path in _files(root):
            name = path.relative_to(self._root).as_posix()
            self._entries[name] = _entry(name, path)
            if len(self._entries) > most:
                return

    def namelist(self) -> list[str]:
        """Return the names of all files, relative to the folder, with slashes."""
        return list(self._entries)

    def infolist(self) -> list[zipfile.ZipInfo]:
        """Return the entries of all files; the checksum is that of the content for X's data files, else 0."""
        for name, info in self._entries.items():
            info.CRC = self._checksum(name) if name.endswith(".js") else 0
        return list(self._entries.values())

    def getinfo(self, name: str) -> zipfile.ZipInfo:
        """Return the entry of one file; raises ``KeyError`` if there is none."""
        return self._entries[name]

    def open(self, info: zipfile.ZipInfo) -> IO[bytes]:
        """Open one file for reading."""
        return (self._root / info.filename).open("rb")

    def close(self) -> None:
        """Nothing is held open."""

    def _checksum(self, name: str) -> int:
        checksum = 0
        with (self._root / name).open("rb") as file:
            while data := file.read(CHUNK):
                checksum = zlib.crc32(data, checksum)
        return checksum


def _files(root: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(root):
        for name in names:
            path = Path(folder) / name
            if not path.is_symlink():
                yield path


def _entry(name: str, path: Path) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.file_size = info.compress_size = path.stat().st_size
    return info
