"""A checksum for each page of the ledger, kept beside it: SQLite itself does not notice a letter that changed.

The sums are those of the pages in the database file. They change where pages change, in a checkpoint
(`companion.store.ledger.checkpoints`); pages that the write-ahead log holds are superseded and not looked at. Beside
them stands how often the ledger was committed, so that a log that lost its end is noticed too.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from companion.store.files import sync_data

MAGIC = b"MUTSUMS1"
_HEAD = struct.Struct("<8sIII")
"""Magic, page size, pages, CRC-32 of these three."""
_COMMITS, _COMMITS_AT = struct.Struct("<QI"), 32
_COUNTER_AT, _FAULT_AT = 48, 56
_ENTRY, _ENTRIES_AT = struct.Struct("<II"), 64
"""CRC-32 of a page, and CRC-32 of the page's number with that: an entry out of its place is no entry."""
_CHUNK_PAGES = 256


@dataclass(slots=True)
class Findings:
    """What a comparison found, as page numbers from 1.

    Attributes:
        changed: pages that differ from their sums.
        unknown: pages whose sums themselves are damaged.
    """

    changed: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)


def sums_of(path: Path) -> Path:
    """Return where the sums of a ledger lie."""
    return path.with_name(path.name + ".sums")


class PageSums:
    """The sums of one database file.

    The file stays open until `close`, which must come after SQLite has closed its own connections: closing any
    descriptor of a file gives up this process's locks on it (POSIX).
    """

    def __init__(self, path: Path) -> None:
        flags = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        self._database = os.open(path, os.O_RDWR | flags)
        try:
            self._file = os.open(sums_of(path), os.O_RDWR | os.O_CREAT | flags, 0o600)
        except OSError:
            os.close(self._database)
            raise
        self.pages = 0
        self._page_size = 0
        self._read_head()

    @property
    def known(self) -> bool:
        """Whether there are sums at all; there are none for a new ledger and for one of an earlier version."""
        return self._page_size > 0

    @property
    def commits(self) -> int | None:
        """How often the ledger was committed at least; None where that is not known."""
        number, check = _COMMITS.unpack(os.pread(self._file, _COMMITS.size, _COMMITS_AT).ljust(_COMMITS.size, b"\0"))
        return number if check == zlib.crc32(number.to_bytes(8, "little")) else None

    def count_commit(self, number: int) -> None:
        """Note a commit; the system keeps it through a kill, and through a power cut no longer than the commit."""
        data = _COMMITS.pack(number, zlib.crc32(number.to_bytes(8, "little")))
        os.pwrite(self._file, data, _COMMITS_AT)

    @property
    def fault(self) -> bool:
        """Whether damage was found that could not be mended while the ledger was open."""
        return os.pread(self._file, 1, _FAULT_AT) == b"!"

    def mark_fault(self) -> None:
        """Let the next opening look at the whole file before anything is read."""
        os.pwrite(self._file, b"!", _FAULT_AT)

    @property
    def written_elsewhere(self) -> bool:
        """Whether another program wrote through SQLite outside the log: only that moves both of the file's counters."""
        counter, valid_for = (os.pread(self._database, 4, place) for place in (24, 92))
        return counter == valid_for != os.pread(self._file, 4, _COUNTER_AT)

    def discard(self) -> None:
        """Forget all sums, so that they are taken anew."""
        os.ftruncate(self._file, 0)
        self.pages = self._page_size = 0

    def close(self) -> None:
        """Close both files; a second call does nothing."""
        if self._file >= 0:
            os.close(self._file)
            os.close(self._database)
            self._file = self._database = -1

    def record(self, pages: Iterable[int]) -> None:
        """Take the sums of these pages anew and put them on the disk."""
        size = self._size_of_a_page()
        for number in sorted(set(pages)):
            page = os.pread(self._database, size, (number - 1) * size)
            os.pwrite(self._file, _entry(number, page), _ENTRIES_AT + (number - 1) * _ENTRY.size)
        self._write_head(size)
        sync_data(self._file)

    def rebuild(self) -> None:
        """Take all sums anew: what the file holds now counts as right."""
        size = self._size_of_a_page()
        os.ftruncate(self._file, min(_ENTRIES_AT, os.fstat(self._file).st_size))
        entries = b"".join(_entry(number, page) for number, page in self._pages(size))
        os.pwrite(self._file, entries, _ENTRIES_AT)
        os.pwrite(self._file, b"\0", _FAULT_AT)
        self._write_head(size)
        sync_data(self._file)

    def compare(self, but: Collection[int] = ()) -> Findings:
        """Compare the whole file with its sums, but for some pages."""
        findings = Findings()
        entries = os.pread(self._file, self.pages * _ENTRY.size, _ENTRIES_AT)
        seen = 0
        for number, page in self._pages(self._page_size):
            seen = number
            if number > self.pages or number in but:
                continue
            entry = entries[(number - 1) * _ENTRY.size : number * _ENTRY.size]
            if entry != _entry(number, page):
                (findings.changed if _valid(number, entry) else findings.unknown).append(number)
        findings.changed += [number for number in range(seen + 1, self.pages + 1) if number not in but]
        return findings

    def mend(self, pages: Iterable[int], other: Path) -> bool:
        """Put pages of a copy in the place of changed ones, if all are the very pages that are missing."""
        size, good = self._page_size, dict[int, bytes]()
        with other.open("rb") as file:
            for number in pages:
                file.seek((number - 1) * size)
                page = file.read(size)
                entry = os.pread(self._file, _ENTRY.size, _ENTRIES_AT + (number - 1) * _ENTRY.size)
                if len(page) != size or entry != _entry(number, page):
                    return False
                good[number] = page
        for number, page in good.items():
            os.pwrite(self._database, page, (number - 1) * size)
        sync_data(self._database)
        return True

    def _pages(self, size: int) -> Iterator[tuple[int, memoryview]]:
        number, length = 0, size * _CHUNK_PAGES
        while size and (chunk := os.pread(self._database, length, number * size)):
            view = memoryview(chunk)
            for start in range(0, len(chunk), size):
                number += 1
                yield number, view[start : start + size]

    def _size_of_a_page(self) -> int:
        size = int.from_bytes(os.pread(self._database, 2, 16), "big")
        return 65536 if size == 1 else size

    def _read_head(self) -> None:
        head = os.pread(self._file, _HEAD.size, 0)
        if len(head) == _HEAD.size and zlib.crc32(head[:16]) == _HEAD.unpack(head)[3] and head.startswith(MAGIC):
            _, self._page_size, self.pages, _ = _HEAD.unpack(head)

    def _write_head(self, size: int) -> None:
        self._page_size, self.pages = size, os.fstat(self._database).st_size // size if size else 0
        head = _HEAD.pack(MAGIC, size, self.pages, 0)[:16]
        os.pwrite(self._file, os.pread(self._database, 4, 24), _COUNTER_AT)
        os.pwrite(self._file, head + zlib.crc32(head).to_bytes(4, "little"), 0)


def _entry(number: int, page: bytes | memoryview) -> bytes:
    return _told(number, zlib.crc32(page))


def _told(number: int, crc: int) -> bytes:
    return _ENTRY.pack(crc, zlib.crc32(struct.pack("<II", number, crc)))


def _valid(number: int, entry: bytes) -> bool:
    return len(entry) == _ENTRY.size and entry == _told(number, _ENTRY.unpack(entry)[0])
