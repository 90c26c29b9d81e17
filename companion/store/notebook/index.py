"""The notebook's index in memory: documents by person, summaries, casefolded text, op ids and tag counts.

The storage reports every changed document at once, reverted changes too, so that the index is never behind the tables.
At a start it only lists the documents; summaries are built on demand, or by `Index.warm` a moment later.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice

import msgspec

from companion.store.documents import Document, Json
from companion.store.journal.storage import JournalStorage
from companion.store.journal.stored_rows import StoredRows
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.tags import names
from companion.store.notebook.results import NOTHING_MARKED, Summary

OPS = "ops"
VERSIONS = "versions"
HEADS = "heads"
"""Field of a document that shows several texts joined (see `union`); any later write drops it."""
STRANGER = Summary()
NOTE_ALONE = Summary(note=True, known=True)
"""One object for all who have a note and nothing else, as most people of a large notebook."""
TABLE_BITS = 10
"""Bits of a table's number in `Index`; the bits above are a document's id."""
MOST_TABLES = (1 << TABLE_BITS) - 1
WARMED_AT_ONCE = 50
"""Places refreshed per acquisition of the lock: half a millisecond."""


class Whose(msgspec.Struct):
    """The part of a document that says whom it is about, and for which account it is kept apart."""

    pid: str | None = None
    apart: str | None = None


def fold(text: str) -> str:
    """Return text in the form that searches compare: normalized (NFKC) and casefolded."""
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def place_of(document: Document) -> str:
    """Return a document's place: its person's key, followed by the account if its notes are kept apart."""
    apart = document.get("apart")
    return f"{document['pid']} {apart}" if apart else str(document["pid"])


def body_of(document: Document) -> Document:
    """Return the part of a document that its kind defines."""
    body = document["body"]
    return body if isinstance(body, dict) else {}


class Index:
    """The index of one notebook, written under the storage's lock; ``summaries`` is read without it.

    Attributes:
        summaries: place -> summary, replaced as a whole, so that reading needs no lock.
        tags: place -> all its tags; places without tags are left out.
        latest: place -> when it was last written, epoch seconds.
        ops: op id -> id of its row.
        tag_counts: casefolded tag -> how many places have it.
        notes: how many places have a note.
    """

    def __init__(self, storage: JournalStorage, kinds: Mapping[str, Kind]) -> None:
        self._storage = storage
        self._kinds = kinds
        self._documents: dict[str, array[int]] = {}  # pid -> ids with their tables' numbers, see `_listed`
        self._numbers: dict[str, int] = {}  # table -> its number
        self._names: list[str] = []  # the tables by their numbers
        self._dirty: set[str] = set()
        self._cold: set[str] = set()  # places not indexed since the start
        self._folded: dict[str, str] = {}
        self._unfolded: set[str] = set()
        self.summaries: dict[str, Summary] = {}
        self.tags: dict[str, tuple[str, ...]] = {}
        self.latest: dict[str, int] = {}
        self.ops: dict[str, int] = {}
        self.tag_counts: Counter[str] = Counter()
        self.notes = 0
        with storage.lock:
            for table in storage.names():
                self._list(table)
            storage.on_change, storage.on_batch_end = self._on_change, self._on_batch_end

    def documents(self, pid: str) -> dict[str, list[tuple[int, Document]]]:
        """Return a person's documents of all places by table, oldest first; they are not copies: do not change them."""
        by_table: dict[str, list[tuple[int, Document]]] = {}
        for table, doc_id in self._listed(pid):
            by_table.setdefault(table, []).append((doc_id, self._storage.rows(table)[doc_id]))
        return by_table

    def at(self, place: str, table: str) -> list[tuple[int, Document]]:
        """Return the documents of a table in one place, oldest first."""
        pid, _, apart = place.partition(" ")
        number, listed = self._numbers.get(table), self._documents.get(pid, ())
        ids = [code >> TABLE_BITS for code in listed if code & MOST_TABLES == number]
        if not ids:
            return []
        rows = self._storage.rows(table)
        found = [(doc_id, rows[doc_id]) for doc_id in ids]
        return [(doc_id, row) for doc_id, row in found if row.get("apart", "") == apart]

    def words(self, place: str) -> Iterator[tuple[Kind, str]]:
        """Yield (kind, text) for every document of a place that is not blank."""
        for kind in self._kinds.values():
            for _, document in self.at(place, kind.name):
                if not kind.says_nothing(body_of(document)):
                    yield kind, kind.words(body_of(document))

    def folded(self) -> dict[str, str]:
        """Return place -> its casefolded text, after folding what changed since the last search."""
        self.warm()
        with self._storage.lock:
            while self._unfolded:
                place = self._unfolded.pop()
                self._folded[place] = fold("\n".join(text for _, text in self.words(place)))
            return self._folded.copy()

    def summary(self, place: str) -> Summary:
        """Return a place's summary; takes a lock only the first time after the start."""
        ready = self.summaries.get(place)
        if ready is None and place in self._cold:
            with self._storage.lock:
                if place in self._cold:
                    self._refresh(place)
                return self.summaries.get(place, STRANGER)
        return ready or STRANGER

    def warm(self) -> None:
        """Index every place that has not been since the start; every result about all people needs it."""
        while self.warm_some():
            pass

    def warm_some(self) -> bool:
        """Index some places, so that the lock is never held for long; returns False when all are indexed."""
        with self._storage.lock:
            # A slice, because taking the first of a shrinking set again and again scans the slots of removed items.
            for place in list(islice(self._cold, WARMED_AT_ONCE)):
                self._refresh(place)
            return bool(self._cold)

    @property
    def warmed(self) -> bool:
        """Whether every place is indexed, so that no summary takes a lock."""
        return not self._cold

    def count_notes(self) -> int:
        """Return how many notes there are, without indexing places for it."""
        with self._storage.lock:
            if not self._cold:
                return self.notes
            note = self._kinds["note"]
            return sum(not note.says_nothing(body_of(document)) for document in self._storage.rows("note").values())

    def last_write(self) -> int | None:
        """Return when anything was last written, without indexing places for it; None if nothing is."""
        with self._storage.lock:
            if not self._cold:
                return max(self.latest.values(), default=None)
            times = (document["at"] for kind in self._kinds for document in self._storage.rows(kind).values())
            return max((at for at in times if isinstance(at, int)), default=None)

    def _list(self, table: str) -> None:
        rows = self._storage.rows(table)
        if table == OPS:
            self.ops = {str(row["op"]): doc_id for doc_id, row in rows.items()}
            return
        number = self._number(table)
        parts = rows.parts(Whose) if isinstance(rows, StoredRows) else rows.items()
        for doc_id, row in parts:
            whom, apart = (row.get("pid"), row.get("apart")) if isinstance(row, dict) else (row.pid, row.apart)
            if isinstance(whom, str):
                self._enlist(whom, doc_id << TABLE_BITS | number)
                if table in self._kinds:
                    self._cold.add(whom if apart is None else f"{whom} {apart}")

    def _enlist(self, pid: str, code: int) -> None:
        listed = self._documents.get(pid)
        if listed is None:
            self._documents[pid] = array("q", (code,))
        else:
            listed.append(code)

    def _listed(self, pid: str) -> Iterator[tuple[str, int]]:
        """Yield the table and id of each document of a person."""
        for code in self._documents.get(pid, ()):
            yield self._names[code & MOST_TABLES], code >> TABLE_BITS

    def _number(self, table: str) -> int:
        number = self._numbers.get(table)
        if number is None:
            number = self._numbers[table] = len(self._names)
            self._names.append(table)
        return number

    # --- kept up to date by the storage --------------------------------------------------------------------------

    def _on_change(self, table: str, doc_id: int, before: Document | None, after: Document | None) -> None:
        if table == OPS:
            self._note_op(doc_id, before, after)
            return
        was = None if before is None else _pid_of(before)
        now = None if after is None else _pid_of(after)
        if was != now:
            self._unlist(was, table, doc_id)
            if now is not None:
                self._enlist(now, doc_id << TABLE_BITS | self._number(table))
        if table in self._kinds:
            self._dirty.update(place_of(document) for document in (before, after) if document is not None)

    def _note_op(self, doc_id: int, before: Document | None, after: Document | None) -> None:
        if before is not None:
            self.ops.pop(str(before["op"]), None)
        if after is not None:
            self.ops[str(after["op"])] = doc_id

    def _unlist(self, pid: str | None, table: str, doc_id: int) -> None:
        listed = self._documents.get(pid) if pid is not None else None
        if listed is None or pid is None:
            return
        listed.remove(doc_id << TABLE_BITS | self._number(table))
        if not listed:
            del self._documents[pid]

    def _on_batch_end(self) -> None:
        while self._dirty:
            self._refresh(self._dirty.pop())

    def _refresh(self, place: str) -> None:
        self._cold.discard(place)
        bodies, latest = self._bodies(place)
        tags = tuple(name for body in bodies.get("tags", ()) for name in names(body))
        self.notes += ("note" in bodies) - self.summaries.get(place, STRANGER).note
        if place in self.tags:
            self.tag_counts.subtract(tag.casefold() for tag in self.tags.pop(place))
        if tags:
            self.tag_counts.update(tag.casefold() for tag in tags)
            self.tags[place] = tags
        if not latest:
            self._forget(place)
            return
        self.latest[place] = latest
        self._unfolded.add(place)
        alias = next((str(body["alias"]) for body in bodies.get("alias", ())), None)
        summary = Summary("note" in bodies, tags[:3], alias, self._marks(bodies), bool(bodies))
        self.summaries[place] = NOTE_ALONE if summary == NOTE_ALONE else summary

    def _forget(self, place: str) -> None:
        self.summaries.pop(place, None)
        self._folded.pop(place, None)
        self._unfolded.discard(place)
        self.latest.pop(place, None)

    def _bodies(self, place: str) -> tuple[dict[str, list[Document]], int]:
        """Return the bodies of a place by kind, without blank ones, and the time of the last write (0 if none)."""
        bodies: dict[str, list[Document]] = {}
        latest = 0
        pid, _, apart = place.partition(" ")
        for table, doc_id in self._listed(pid):
            kind = self._kinds.get(table)
            if kind is None:
                continue
            document = self._storage.rows(table)[doc_id]
            if document.get("apart", "") == apart:
                at, body = document["at"], body_of(document)
                latest = max(latest, at if isinstance(at, int) else 0, 1)
                if not kind.says_nothing(body):
                    bodies.setdefault(table, []).append(body)
        return bodies, latest

    def _marks(self, bodies: Mapping[str, list[Document]]) -> Mapping[str, Json]:
        marks: dict[str, Json] = {}
        for kind, bodies_of_kind in bodies.items():
            for body in bodies_of_kind:
                marks.update(self._kinds[kind].marks(body))
        return marks or NOTHING_MARKED


def _pid_of(document: Document) -> str | None:
    pid = document.get("pid")
    return pid if isinstance(pid, str) else None
