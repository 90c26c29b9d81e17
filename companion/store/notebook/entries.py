"""Reads the notebook's rows as operations: a document and its versions are a register, tags and circles a set.

Rows from before operations existed are operations too: what they hold decides their ids, so that two notebooks that
come from one another agree on them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from companion.operations.members import Addition, Arrangement, Members
from companion.operations.register import Operation, Register
from companion.store.documents import Document, Json, encode
from companion.store.notebook.index import HEADS, VERSIONS, body_of
from companion.store.notebook.kinds.kind import Kind

Rows: TypeAlias = Mapping[str, Sequence[tuple[int, Document]]]
"""Documents of one person, by table."""
Place = tuple[str, str, str]
"""(kind, item, account that it is kept apart for): one entry each."""
IDENTITY = ("pid", "apart", "item")
OP, PARENTS, GEN, TOLD, BY, PAST = "op", "parents", "gen", "told", "by", "past"
ADDITIONS, REMOVED, ARRANGEMENT = "additions", "removed", "arrangement"
MOST_GEN = 10**9
"""No text is changed as often; a member who says so of his own gets ahead of others once, and no number overflows."""
LAST_SECOND = 253_402_300_799
"""The end of the year 9999, in epoch seconds: no clock that can be shown is later."""
OWN_FIELDS = frozenset({"last", HEADS, PAST, ADDITIONS, REMOVED, ARRANGEMENT})
"""Fields of a present document that its versions do not have."""


@dataclass(slots=True)
class Entry:
    """One document of a person with its versions, as rows.

    Attributes:
        kind: its kind.
        head: person, account if kept apart, item.
        present: (id, row) of the present document, None if only versions are left.
        versions: (id, row) of each version.
    """

    kind: Kind
    head: Document
    present: tuple[int, Document] | None = None
    versions: list[tuple[int, Document]] = field(default_factory=list)

    def register(self) -> Register[Document]:
        """Return the operations of an entry that is one text."""
        found = [operation_of(self.kind, row) for _, row in self.versions]
        older = {
            one.id for one, (_, row) in zip(found, self.versions, strict=True) if OP not in row and not one.refused
        }
        if self.present is None:
            return Register.of(found, older)
        row = self.present[1]
        marks = set(_texts(row.get(HEADS)))
        if row.get(OP) or not marks & {one.id for one in found}:  # else several texts that are versions are joined
            own = operation_of(self.kind, row)
            found.append(own)
            marks |= {own.id}
        return Register.of(found, (older - marks) | set(_texts(row.get(PAST))))

    def members(self) -> Members:
        """Return the names of an entry that is a set."""
        row = self.present[1] if self.present else None
        if row is not None and isinstance(row.get(ARRANGEMENT), list):
            return members_of(row)
        rows = [row for _, row in self.versions if not row.get("conflict")]
        members = Members()
        for each in sorted(rows, key=lambda row: (number(row, "rev"), number(row, "at"))) + ([row] if row else []):
            names = set_names(self.kind, body_of(each))
            members = members.joined(members.written(content_id(each), number(each, "at"), _viewer(each), names))
        return members


def entries(rows: Rows, kinds: Mapping[str, Kind]) -> dict[Place, Entry]:
    """Return one person's documents and versions as entries."""
    found: dict[Place, Entry] = {}
    for stored in rows.get(VERSIONS, ()):
        if stored[1].get("kind") in kinds:
            _entry(found, kinds[str(stored[1]["kind"])], stored[1]).versions.append(stored)
    for name in sorted(kinds.keys() & rows.keys()):
        for stored in rows[name]:
            _entry(found, kinds[name], stored[1]).present = stored
    return found


def operation_of(kind: Kind, row: Document) -> Operation[Document]:
    """Return the operation that a present document or a version is."""
    body, op = body_of(row), row.get(OP)
    return Operation(
        id=op if isinstance(op, str) and op else content_id(row),
        at=number(row, "at"),
        viewer=_viewer(row),
        body=body,
        parents=frozenset(_texts(row.get(PARENTS))),
        gen=max(1, min(MOST_GEN, number(row, GEN) or number(row, "rev"))),
        blank=kind.says_nothing(body),
        refused=row.get("conflict") is True,
        told=str(row.get(TOLD, "")),
        by=str(row.get(BY, "")),
    )


def operation_row(one: Operation[Document]) -> Document:
    """Return the fields of a row that hold an operation; `operation_of` reads them."""
    row: Document = {"at": one.at}
    if one.viewer:
        row["viewer"] = one.viewer
    row["body"], row[OP], row[GEN] = one.body, one.id, one.gen
    if one.parents:
        row[PARENTS] = [*sorted(one.parents)]
    if one.told:
        row[TOLD] = one.told
    if one.by:
        row[BY] = one.by
    if one.refused:
        row["conflict"] = True
    return row


def members_row(members: Members) -> Document:
    """Return the fields of a row that hold a set; `Entry.members` reads them."""
    additions: Document = {
        key: [one.name, one.at, one.place, *([one.told] if one.told else [])]
        for key, one in sorted(members.additions.items())
    }
    removed: list[Json] = [*sorted(members.removed)]
    last = members.arrangement
    names: list[Json] = [*last.names]
    row: Document = {"at": max(last.at, members.latest()), ADDITIONS: additions}
    row[ARRANGEMENT] = [last.gen, last.op, names, last.at]
    row |= {"viewer": last.viewer} if last.viewer else {}
    return {**row, REMOVED: removed} if removed else row


def content_id(row: Document) -> str:
    """Return the id of a row without one: equal contents are one operation."""
    parts = (str(row.get("at")).encode(), str(row.get("viewer")).encode(), encode(body_of(row)))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:24]


def set_names(kind: Kind, body: Document) -> list[str]:
    """Return the names in a body of a kind that is a set."""
    return _texts(body.get(kind.members))


def place(kind: str, row: Document) -> Place:
    """Return the place of a document or version."""
    return kind, str(row.get("item")), str(row.get("apart"))


def number(row: Document, key: str) -> int:
    """Return a number of a row, 0 if it has none."""
    value = row.get(key)
    return value if isinstance(value, int) else 0


def is_time(value: Json) -> bool:
    """Return whether a value can be a time in epoch seconds."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LAST_SECOND


def _entry(found: dict[Place, Entry], kind: Kind, row: Document) -> Entry:
    head: Document = {key: row[key] for key in IDENTITY if key in row}
    return found.setdefault(place(kind.name, row), Entry(kind, head))


def members_of(row: Document) -> Members:
    """Return the set that a row or a line holds."""
    listed, arrangement = row.get(ADDITIONS), row.get(ARRANGEMENT)
    parts = arrangement if isinstance(arrangement, list) else []
    gen, op, names, at = (*parts, *(0, "", [], 0)[len(parts) :])[:4]
    pairs = listed.items() if isinstance(listed, dict) else ()
    additions = {key: one for key, value in pairs for one in _added(value)}
    place = min(MOST_GEN, gen) if isinstance(gen, int) else 0
    when = at if isinstance(at, int) else 0
    last = Arrangement(place, when, str(op), _viewer(row), tuple(_texts(names)))
    return Members(additions, frozenset(_texts(row.get(REMOVED))), last)


def told_under(row: Document, keys: Collection[str]) -> bool:
    """Return whether a row, or a member of its set, was written under one of these keys and not under its own."""
    listed = row.get(ADDITIONS)
    values = listed.values() if isinstance(listed, dict) else ()
    told = (one.told for value in values if isinstance(value, list) and len(value) > 3 for one in _added(value))
    return row.get(TOLD) in keys or any(key in keys for key in told)


def _added(value: Json) -> Iterator[Addition]:
    name, at, place, told = (*value, "")[:4] if isinstance(value, list) and len(value) > 2 else ("", "", "", "")
    if isinstance(at, int) and isinstance(place, int):
        yield Addition(str(name), at, place, str(told))


def _viewer(row: Document) -> str:
    viewer = row.get("viewer")
    return viewer if isinstance(viewer, str) else ""


def _texts(value: Json) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
