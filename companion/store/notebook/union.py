"""Computes the union of one person's documents in two notebooks, without loss or duplicates (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from companion.settings import Settings
from companion.store.documents import Document, encode
from companion.store.notebook.index import VERSIONS, body_of, place_of
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.merging import Rows

Key = tuple[str, str, str, str, bytes]
"""(kind, item, account, time and viewer, body): two documents with equal keys are the same, whatever their ids."""
Stored = tuple[int, Document]
"""(id of the document, the document)."""


@dataclass(slots=True)
class Union:
    """The writes that make the union.

    Attributes:
        put: (table, id of the document that it replaces or None, document).
        taken: (kind, revision, earlier body) of the shared documents that this changes, for an undo.
        differing: (kind, document) of the kinds in ``beside`` that differ from a document here: the caller joins them.
    """

    put: list[tuple[str, int | None, Document]] = field(default_factory=list)
    taken: list[tuple[str, int, Document | None]] = field(default_factory=list)
    differing: list[tuple[str, Document]] = field(default_factory=list)


def unite(
    incoming: Rows, here: Rows, kinds: Mapping[str, Kind], settings: Settings, *, beside: frozenset[str]
) -> Union:
    """Return the union of one person's documents.

    If one side's document is an earlier version of the other's, the later one is stored. If both have diverged, the
    stored one stays: the kind joins the two bodies, and the other document becomes a version.

    Args:
        incoming: the other notebook's documents, under the person's key of this notebook.
        here: this notebook's documents.
        kinds: every kind by name.
        settings: limits of a joined text.
        beside: kinds whose differing documents, if shared by all accounts, are left to the caller.
    """
    union = Union()
    known = {_key(kind, row) for kind, row in _texts(here, kinds)}
    theirs = {_key(kind, row) for kind, row in _texts(incoming, kinds)}
    for name in sorted(kinds.keys() & incoming.keys()):
        for _, row in incoming[name]:
            document = _Incoming(kinds[name], row, _counterpart(here.get(name, ()), row), settings)
            if document.here is None:
                _add(union, document)
            elif document.brings_nothing(known):
                continue
            elif kinds[name].says_nothing(body_of(document.here[1])) or _key(name, document.here[1]) in theirs:
                _follow(union, document)
            elif name in beside and "apart" not in row:
                union.differing.append((name, row))
            else:
                _join(union, document)
    for _, row in incoming.get(VERSIONS, ()):
        if str(row.get("kind")) in kinds and (key := _key(str(row["kind"]), row)) not in known:
            known.add(key)
            union.put.append((VERSIONS, None, row))
    return union


@dataclass(frozen=True, slots=True)
class _Incoming:
    """A document of the other notebook with its counterpart here, if there is one."""

    kind: Kind
    row: Document
    here: Stored | None
    settings: Settings

    def brings_nothing(self, known: set[Key]) -> bool:
        """Return whether it adds nothing; a document removed here, of a kind with one per person, is restored."""
        assert self.here is not None
        before = body_of(self.here[1])
        if body_of(self.row) == before or self.kind.says_nothing(body_of(self.row)):
            return True
        back = self.kind.says_nothing(before) and not self.kind.many
        return not back and _key(self.kind.name, self.row) in known

    def later(self, change: Document) -> tuple[str, int, Document]:
        """Return (kind, id, document) of this notebook's document with ``change``, as its next revision."""
        assert self.here is not None
        doc_id, stored = self.here
        last = max(_number(stored, "last"), _number(stored, "rev"))
        fields = {key: value for key, value in stored.items() if key != "last"}
        return self.kind.name, doc_id, {**fields, **change, "rev": last + 1}


def _add(union: Union, document: _Incoming) -> None:
    union.put.append((document.kind.name, None, document.row))
    _note_taken(union, document, document.row, None)


def _follow(union: Union, document: _Incoming) -> None:
    """Store the incoming document in place of a blank or earlier one."""
    assert document.here is not None
    before = body_of(document.here[1])
    change = document.later({key: document.row[key] for key in ("at", "viewer", "body") if key in document.row})
    if not document.kind.says_nothing(before):
        union.put.append((VERSIONS, None, _version(document.kind, document.here[1])))
    union.put.append(change)
    _note_taken(union, document, change[2], before)


def _join(union: Union, document: _Incoming) -> None:
    """Join the incoming body to the stored one as the kind says, with both as versions."""
    assert document.here is not None
    stored = document.here[1]
    body = document.kind.join(body_of(stored), body_of(document.row), document.settings)
    if body != body_of(stored):
        union.put.append((VERSIONS, None, _version(document.kind, stored)))
        union.put.append(document.later({"body": body}))
    union.put.append((VERSIONS, None, _version(document.kind, document.row)))


def _version(kind: Kind, row: Document) -> Document:
    return {**{key: value for key, value in row.items() if key != "last"}, "kind": kind.name}


def _note_taken(union: Union, document: _Incoming, row: Document, before: Document | None) -> None:
    if "apart" not in row and not document.kind.many and not document.kind.says_nothing(body_of(row)):
        union.taken.append((document.kind.name, _number(row, "rev"), before))


def _texts(rows: Rows, kinds: Mapping[str, Kind]) -> Iterator[tuple[str, Document]]:
    """Yield (kind, document) for the present documents and the versions."""
    yield from ((name, row) for name in kinds.keys() & rows.keys() for _, row in rows[name])
    yield from ((str(row.get("kind")), row) for _, row in rows.get(VERSIONS, ()))


def _key(kind: str, row: Document) -> Key:
    head = f"{row.get('at')} {row.get('viewer')}"
    return kind, str(row.get("item")), str(row.get("apart")), head, encode(body_of(row))


def _counterpart(rows: Sequence[Stored], row: Document) -> Stored | None:
    """Return the document of the same item in the same place."""
    same = ((candidate, place_of(candidate[1])) for candidate in rows if candidate[1].get("item") == row.get("item"))
    return next((candidate for candidate, place in same if place == place_of(row)), None)


def _number(row: Document, key: str) -> int:
    value = row.get(key)
    return value if isinstance(value, int) else 0
