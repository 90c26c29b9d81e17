"""What is written about one person here and in another notebook, united: nothing is lost, nothing doubled (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from companion.settings import Settings
from companion.store.documents import Document, encode
from companion.store.notebook.index import VERSIONS, body_of, place_of
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.merging import Rows

Key = tuple[str, str, str, str, bytes]
"""What makes two documents the same text of the same thing, whatever their numbers."""
Stored = tuple[int, Document]
"""(id of the document, the document)."""


@dataclass(slots=True)
class Union:
    """What is to be done.

    Attributes:
        put: (table, id of the document that it replaces or None, document).
        taken: (kind, revision, body before) of what this changes among everybody's notes, for an undo.
        differing: documents of a kind with ``beside`` that stand against another text here: the caller joins them.
    """

    put: list[tuple[str, int | None, Document]] = field(default_factory=list)
    taken: list[tuple[str, int, Document | None]] = field(default_factory=list)
    differing: list[tuple[str, Document]] = field(default_factory=list)


def unite(told: Rows, here: Rows, kinds: Mapping[str, Kind], settings: Settings, *, beside: frozenset[str]) -> Union:
    """Return the union of one person's documents.

    A text that is an earlier one there takes the later one's place, in either direction. Where both have gone their
    own ways, what is here stays: the two bodies are joined as the kind says, and the other text is kept as a version.

    Args:
        told: the other notebook's documents, with the person's key as it is here.
        here: this notebook's.
        kinds: every kind by name.
        settings: how long a joined text may be.
        beside: kinds of which a differing document is left to the caller, where everybody's notes lie.
    """
    union = Union()
    known = {_key(kind, row) for kind, row in _texts(here, kinds)}
    theirs = {_key(kind, row) for kind, row in _texts(told, kinds)}
    for name in sorted(kinds.keys() & told.keys()):
        for _, row in told[name]:
            one = _One(kinds[name], row, _counterpart(here.get(name, ()), row), settings)
            if one.here is None:
                _add(union, one)
            elif one.brings_nothing(known):
                continue
            elif kinds[name].says_nothing(body_of(one.here[1])) or _key(name, one.here[1]) in theirs:
                _follow(union, one)
            elif name in beside and "apart" not in row:
                union.differing.append((name, row))
            else:
                _join(union, one)
    for _, row in told.get(VERSIONS, ()):
        if str(row.get("kind")) in kinds and (key := _key(str(row["kind"]), row)) not in known:
            known.add(key)
            union.put.append((VERSIONS, None, row))
    return union


@dataclass(frozen=True, slots=True)
class _One:
    kind: Kind
    row: Document
    here: Stored | None
    settings: Settings

    def brings_nothing(self, known: set[Key]) -> bool:
        """Whether all of it is here. What was taken away here, and is one of its kind, comes back."""
        assert self.here is not None
        before = body_of(self.here[1])
        if body_of(self.row) == before or self.kind.says_nothing(body_of(self.row)):
            return True
        back = self.kind.says_nothing(before) and not self.kind.many
        return not back and _key(self.kind.name, self.row) in known

    def later(self, change: Document) -> tuple[str, int, Document]:
        """Return this notebook's document changed, as its next revision."""
        assert self.here is not None
        doc_id, stored = self.here
        last = max(_number(stored, "last"), _number(stored, "rev"))
        kept = {key: value for key, value in stored.items() if key != "last"}
        return self.kind.name, doc_id, {**kept, **change, "rev": last + 1}


def _add(union: Union, one: _One) -> None:
    union.put.append((one.kind.name, None, one.row))
    _note_taken(union, one, one.row, None)


def _follow(union: Union, one: _One) -> None:
    """Let the told document be what is here from now on: there was none of it, or an earlier one."""
    assert one.here is not None
    before = body_of(one.here[1])
    change = one.later({key: one.row[key] for key in ("at", "viewer", "body") if key in one.row})
    if not one.kind.says_nothing(before):
        union.put.append((VERSIONS, None, _version(one.kind, one.here[1])))
    union.put.append(change)
    _note_taken(union, one, change[2], before)


def _join(union: Union, one: _One) -> None:
    """Keep what is here, with what the kind can join to it; both are versions of the joined one."""
    assert one.here is not None
    stored = one.here[1]
    body = one.kind.join(body_of(stored), body_of(one.row), one.settings)
    if body != body_of(stored):
        union.put.append((VERSIONS, None, _version(one.kind, stored)))
        union.put.append(one.later({"body": body}))
    union.put.append((VERSIONS, None, _version(one.kind, one.row)))


def _version(kind: Kind, row: Document) -> Document:
    return {**{key: value for key, value in row.items() if key != "last"}, "kind": kind.name}


def _note_taken(union: Union, one: _One, row: Document, before: Document | None) -> None:
    if "apart" not in row and not one.kind.many and not one.kind.says_nothing(body_of(row)):
        union.taken.append((one.kind.name, _number(row, "rev"), before))


def _texts(rows: Rows, kinds: Mapping[str, Kind]) -> Iterator[tuple[str, Document]]:
    """Give every text with its kind: those that hold now and the versions."""
    yield from ((name, row) for name in kinds.keys() & rows.keys() for _, row in rows[name])
    yield from ((str(row.get("kind")), row) for _, row in rows.get(VERSIONS, ()))


def _key(kind: str, row: Document) -> Key:
    head = f"{row.get('at')} {row.get('viewer')}"
    return kind, str(row.get("item")), str(row.get("apart")), head, encode(body_of(row))


def _counterpart(rows: Sequence[Stored], row: Document) -> Stored | None:
    """Return the document about the same thing in the same place."""
    same = ((found, place_of(found[1])) for found in rows if found[1].get("item") == row.get("item"))
    return next((found for found, place in same if place == place_of(row)), None)


def _number(row: Document, key: str) -> int:
    value = row.get(key)
    return value if isinstance(value, int) else 0
