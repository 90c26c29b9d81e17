"""Reads an export: verifies its checksum, then reads line by line, so that a large one needs little memory."""

from __future__ import annotations

import codecs
import hashlib
import io
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
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Export:
    """One export whose checksum is right.

    Attributes:
        path: the file.
        heading: format, version, time of writing, viewers, and the people it is limited to.
        shared: rows that are about no person.
    """

    path: Path
    heading: Document
    shared: Document

    def viewers(self) -> list[Document]:
        """Return the user's accounts in the export."""
        return rows(self.heading.get("viewers"))

    def seen(self) -> Iterator[Document]:
        """Yield the ledger's entries, one per viewer and person."""
        yield from self._section(SEEN, WRITTEN)

    def written(self) -> Iterator[Document]:
        """Yield the notebook's entries, one per person."""
        yield from self._section(WRITTEN, SHARED)

    def _section(self, begin: bytes, end: bytes) -> Iterator[Document]:
        with _opened(self.path) as file:
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
    """Verify an export's heading and checksum and return it.

    Raises:
        SourceError: the file is no export of Mutuals, or was changed or cut off since it was written.
        NewerDataError: a newer Mutuals wrote it.
    """
    with _opened(path) as file:
        first = file.readline(MOST_LINE)
        if not first.startswith(b'{"format":"' + FORMAT.encode()):
            raise SourceError(f"{path.name} is no export of Mutuals (`mutuals export FILE.json` writes one).")
        heading = _object(first.rstrip(b"\n").removesuffix(b",") + b"}", path)
        version = heading.get("version")
        if isinstance(version, int) and version > VERSION:
            raise NewerDataError(f"{path.name} was written by a newer Mutuals. Update Mutuals and try again.")
        if version != VERSION or not _sum_fits(file):
            raise _changed(path)
        file.seek(0)
        shared = next((line for line in _lines(file) if line.startswith(SHARED)), b"")
    body = _object(b"{" + shared.removeprefix(b"],").rstrip(b"\n").removesuffix(b",") + b"}", path)
    return Export(path, heading, cast("Document", body.get("shared") or {}))


def rows(value: object) -> list[Document]:
    """Return the objects in a list; anything else is left out."""
    return [cast("Document", row) for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _opened(path: Path) -> BinaryIO:
    """Open an export as it was written; Windows' shells and editors write it anew in UTF-16 or with CR LF."""
    file = path.open("rb")
    first = file.readline(MOST_LINE)
    file.seek(0)
    if not first.startswith((*_MARKS, codecs.BOM_UTF8)) and not first.endswith(b"\r\n"):
        return file
    with file:
        data = file.read()
    try:
        text = data.decode("utf-16" if data.startswith(_MARKS) else "utf-8-sig")
    except UnicodeDecodeError:
        raise _changed(path) from None
    return io.BytesIO(text.replace("\r\n", "\n").encode())


def _sum_fits(file: BinaryIO) -> bool:
    """Return whether the SHA-256 of everything before the last line is the one in the last line."""
    sha, last = hashlib.sha256(), len(CHECKSUM) + 64 + len(b'"}\n')
    left = file.seek(0, io.SEEK_END) - last
    file.seek(0)
    while left > 0 and (data := file.read(min(CHUNK, left))):
        sha.update(data)
        left -= len(data)
    return file.read() == CHECKSUM + sha.hexdigest().encode() + b'"}\n'


def _lines(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(MOST_LINE):
        yield line


def _object(data: bytes, path: Path) -> Document:
    try:
        value = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _changed(path) from None
    if not isinstance(value, dict):
        raise _changed(path)
    return cast("Document", value)


def _changed(path: Path) -> SourceError:
    return SourceError(f"{path.name} was changed or cut off since it was written; nothing of it was stored.")
