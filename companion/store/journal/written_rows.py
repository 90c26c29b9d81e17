"""Writes a table's rows, as they are at one moment, into the next snapshot, and tells where each lies in it."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Iterator

from companion.store.documents import Document, decode, encode_ascii
from companion.store.journal.row_file import Older, RowFile, read_rows
from companion.store.journal.row_places import BLOCK, Places, row_head

STEP = 100
"""Rows written between two pauses: less than half a millisecond."""
NEW_AT_ONCE = 500
"""Changed rows that are written in one piece: making their lines takes half a millisecond."""
Changed = dict[int, "bytes | None"]
"""The JSON of rows that the snapshot does not have as they are, None for one that was removed."""


class ListedRows:
    """The rows of a table that is in memory at one moment, and may stay in the snapshot from then on.

    Attributes:
        rows: the rows with their ids.
        written: where they lie in the snapshot, as far as they were written.
    """

    def __init__(self, rows: list[tuple[int, Document]]) -> None:
        """Hold some rows."""
        self.rows, self.written = rows, Places()

    def pieces(self, position: int, pause: float) -> Iterator[bytes]:
        """Yield the rows as a snapshot holds them, see `FrozenRows.pieces`."""
        for start in range(0, len(self.rows), STEP):
            lines = list[bytes]()
            for doc_id, document in self.rows[start : start + STEP]:
                row, head = encode_ascii(document), (b"," if self.written else b"") + row_head(doc_id)
                self.written.add(doc_id, position + len(head), row)
                lines.append(head + row)
                position += len(lines[-1])
            yield b"".join(lines)
            if pause:
                time.sleep(pause)


class FrozenRows:
    """The rows of a table at one moment.

    Attributes:
        recent: the rows that the old snapshot does not have as they are, None for those that were removed since.
        written: where the rows lie in the new one, as far as they were written.
    """

    def __init__(self, file: RowFile, older: Older, places: Places, recent: Changed) -> None:
        """Freeze the rows of `StoredRows`."""
        self._file, self._older, self._places, self.recent = file, older, places, recent
        self.written = Places()

    def pieces(self, position: int, pause: float) -> Iterator[bytes]:
        """Yield the rows as a snapshot holds them, the first at the byte ``position`` of it.

        What has not changed is copied without being understood. There is a pause of so many seconds between two pieces.
        """
        self.written = Places()
        for piece in self._pieces(position):
            yield piece
            if pause:
                time.sleep(pause)

    def _pieces(self, position: int) -> Iterator[bytes]:
        place, lines = 0, list[bytes]()
        for doc_id in sorted(self.recent):
            data = self.recent[doc_id]
            upto = bisect_left(self._places.ids, doc_id, place)
            if upto > place or len(lines) >= NEW_AT_ONCE:
                yield b"".join(lines)
                lines = []
                for piece in self._copied(place, upto, position):
                    yield piece
                    position += len(piece)
            place = upto + (upto < len(self._places) and self._places.ids[upto] == doc_id)
            if data is not None:
                lines.append(self._line(doc_id, data, position))
                position += len(lines[-1])
        yield b"".join(lines)
        yield from self._copied(place, len(self._places), position)

    def _line(self, doc_id: int, data: bytes, position: int) -> bytes:
        row, head = data if data.isascii() else encode_ascii(decode(data)), self._comma() + row_head(doc_id)
        self.written.add(doc_id, position + len(head), row)
        return head + row

    def _copied(self, first: int, upto: int, position: int) -> Iterator[bytes]:
        """Yield the rows between two places of the old snapshot."""
        while first < upto:
            last, comma = min(first - first % BLOCK + BLOCK, upto), self._comma()
            start, data = read_rows(self._file, self._older, self._places, first, last)
            self.written.add_moved(self._places, first, last, position + len(comma) - start, data)
            position += len(comma) + len(data)
            yield comma + data
            first = last

    def _comma(self) -> bytes:
        return b"," if self.written else b""
