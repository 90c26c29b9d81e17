"""Where the rows of a table lie in a snapshot: 16 bytes of memory a row instead of the row itself."""

from __future__ import annotations

import re
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import ge
from typing import Final

NOWHERE = -1
"""Place of a row that a snapshot does not have."""
BLOCK = 2000
"""Rows that are read, compared and copied in one piece where all of them are wanted."""
_SHORT: Final = "I"
_LONG: Final = "q"
_ROW = re.compile(rb'"(\d{1,18})": (\{.*\}),')
_NEXT_TABLE = re.compile(rb'"(?!\d+")[^"\n]*": \{(?:\n|\},)')


class Places:
    """The rows of one table in one snapshot, ordered by id.

    Ids and positions are numbers of four bytes until there is one from 2**32 on.

    Attributes:
        ids: the rows' ids.
        starts: where each row's JSON begins in the file, in bytes.
        sizes: how long it is.
        sums: what `sum_of` gives for it.
        blocks: first place -> CRC32 of the text of `BLOCK` rows from there on, where they were read or copied in one
            piece: they are compared with one sum then, not row by row.
    """

    __slots__ = ("blocks", "ids", "sizes", "starts", "sums")

    def __init__(self) -> None:
        """Begin with no row."""
        self.ids, self.starts = array(_SHORT), array(_SHORT)
        self.sizes, self.sums = array("I"), array("I")
        self.blocks: dict[int, int] = {}

    @classmethod
    def of(cls, data: bytes, ids: Sequence[int], spans: Sequence[tuple[int, int]], sums: Sequence[int]) -> Places:
        """Return the places of rows that follow one another in ``data``, with what `sum_of` gives for each."""
        places = cls()
        code = _SHORT if max(ids[-1], spans[-1][0]) < 1 << 32 else _LONG
        places.ids, places.starts = array(code, ids), array(code, [start for start, _ in spans])
        places.sizes, places.sums = array("I", [end - start for start, end in spans]), array("I", sums)
        view = memoryview(data)
        for first in range(0, len(ids) - BLOCK + 1, BLOCK):
            text = view[places.line_start(first) : places.end(first + BLOCK - 1)]
            places.blocks[first] = zlib.crc32(text)
        return places

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, doc_id: int, start: int, row: bytes) -> None:
        """Add a row behind all others."""
        try:
            self.ids.append(doc_id)
            self.starts.append(start)
        except OverflowError:
            del self.ids[len(self.sizes) :]
            self._widen()
            self.ids.append(doc_id)
            self.starts.append(start)
        self.sizes.append(len(row))
        self.sums.append(sum_of(doc_id, row))

    def add_moved(self, other: Places, first: int, last: int, by: int, text: bytes) -> None:
        """Add another snapshot's rows from the place ``first`` up to ``last``, which lie ``by`` bytes further on.

        ``text`` is theirs in the file, from the line's start of the first one.
        """
        if last - first == BLOCK and len(self) % BLOCK == 0:
            self.blocks[len(self)] = zlib.crc32(text)
        if self._is_short and not (other._is_short and other.starts[last - 1] + by < 1 << 32):
            self._widen()
        code = _SHORT if self._is_short else _LONG
        self.ids.extend(array(code, other.ids[first:last]))
        self.starts.extend(array(code, [start + by for start in other.starts[first:last]]))
        self.sizes.extend(other.sizes[first:last])
        self.sums.extend(other.sums[first:last])

    @property
    def _is_short(self) -> bool:
        return self.ids.typecode == _SHORT

    def _widen(self) -> None:
        """Make room for numbers of eight bytes."""
        self.ids, self.starts = array(_LONG, self.ids), array(_LONG, self.starts)

    def find(self, doc_id: int) -> int:
        """Return the place of a row, `NOWHERE` if it is not there."""
        if not self.ids or doc_id > self.ids[-1]:  # as each new row
            return NOWHERE
        place = bisect_left(self.ids, doc_id)
        return place if place < len(self.ids) and self.ids[place] == doc_id else NOWHERE

    def line_start(self, place: int) -> int:
        r"""Return where the text ``\n"7": {...}`` of a row begins in the file."""
        return self.starts[place] - len(row_head(self.ids[place]))

    @property
    def size(self) -> int:
        """Return how many bytes the rows take in the file."""
        return self.end(len(self) - 1) - self.line_start(0) if self.ids else 0

    def end(self, place: int) -> int:
        """Return where a row ends in the file."""
        return self.starts[place] + self.sizes[place]


def row_head(doc_id: int) -> bytes:
    """Return what stands before a row's JSON in a snapshot."""
    return b'\n"%d": ' % doc_id


def sum_of(doc_id: int, row: bytes) -> int:
    """Return the CRC32 of a row and what stands before it, for a changed id is damage too."""
    return zlib.crc32(row, zlib.crc32(row_head(doc_id)))


def cut_out(data: bytes, tables: Iterable[str], least: int) -> tuple[dict[str, Places], bytes]:
    """Return the places of large tables, and the snapshot's bytes without their rows.

    Args:
        data: a whole snapshot, in the layout of `companion.store.journal.snapshot_form`.
        tables: the tables' names, of plain letters.
        least: how many bytes the rows of one must have.
    """
    found = {table: _rows_in(data, table, least) for table in tables}
    lying = {table: one for table, one in found.items() if one is not None}
    view, position, rest = memoryview(data), 0, list[bytes | memoryview]()
    for _, first, end in sorted(lying.values(), key=lambda one: one[1]):
        rest += [view[position : first - 1], b"},\n"]
        position = end
    return {table: places for table, (places, _, _) in lying.items()}, b"".join([*rest, view[position:]])


def _rows_in(data: bytes, table: str, least: int) -> tuple[Places, int, int] | None:
    """Return a table's places and where it begins and ends; None if it is small, or not as Mutuals writes it."""
    head = b'"%b": {\n' % table.encode()
    begin = data.find(b"\n" + head) + 1
    first = position = begin + len(head)
    if begin == 0:
        return None
    ids, spans, sums = list[int](), list[tuple[int, int]](), list[int]()
    view, of = memoryview(data), _ROW.match
    while (row := of(data, position)) is not None:
        start, end = row.span(2)
        if data.endswith(b"}}", start, end) and _NEXT_TABLE.match(data, end + 2):
            end -= 1  # the other brace is the table's own
        ids.append(int(row[1]))
        spans.append((start, end))
        sums.append(zlib.crc32(view[position - 1 : end]))  # from the line break before it, as `sum_of` has it
        position = row.end() + 1
    if not ids or position - first < least or any(map(ge, ids, ids[1:])) or not _NEXT_TABLE.match(data, position):
        return None
    return Places.of(data, ids, spans, sums), first, position
