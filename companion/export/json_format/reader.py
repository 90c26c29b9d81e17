"""Reads an export back: the checksum first, then line by line, so that a large one needs little memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from companion.errors import NewerDataError, SourceError
from companion.export.json_format.writer import CHECKSUM, FORMAT, SEEN, SHARED, VERSION, WRITTEN
from companion.store.documents import Document

MOST_LINE = 256 * 1024 * 1024
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Export:
    """One export whose checksum fits.

    Attributes:
        path: the file.
        heading: format, version, when it was made, the viewers, and whom it is limited to.
        shared: what is about no person.
    """

    path: Path
    heading: Document
    shared: Document

    def viewers(self) -> list[Document]:
        """Return the user's accounts as the export has them."""
        return rows(self.heading.get("viewers"))

    def seen(self) -> Iterator[Document]:
        """Give what was seen: one entry per viewer and person."""
        yield from self._section(SEEN, WRITTEN)

    def written(self) -> Iterator[Document]:
        """Give what was written: one entry per person."""
        yield from self._section(WRITTEN, SHARED)

    def _section(self, begin: bytes, end: bytes) -> Iterator[Document]:
        with self.path.open("rb") as file:
            inside = False
            for line in _lines(file):
                if inside and line.startswith(end.rstrip(b"\n")):
                    return
                if inside:
                    entry = _object(line.rstrip(b"\n").removesuffix(b","), self.path)
                    if not isinstance(entry.get("pid"), str) or not entry["pid"]:
                        raise _changed(self.path)
                    yield entry
                inside = inside or line == begin


def open_export(path: Path) -> Export:
    """Check an export and return it.

    Raises:
        SourceError: it is no export of Mutuals, or it was changed or cut off since it was written.
        NewerDataError: a newer Mutuals wrote it.
    """
    with path.open("rb") as file:
        first = file.readline(MOST_LINE)
        if not first.startswith(b'{"format":"' + FORMAT.encode()):
            raise SourceError(f"{path.name} is no export of Mutuals (`mutuals export FILE.json` writes one).")
        heading = _object(first.rstrip(b"\n").removesuffix(b",") + b"}", path)
        version = heading.get("version")
        if isinstance(version, int) and version > VERSION:
            raise NewerDataError(f"{path.name} was written by a newer Mutuals. Update Mutuals and try again.")
        if version != VERSION or not _sum_fits(path):
            raise _changed(path)
        shared = next((line for line in _lines(file) if line.startswith(SHARED)), b"")
    body = _object(b"{" + shared.removeprefix(b"],").rstrip(b"\n").removesuffix(b",") + b"}", path)
    return Export(path, heading, cast("Document", body.get("shared") or {}))


def rows(value: object) -> list[Document]:
    """Return the objects of a list."""
    return [cast("Document", row) for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _sum_fits(path: Path) -> bool:
    """Compare the sum of everything before the last line with what the last line says."""
    sha, size = hashlib.sha256(), path.stat().st_size
    last = len(CHECKSUM) + 64 + len(b'"}\n')
    with path.open("rb") as file:
        left = size - last
        while left > 0 and (data := file.read(min(CHUNK, left))):
            sha.update(data)
            left -= len(data)
        return file.read() == CHECKSUM + sha.hexdigest().encode() + b'"}\n'


def _lines(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(MOST_LINE):
        yield line


def _object(data: bytes, path: Path) -> Document:
    try:
        found = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _changed(path) from None
    if not isinstance(found, dict):
        raise _changed(path)
    return cast("Document", found)


def _changed(path: Path) -> SourceError:
    return SourceError(f"{path.name} was changed or cut off since it was written; nothing of it was stored.")
