"""Journal lines: changes of the database as checksummed text, and how changes are applied and reverted.

A line is ``1 xxxxxxxx [serial,[change,...]]``: the format's number, the CRC32 (hexadecimal) of the rest, and the JSON.
Serials count up by one for the life of the database, so that a missing line is noticed. Every change carries whole
documents, so that a line can be applied twice, or without the line before it, with the right result.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from companion.errors import NewerDataError
from companion.store.documents import Document, Json, Table, Tables, decode, encode

FORMAT = 1
"""Number of the line format; a higher one is refused rather than misread."""
CRC_DIGITS = 8
SERIAL_BYTES = 32
"""How much of a line's JSON holds its serial and the comma behind it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one table.

    Attributes:
        table: the table's name; it exists afterwards unless it is dropped.
        dropped: the table is dropped; nothing is put or removed then.
        removed: ids of the removed documents.
        put: (id, document) of the documents that are inserted or replaced.
    """

    table: str
    put: Sequence[tuple[int, Document]] = ()
    removed: Sequence[int] = ()
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A parsed line: its serial and its changes."""

    serial: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Undo:
    """The state of a table before a change: the whole table, or only the documents that changed."""

    table: str
    existed: bool
    whole: Table | None
    touched: Sequence[tuple[int, Document | None]]

    def documents(self) -> Sequence[tuple[int, Document | None]]:
        """Return (id, earlier document or None) for every document that the change touched."""
        return self.touched if self.touched else list((self.whole or {}).items())


def apply(tables: Tables, change: Change) -> Undo:
    """Apply a change and return what reverts it."""
    existed = change.table in tables
    if change.dropped:
        dropped = tables.pop(change.table, {})
        return Undo(change.table, existed, dropped, ())
    table = tables.setdefault(change.table, {})
    touched = [(doc_id, table.get(doc_id)) for doc_id in (*change.removed, *(doc_id for doc_id, _ in change.put))]
    # Puts keep a document's place in the order, removals do not.
    whole = dict(table) if change.removed and isinstance(table, dict) else None
    for doc_id in change.removed:
        table.pop(doc_id, None)
    table.update(change.put)
    return Undo(change.table, existed, whole, touched)


def undo(tables: Tables, step: Undo) -> None:
    """Revert a change; several are reverted in the opposite order."""
    if not step.existed:
        tables.pop(step.table, None)
    elif step.whole is not None:
        tables[step.table] = step.whole
    else:
        table = tables[step.table]
        for doc_id, before in step.touched:
            if before is None:
                table.pop(doc_id, None)
            else:
                table[doc_id] = before


def line_bytes(serial: int, changes: Sequence[Change]) -> bytes:
    """Encode changes as one line, newline included."""
    data = encode([serial, [[c.table, c.put, c.removed, c.dropped] for c in changes]])
    return b"%d %08x %b\n" % (FORMAT, zlib.crc32(data), data)


def read_line(line: bytes) -> JournalLine | None:
    """Parse a line without its newline; returns None if it is torn or damaged.

    Raises:
        NewerDataError: the line is intact but of a later format.
    """
    data = _intact(line)
    if data is None:
        return None
    if not line.startswith(b"%d " % FORMAT):
        raise NewerDataError(
            "The notebook's journal was written by a newer Mutuals. Install that version again, or start with "
            "--data and another folder."
        )
    return _line(decode(bytes(data)))


def serial_of(line: bytes) -> int | None:
    """Return the serial of a line without decoding its changes; None if it is torn or damaged."""
    data = _intact(line)
    if data is None:
        return None
    number, comma, _ = bytes(data[:SERIAL_BYTES]).partition(b",")
    number = number.removeprefix(b"[")
    return int(number) if comma and number.isdigit() else None


def _intact(line: bytes) -> memoryview | None:
    """Return the JSON of a line, which may be megabytes, without copying it; None if its checksum is another."""
    head = line.find(b" ") + 1
    data = memoryview(line)[head + CRC_DIGITS + 1 :]
    return data if head and line.startswith(b"%08x " % zlib.crc32(data), head) else None


def _line(value: Json) -> JournalLine | None:
    match value:
        case [int(serial), list(changes)]:
            return JournalLine(serial, tuple(_change(change) for change in changes))
    return None


def _change(value: Json) -> Change:
    match value:
        case [str(table), list(put), list(removed), bool(dropped)]:
            return Change(
                table,
                put=[(row[0], row[1]) for row in put if isinstance(row, list)],  # type: ignore[misc]
                removed=[doc_id for doc_id in removed if isinstance(doc_id, int)],
                dropped=dropped,
            )
    raise ValueError("a line with a right checksum holds no change")
