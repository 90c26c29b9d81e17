"""Computes the union of one person's documents in two notebooks: the same in any order and however often (pure).

Each document is a register: every text that was ever its present one, and the heads, which are the texts that no other
replaced. A union has the texts of both sides, and the heads that neither side knows as replaced. Several heads are
shown joined, newest first; the next write replaces them all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from companion.settings import Settings
from companion.store.documents import Document, Json, encode
from companion.store.notebook.index import HEADS, VERSIONS, body_of
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.merging import Rows, also_called, version_of

Place = tuple[str, str, str]
"""(kind, item, account that it is kept apart for): one register each."""
Key = tuple[str, str, bytes]
"""(time, viewer, body): two texts of a register with equal keys are the same, whatever their ids."""
Stored = tuple[int, Document]
"""(id of the document, the document)."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A present document that a union changed.

    Attributes:
        kind: its kind.
        rev: its revision now.
        base: its revision before, 0 if there was none.
        before: the body before, None if there was none.
        beside: whether the stored body differs from the incoming one and both are shown.
    """

    kind: str
    rev: int
    base: int
    before: Document | None
    beside: bool


@dataclass(slots=True)
class Union:
    """The writes that make the union.

    Attributes:
        put: (table, id of the document that it replaces or None, document).
        taken: the documents of kinds with one per person that this changes, except those kept apart, for an undo.
    """

    put: list[tuple[str, int | None, Document]] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)


@dataclass(slots=True)
class _Register:
    """One document with every text that is known of it.

    Attributes:
        present: the stored document, None if only versions are left.
        texts: every text by key, in the order in which they were stored.
        heads: keys of the texts that no other replaced.
        kept: keys of the texts that are stored as versions.
    """

    present: Stored | None = None
    texts: dict[Key, Document] = field(default_factory=dict)
    heads: frozenset[Key] = frozenset()
    kept: frozenset[Key] = frozenset()

    @property
    def replaced(self) -> set[Key]:
        """The texts that others replaced."""
        return self.texts.keys() - self.heads

    def close(self) -> None:
        """Find the heads, once all texts are in."""
        self.kept = frozenset(self.texts)
        if self.present is None:
            return
        row = self.present[1]
        marks = row.get(HEADS)
        named = frozenset(key for key in self.texts if isinstance(marks, list) and _mark(key) in marks)
        self.heads = named or frozenset({_key(row)})
        if not named:
            self.texts[_key(row)] = row


def unite(incoming: Rows, here: Rows, kinds: Mapping[str, Kind], settings: Settings) -> Union:
    """Return the union of one person's documents.

    Args:
        incoming: the other notebook's documents, under the person's key of this notebook.
        here: this notebook's documents.
        kinds: every kind by name.
        settings: limits of a joined text.
    """
    union, mine, theirs = Union(), _registers(here, kinds), _registers(incoming, kinds)
    for place in [place for place in theirs if place[0] == "alias"]:
        _name_both(mine.get(place, _Register()), theirs[place], mine, theirs, kinds)
    for place, other in sorted(theirs.items()):
        _Merge(kinds[place[0]], mine.get(place, _Register()), other, settings).into(union)
    return union


@dataclass(frozen=True, slots=True)
class _Merge:
    """The union of one register."""

    kind: Kind
    mine: _Register
    theirs: _Register
    settings: Settings

    def into(self, union: Union) -> None:
        """Add the writes of this register."""
        heads = _heads(self.kind, self.mine, self.theirs)
        changed = bool(heads) and heads != self.mine.heads
        for key, row in {**self.mine.texts, **self.theirs.texts}.items():
            alone = heads == {key} and changed
            if not (alone or key in self.mine.kept or self.kind.says_nothing(body_of(row))) and (
                changed or key not in self.mine.heads
            ):
                union.put.append((VERSIONS, None, version_of(self.kind, row)))
        if changed:
            self._show(union, heads)

    def _show(self, union: Union, heads: frozenset[Key]) -> None:
        """Store the present document: the only head, or all of them joined, the newest first."""
        texts = {**self.mine.texts, **self.theirs.texts}
        ordered = [texts[key] for key in sorted(heads, key=lambda key: _rank(texts[key]), reverse=True)]
        body = body_of(ordered[0])
        for row in ordered[1:]:
            body = self.kind.join(body, body_of(row), self.settings)
        fields: Document = {key: ordered[0][key] for key in ("at", "viewer") if key in ordered[0]}
        if len(heads) > 1:
            marks: list[Json] = [*sorted(map(_mark, heads))]
            fields[HEADS] = marks
        self._put(
            union, ordered[0], {**fields, "body": body}, beside=len({encode(body_of(row)) for row in ordered}) > 1
        )

    def _put(self, union: Union, head: Document, change: Document, *, beside: bool) -> None:
        if self.mine.present is None:
            doc_id, before, base = None, None, 0
            rest = {key: value for key, value in head.items() if key not in (HEADS, "conflict", "kind")}
            row: Document = {**rest, **change}
        else:
            doc_id, stored = self.mine.present
            before, base = body_of(stored), _number(stored, "rev")
            rest = {key: value for key, value in stored.items() if key not in ("last", HEADS)}
            last = max(_number(stored, "last"), base)
            same = before == change["body"]
            number: Document = (
                {key: stored[key] for key in ("rev", "last") if key in stored} if same else {"rev": last + 1}
            )
            row = {**rest, **change, **number}
        union.put.append((self.kind.name, doc_id, row))
        quiet = self.kind.many or "apart" in row or before == change["body"]
        if not quiet and not (before is None and self.kind.says_nothing(body_of(row))):
            union.taken.append(Taken(self.kind.name, _number(row, "rev"), base, before, beside))


def _heads(kind: Kind, mine: _Register, theirs: _Register) -> frozenset[Key]:
    """Return the heads of the union: what neither side replaced; what says something goes before what says nothing."""
    texts = {**theirs.texts, **mine.texts}
    living = {key for key in mine.heads if key not in theirs.replaced}
    living |= {key for key in theirs.heads if key not in mine.replaced}
    living = living or {*mine.heads, *theirs.heads}
    saying = {key for key in living if not kind.says_nothing(body_of(texts[key]))}
    if saying or not living:
        return frozenset(saying)
    return frozenset({max(living, key=lambda key: _rank(texts[key]))})


def _name_both(
    own: _Register,
    other: _Register,
    mine: Mapping[Place, _Register],
    theirs: dict[Place, _Register],
    kinds: Mapping[str, Kind],
) -> None:
    """Add to the other side's note each alias that another one stands in the place of: an alias alone shows one."""
    alias, texts = kinds["alias"], {**other.texts, **own.texts}
    rows = sorted((texts[key] for key in _heads(alias, own, other)), key=_rank, reverse=True)
    for row in rows[1:]:
        name = alias.words(body_of(row))
        if name == alias.words(body_of(rows[0])):
            continue
        line = {key: value for key, value in row.items() if key in ("pid", "apart", "at", "viewer")}
        line |= {"rev": 1, "body": also_called(name)}
        place = ("note", "None", str(row.get("apart")))
        note = theirs.setdefault(place, _Register())
        if _key(line) not in note.texts and _key(line) not in mine.get(place, _Register()).texts:
            note.texts[_key(line)] = line
            note.heads |= {_key(line)}


def _registers(rows: Rows, kinds: Mapping[str, Kind]) -> dict[Place, _Register]:
    """Return one person's documents and versions as registers."""
    registers: dict[Place, _Register] = {}
    for _, row in rows.get(VERSIONS, ()):
        if row.get("kind") in kinds:
            registers.setdefault(_place(str(row["kind"]), row), _Register()).texts[_key(row)] = row
    for name in kinds.keys() & rows.keys():
        for stored in rows[name]:
            registers.setdefault(_place(name, stored[1]), _Register()).present = stored
    for register in registers.values():
        register.close()
    return registers


def _place(kind: str, row: Document) -> Place:
    return kind, str(row.get("item")), str(row.get("apart"))


def _key(row: Document) -> Key:
    return str(row.get("at")), str(row.get("viewer")), encode(body_of(row))


def _mark(key: Key) -> str:
    """Return the short form of a key by which a document names its heads."""
    return hashlib.sha256(b"\0".join((key[0].encode(), key[1].encode(), key[2]))).hexdigest()[:24]


def _rank(row: Document) -> tuple[int, str, bytes]:
    """Return the order of heads: the clock first, then anything that is equal on every machine."""
    return _number(row, "at"), str(row.get("viewer")), encode(body_of(row))


def _number(row: Document, key: str) -> int:
    value = row.get(key)
    return value if isinstance(value, int) else 0
