"""What the notebook keeps in memory to answer at once: person -> documents, summaries, casefolded text, op ids, tags.

Told of every document that changes, at once and also when a change is taken back, so it is never behind the tables.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping

from companion.store.documents import Document, Json
from companion.store.journal_storage import JournalStorage
from companion.store.kinds import Kind
from companion.store.kinds.tags import names
from companion.store.written import NOTHING_MARKED, Summary

OPS = "ops"
VERSIONS = "versions"
STRANGER = Summary()


def fold(text: str) -> str:
    """Return text as it is compared in searches: one form of every character, no case."""
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def place_of(document: Document) -> str:
    """Return where a document belongs: its person, or its person in the part of an account that is kept apart."""
    apart = document.get("apart")
    return f"{document['pid']} {apart}" if apart else str(document["pid"])


def body_of(document: Document) -> Document:
    """Return the part of a document that its kind defines."""
    body = document["body"]
    return body if isinstance(body, dict) else {}


class Index:
    """The index of one notebook. Written under the storage's lock; ``summaries`` is read without it.

    Attributes:
        summaries: per place, replaced as a whole, so that reading needs no lock.
        folded: per place, all its words casefolded, for searching.
        latest: per place, when it was last written.
        ops: op id -> id of its row.
        tags: per place, all tags.
        tag_counts: casefolded tag -> how many places have it.
        notes: how many places have a note.
    """

    def __init__(self, storage: JournalStorage, kinds: Mapping[str, Kind]) -> None:
        self._storage = storage
        self._kinds = kinds
        self._ids: dict[str, dict[str, dict[int, None]]] = {}  # pid -> table -> ids, a dict for its order
        self._dirty: set[str] = set()
        self.summaries: dict[str, Summary] = {}
        self.folded: dict[str, str] = {}
        self.latest: dict[str, int] = {}
        self.ops: dict[str, int] = {}
        self.tags: dict[str, tuple[str, ...]] = {}
        self.tag_counts: Counter[str] = Counter()
        self.notes = 0
        for table in storage.names():
            for doc_id, document in storage.rows(table).items():
                self._watch(table, doc_id, None, document)
        self._settled()
        storage.watch, storage.settled = self._watch, self._settled

    def documents(self, pid: str, table: str) -> list[tuple[int, Document]]:
        """Return a person's documents in a table, oldest first, every place: the stored ones, not to be changed."""
        rows = self._storage.rows(table)
        return [(doc_id, rows[doc_id]) for doc_id in self._ids.get(pid, {}).get(table, ())]

    def at(self, place: str, table: str) -> list[tuple[int, Document]]:
        """Return the documents in one place."""
        pid = place.partition(" ")[0]
        return [row for row in self.documents(pid, table) if place_of(row[1]) == place]

    def tables(self, pid: str) -> list[str]:
        """Return the tables in which a person has documents."""
        return list(self._ids.get(pid, ()))

    def words(self, place: str) -> Iterator[tuple[Kind, str]]:
        """Return what is written in a place, by kind, as its writer wrote it."""
        for kind in self._kinds.values():
            for _, document in self.at(place, kind.name):
                if not kind.says_nothing(body_of(document)):
                    yield kind, kind.words(body_of(document))

    # --- kept up to date by the storage --------------------------------------------------------------------------

    def _watch(self, table: str, doc_id: int, before: Document | None, after: Document | None) -> None:
        if table == OPS:
            self._note_op(doc_id, before, after)
        was, now = _pid_of(before), _pid_of(after)
        if was != now:
            self._unlist(was, table, doc_id)
            if now is not None:
                self._ids.setdefault(now, {}).setdefault(table, {})[doc_id] = None
        if table in self._kinds:
            self._dirty.update(place_of(document) for document in (before, after) if document is not None)

    def _note_op(self, doc_id: int, before: Document | None, after: Document | None) -> None:
        if before is not None:
            self.ops.pop(str(before["op"]), None)
        if after is not None:
            self.ops[str(after["op"])] = doc_id

    def _unlist(self, pid: str | None, table: str, doc_id: int) -> None:
        tables = self._ids.get(pid) if pid is not None else None
        if not tables or pid is None:
            return
        ids = tables.get(table, {})
        ids.pop(doc_id, None)
        if not ids:
            tables.pop(table, None)
        if not tables:
            del self._ids[pid]

    def _settled(self) -> None:
        while self._dirty:
            self._refresh(self._dirty.pop())

    def _refresh(self, place: str) -> None:
        bodies, latest = self._bodies(place)
        tags = tuple(name for body in bodies.get("tags", ()) for name in names(body))
        before = self.summaries.get(place, STRANGER)
        self.notes += ("note" in bodies) - before.note
        self.tag_counts.subtract(tag.casefold() for tag in self.tags.pop(place, ()))
        if not latest:
            for kept in (self.summaries, self.folded, self.latest):
                kept.pop(place, None)
            return
        self.tag_counts.update(tag.casefold() for tag in tags)
        self.tags[place], self.latest[place] = tags, latest
        self.folded[place] = fold("\n".join(self._kinds[kind].words(body) for kind in bodies for body in bodies[kind]))
        alias = next((str(body["alias"]) for body in bodies.get("alias", ())), None)
        self.summaries[place] = Summary("note" in bodies, tags[:3], alias, self._marks(bodies), bool(bodies))

    def _bodies(self, place: str) -> tuple[dict[str, list[Document]], int]:
        """Return what a place's documents say, by kind, without the blank ones; and when the last was written."""
        bodies: dict[str, list[Document]] = {}
        latest = 0
        for kind in self._kinds.values():
            for _, document in self.at(place, kind.name):
                latest = max(latest, int(str(document["at"])), 1)
                if not kind.says_nothing(body_of(document)):
                    bodies.setdefault(kind.name, []).append(body_of(document))
        return bodies, latest

    def _marks(self, bodies: Mapping[str, list[Document]]) -> Mapping[str, Json]:
        marks: dict[str, Json] = {}
        for kind, found in bodies.items():
            for body in found:
                marks.update(self._kinds[kind].marks(body))
        return marks or NOTHING_MARKED


def _pid_of(document: Document | None) -> str | None:
    pid = document.get("pid") if document else None
    return pid if isinstance(pid, str) else None
