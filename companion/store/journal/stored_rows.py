"""A table whose rows lie in the snapshot and are read when they are asked for; new ones are in memory until then."""

from __future__ import annotations

from collections.abc import Callable, Collection, ItemsView, Iterator, MutableMapping, ValuesView
from dataclasses import dataclass
from heapq import merge
from itertools import chain
from typing import TypeVar, overload

import msgspec

from companion.errors import StoreError
from companion.store.documents import Document, Table, decode, encode
from companion.store.journal.row_file import Older, RowFile, read_row, read_rows
from companion.store.journal.row_places import BLOCK, NOWHERE, Places
from companion.store.journal.written_rows import Changed, FrozenRows

Row = TypeVar("Row")
Other = TypeVar("Other")
IN_FILE = b""
"""Stands for a row that is as the snapshot has it."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What the tables need whose rows stay in the snapshot.

    Attributes:
        tables: their names.
        least: size from which on their rows stay there, in bytes of a table; fewer are kept in memory.
        file: where they lie.
        older: table -> what finds its rows that changed on the disk.
    """

    tables: frozenset[str]
    least: int
    file: RowFile
    older: Callable[[str], Older]

    def rows(self, table: str, places: Places) -> StoredRows:
        """Return the rows of a table that lie at these places."""
        return StoredRows(self.file, self.older(table), places)


class StoredRows(MutableMapping[int, Document]):
    """The rows of one table, ordered by id; what is returned is made anew each time, so changing it changes nothing."""

    def __init__(self, file: RowFile, older: Older, places: Places) -> None:
        """Hold the rows that lie at ``places`` of the file; ``older`` finds those that changed on the disk."""
        self._file, self._older, self._places = file, older, places
        self._recent: Changed = {}
        self._writing: Changed = {}  # what is being written into the next snapshot
        self._count = len(self._places)
        self._top = self._places.ids[-1] if self._places else NOWHERE  # no row has a higher id

    # --- one row ---------------------------------------------------------------------------------------------------

    def __getitem__(self, doc_id: int) -> Document:
        text = self._text(doc_id)
        if not text:
            raise KeyError(doc_id)
        return _document(text)

    @overload
    def get(self, doc_id: int, default: None = None, /) -> Document | None: ...
    @overload
    def get(self, doc_id: int, default: Document | Other, /) -> Document | Other: ...
    def get(self, doc_id: int, default: Document | Other | None = None, /) -> Document | Other | None:
        """Return a row, or ``default``: without an error, for every new row is asked for once."""
        text = self._text(doc_id) if doc_id <= self._top else None
        return _document(text) if text else default

    def _text(self, doc_id: int) -> bytes | None:
        text = self._changed(doc_id)
        if text == IN_FILE and (place := self._places.find(doc_id)) != NOWHERE:
            return read_row(self._file, self._older, self._places, place)
        return text

    def __setitem__(self, doc_id: int, row: Document) -> None:
        text = encode(row)
        if doc_id > self._top:
            self._top, self._count = doc_id, self._count + 1
        else:
            self._count += doc_id not in self
        self._recent[doc_id] = text

    def __delitem__(self, doc_id: int) -> None:
        if doc_id not in self:
            raise KeyError(doc_id)
        self._count -= 1
        self._recent[doc_id] = None

    def __contains__(self, doc_id: object) -> bool:
        text = self._changed(doc_id) if isinstance(doc_id, int) else None
        return self._places.find(doc_id) != NOWHERE if text == IN_FILE and isinstance(doc_id, int) else text is not None

    def _changed(self, doc_id: int) -> bytes | None:
        """Return what became of a row since the snapshot, None if it was removed, `IN_FILE` if nothing."""
        text = self._recent.get(doc_id, IN_FILE)
        return self._writing.get(doc_id, IN_FILE) if text == IN_FILE else text

    # --- all rows --------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[int]:
        lasting = (doc_id for doc_id in self._places.ids if self._changed(doc_id) is not None)
        new = self._new()
        return merge(lasting, new) if self._is_between(new) else chain(lasting, new)

    def items(self) -> ItemsView[int, Document]:
        """Return all rows with their ids, which are read many at once."""
        return _Items(self)

    def values(self) -> ValuesView[Document]:
        """Return all rows, which are read many at once."""
        return _Values(self)

    def texts(self) -> Iterator[tuple[int, bytes]]:
        """Yield the id and the JSON of each row."""
        new = self._new()
        rows = ((doc_id, self._changed(doc_id) or b"") for doc_id in new)
        return merge(self._lasting(), rows) if self._is_between(new) else chain(self._lasting(), rows)

    def _lasting(self) -> Iterator[tuple[int, bytes]]:
        """Yield those that have a place in the file."""
        changed = bool(self._recent or self._writing)
        for first in range(0, len(self._places), BLOCK):
            last = min(first + BLOCK, len(self._places))
            begin, data = read_rows(self._file, self._older, self._places, first, last)
            for place in range(first, last):
                doc_id, start = self._places.ids[place], self._places.starts[place] - begin
                text = self._changed(doc_id) if changed else IN_FILE
                if text is not None:
                    yield doc_id, text or data[start : start + self._places.sizes[place]]

    def _is_between(self, new: list[int]) -> bool:
        """Return whether new rows come before one of the file: an id that was given back is given out again."""
        return bool(new and self._places) and new[0] < self._places.ids[-1]

    def _new(self) -> list[int]:
        """Return the ids of the rows that the file does not have, in their order."""
        living = (doc_id for doc_id in self._writing.keys() | self._recent.keys() if self._changed(doc_id))
        return sorted(doc_id for doc_id in living if self._places.find(doc_id) == NOWHERE)

    def parts(self, kind: type[Row]) -> Iterator[tuple[int, Row | Document]]:
        """Yield the id of each row and a struct of some of its fields, or the whole row where they do not fit."""
        decoder = msgspec.json.Decoder(kind)
        for doc_id, text in self.texts():
            try:
                yield doc_id, decoder.decode(text)
            except msgspec.DecodeError:
                yield doc_id, _document(text)

    def having(self, texts: Collection[bytes]) -> Selected:
        """Return the rows whose JSON contains one of some texts."""
        found = Selected((key, _document(data)) for key, data in self.texts() if any(text in data for text in texts))
        found.last = max(self._places.ids[-1] if self._places else 0, *self._recent, *self._writing, 0)
        return found

    # --- into the next snapshot ------------------------------------------------------------------------------------

    def frozen(self) -> FrozenRows:
        """Return the rows as they are now, to be written into the next snapshot while these go on changing."""
        self._writing = {**self._writing, **self._recent} if self._writing else self._recent
        self._recent = {}
        return FrozenRows(self._file, self._older, self._places, self._writing)

    def settle(self, frozen: FrozenRows) -> None:
        """Take the rows that were written from the new snapshot, which has replaced the old one by now."""
        self._places, self._writing = frozen.written, {}


class Selected(dict[int, Document]):
    """Some rows of a table.

    Attributes:
        last: an id that no row of the whole table has a higher one than.
    """

    last = 0


def last_id(rows: Table) -> int:
    """Return an id that no row of a table, of which these may be some, has a higher one than."""
    return rows.last if isinstance(rows, Selected) else max(rows, default=0)


class _Items(ItemsView[int, Document]):
    def __init__(self, rows: StoredRows) -> None:
        super().__init__(rows)
        self._rows = rows

    def __iter__(self) -> Iterator[tuple[int, Document]]:
        return ((doc_id, _document(text)) for doc_id, text in self._rows.texts())


class _Values(ValuesView[Document]):
    def __init__(self, rows: StoredRows) -> None:
        super().__init__(rows)
        self._rows = rows

    def __iter__(self) -> Iterator[Document]:
        return (_document(text) for _, text in self._rows.texts())


def _document(data: bytes) -> Document:
    row = decode(data)
    if not isinstance(row, dict):
        raise StoreError("A row of the notebook is no document.")
    return row
