"""TinyDB's table on the journal: the same interface, under one lock, returning copies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, TypeAlias, cast

from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document as TinyDocument
from tinydb.table import Table as TinyTable

from companion.store.documents import Document, as_stored, copied_document
from companion.store.journal.lines import Change
from companion.store.journal.storage import JournalStorage
from companion.store.journal.view import TableView

if TYPE_CHECKING:
    from tinydb.utils import LRUCache

Fields: TypeAlias = "Mapping[str, object] | Callable[[MutableMapping[str, object]], None]"


class JournalTable(TinyTable):
    """A TinyDB table that copies only the documents it returns or changes.

    A condition is evaluated once per stored document (on the document itself, which it must not change); ``get``,
    ``search`` and iteration return deep copies, so that callers cannot change the stored documents by accident.
    """

    def __init__(self, storage: Storage, name: str, cache_size: int = 10, persist_empty: bool = False) -> None:
        """Create the table; see ``tinydb.table.Table`` for the arguments."""
        self._journal = cast(JournalStorage, storage)
        super().__init__(storage, name, cache_size=cache_size, persist_empty=persist_empty)
        # The cache holds the ids of the matching documents, not documents that a caller may change.
        self._cached_ids = cast("LRUCache[QueryLike, list[int]]", self._query_cache)

    # --- reading -------------------------------------------------------------------------------------------------

    def search(self, cond: QueryLike) -> list[TinyDocument]:
        """Return copies of all documents that match."""
        with self._journal.lock:
            rows = self._journal.rows(self.name)
            ids = self._cached_ids.get(cond)
            if ids is None:
                ids = self._matching(cond)
                if getattr(cond, "is_cacheable", lambda: True)():
                    self._cached_ids[cond] = ids
            return [self._copy(rows[doc_id], doc_id) for doc_id in ids]

    def get(  # type: ignore[override]  # TinyDB's overloads, one signature for all of them
        self,
        cond: QueryLike | None = None,
        doc_id: int | None = None,
        doc_ids: list[int] | None = None,
    ) -> TinyDocument | list[TinyDocument] | None:
        """Return a copy of one document by condition or id, or a list of copies by ids."""
        with self._journal.lock:
            rows = self._journal.rows(self.name)
            if doc_id is not None:
                key = _stored_id(doc_id)
                row = rows.get(key) if key is not None else None
                return self.document_class(copied_document(row), doc_id) if row is not None else None
            if doc_ids is not None:
                wanted = {_stored_id(wanted_id) for wanted_id in doc_ids}
                return [self._copy(row, key) for key, row in rows.items() if key in wanted]
            if cond is None:
                raise RuntimeError("You have to pass either cond or doc_id or doc_ids")
            return next((self._copy(row, key) for key, row in rows.items() if cond(row)), None)

    def __len__(self) -> int:
        return len(self._journal.rows(self.name))

    def __iter__(self) -> Iterator[TinyDocument]:
        with self._journal.lock:
            rows = list(self._journal.rows(self.name).items())
        for doc_id, row in rows:
            yield self._copy(row, doc_id)

    # --- changing ------------------------------------------------------------------------------------------------

    def insert(self, document: Mapping[str, object]) -> int:
        """Insert a document and return its id."""
        with self._journal.lock:
            return super().insert(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, object]]) -> list[int]:
        """Insert several documents, all or none, and return their ids."""
        with self._journal.lock:
            return super().insert_multiple(documents)

    def update(self, fields: Fields, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Update the matching documents and return their ids."""
        with self._journal.lock:
            if doc_ids is None and cond is not None:
                doc_ids = self._matching(cond)
            return super().update(fields, doc_ids=doc_ids)

    def put(self, document: Document, doc_id: int | None = None) -> int:
        """Insert a document, or replace the one with that id as a whole, and return its id."""
        with self._journal.lock:
            if doc_id is None:
                doc_id = self._get_next_id()
            self._journal.change(Change(self.name, put=[(doc_id, as_stored(document))]))
            self.clear_cache()
            return doc_id

    def put_json(self, document: Document, doc_id: int | None = None) -> int:
        """Do as `put` with a document that is known to be JSON, such as one made of stored ones: ten times faster."""
        with self._journal.lock:
            if doc_id is None:
                doc_id = self._get_next_id()
            self._journal.change(Change(self.name, put=[(doc_id, copied_document(document))]))
            self.clear_cache()
            return doc_id

    def put_all(self, rows: Iterable[tuple[int | None, Document]]) -> None:
        """Do as `put_json` with several documents, each with its id or None, in one step.

        They are kept as they are, without a copy: nobody may change them afterwards.
        """
        with self._journal.lock:
            put = [(self._get_next_id() if key is None else key, row) for key, row in rows]
            self._journal.change(Change(self.name, put=put))
            self.clear_cache()

    def update_multiple(self, updates: Iterable[tuple[Fields, QueryLike]]) -> list[int]:
        """Update with several pairs of fields and condition; a document may match more than one."""
        updated: list[int] = []

        def updater(view: TableView) -> None:
            for doc_id in list(view):
                for fields, cond in updates:
                    if cond(view.peek(doc_id)):
                        updated.append(doc_id)
                        _set(view[doc_id], fields)

        with self._journal.lock:
            self._change(updater)
        return updated

    def upsert(self, document: Mapping[str, object], cond: QueryLike | None = None) -> list[int]:
        """Update the matching documents, or insert the document if there are none."""
        with self._journal.lock:
            return super().upsert(document, cond)

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Remove the matching documents and return their ids."""
        with self._journal.lock:
            if doc_ids is None and cond is not None:
                doc_ids = self._matching(cond)
            return super().remove(doc_ids=doc_ids)

    def truncate(self) -> None:
        """Remove every document; the table stays."""
        with self._journal.lock:
            super().truncate()

    def forget_counts(self) -> None:
        """Clear the cached queries and the next id, after the table was changed without this object."""
        with self._journal.lock:
            self.clear_cache()
            self._next_id = None

    # --- TinyDB's own hooks --------------------------------------------------------------------------------------

    def _get_next_id(self) -> int:
        if self._next_id is None:
            self._next_id = max(self._journal.rows(self.name), default=0) + 1  # type: ignore[assignment]  # typed as None
        next_id = cast(int, self._next_id)
        self._next_id = next_id + 1  # type: ignore[assignment]
        return next_id

    def _read_table(self) -> dict[str, Mapping[str, object]]:
        with self._journal.lock:
            return {str(doc_id): copied_document(row) for doc_id, row in self._journal.rows(self.name).items()}

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, object]]], None]) -> None:
        with self._journal.lock:
            self._change(cast("Callable[[TableView], None]", updater))

    def _change(self, updater: Callable[[TableView], None]) -> None:
        view = TableView(self._journal.rows(self.name))
        updater(view)
        change = view.change(self.name)
        if change.dropped:
            with self._journal.batch():
                self._journal.change(Change(self.name, dropped=True))
                self._journal.change(Change(self.name, put=change.put))
        elif change.put or change.removed or self.name not in self._journal.names():
            self._journal.change(change)
        self.clear_cache()

    def _matching(self, cond: QueryLike) -> list[int]:
        return [doc_id for doc_id, row in self._journal.rows(self.name).items() if cond(row)]

    def _copy(self, row: Document, doc_id: int) -> TinyDocument:
        return self.document_class(copied_document(row), self.document_id_class(doc_id))


def _stored_id(doc_id: object) -> int | None:
    """Return the id that TinyDB would match: it compares ids as text, so ``"7"`` is 7 and ``True`` is none."""
    if type(doc_id) is int:
        return doc_id
    text = str(doc_id)
    return int(text) if text.lstrip("-").isdecimal() and str(int(text)) == text else None


def _set(document: Document, fields: Fields) -> None:
    if callable(fields):
        fields(cast("MutableMapping[str, object]", document))
    else:
        document.update(cast(Document, fields))
