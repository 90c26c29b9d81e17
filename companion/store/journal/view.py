"""A copy-on-write view of a table for TinyDB's updaters, which yields the difference as a change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping

from companion.store.documents import Document, Table, as_stored, copied_document, encode
from companion.store.journal.lines import Change


class TableView(MutableMapping[int, Document]):
    """A mutable mapping as TinyDB's updaters expect it; the stored documents themselves stay unchanged."""

    def __init__(self, stored: Table) -> None:
        self._stored = stored
        self._touched: Table = {}
        self._gone: set[int] = set()

    def peek(self, doc_id: int) -> Document:
        """Return a document for reading, without a copy; raises ``KeyError`` if there is none."""
        if doc_id in self._touched:
            return self._touched[doc_id]
        if doc_id in self._gone:
            raise KeyError(doc_id)
        return self._stored[doc_id]

    def __getitem__(self, doc_id: int) -> Document:
        document = self.peek(doc_id)
        if doc_id not in self._touched:
            document = self._touched[doc_id] = copied_document(document)
        return document

    def __setitem__(self, doc_id: int, document: Document) -> None:
        self._touched[doc_id] = document

    def __delitem__(self, doc_id: int) -> None:
        self.peek(doc_id)
        self._touched.pop(doc_id, None)
        if doc_id in self._stored:
            self._gone.add(doc_id)

    def __contains__(self, doc_id: object) -> bool:
        return doc_id in self._touched or (doc_id in self._stored and doc_id not in self._gone)

    def __iter__(self) -> Iterator[int]:
        yield from (doc_id for doc_id in self._stored if doc_id not in self._gone)
        yield from (doc_id for doc_id in self._touched if doc_id not in self._stored or doc_id in self._gone)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Remove every document, in one step."""
        self._touched.clear()
        self._gone = set(self._stored)

    def change(self, table: str) -> Change:
        """Return the difference to the stored documents; raises ``TypeError`` or ``ValueError`` if it is no JSON."""
        put = [(doc_id, as_stored(document)) for doc_id, document in self._touched.items()]
        differing = [(doc_id, document) for doc_id, document in put if self._differs(doc_id, document)]
        if self._stored and len(self._gone) == len(self._stored):
            return Change(table, put=differing, dropped=True)
        return Change(table, put=differing, removed=sorted(self._gone))

    def _differs(self, doc_id: int, document: Mapping[str, object]) -> bool:
        if doc_id not in self._stored or doc_id in self._gone:
            return True
        return encode(document) != encode(self._stored[doc_id])  # not ==, by which True is 1 and 1 is 1.0
