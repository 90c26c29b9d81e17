"""Computes the union of one person's documents in two notebooks: the same in any order and however often (pure).

Texts are registers, tags and circles are sets (see `companion.operations`). Several heads of a text are shown joined,
the highest first; the next write replaces them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from companion.operations.register import Operation, Register
from companion.settings import Settings
from companion.store.documents import Document
from companion.store.notebook.entries import OP, Entry, Rows, content_id, entries, members_row, number, operation_row
from companion.store.notebook.index import VERSIONS, body_of
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.rewriting import Rewrite, rewrite_members, rewrite_register


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
        removed: ids of versions that are kept no more.
        taken: the documents of kinds with one per person that this changes, except those kept apart, for an undo.
        told: the lines that tell other machines what is new here.
    """

    put: list[tuple[str, int | None, Document]] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    told: list[Document] = field(default_factory=list)


def unite(incoming: Rows, here: Rows, kinds: Mapping[str, Kind], settings: Settings) -> Union:
    """Return the union of one person's documents.

    Args:
        incoming: the other notebook's documents, under the person's key of this notebook.
        here: this notebook's documents.
        kinds: every kind by name.
        settings: limits of a joined text.
    """
    theirs, mine = entries(incoming, kinds), entries(here, kinds)
    registers = {place: entry.register() for place, entry in theirs.items() if not entry.kind.members}
    union, nothing = Union(), Entry(kinds["alias"], {})
    for place in [place for place in registers if place[0] == "alias"]:
        names = mine.get(place, nothing).register()
        note = ("note", *place[1:])
        for one in named_beside(registers[place].joined(names), kinds["alias"]):
            registers[note] = registers.get(note, Register()).joined(Register.of([one]))
            theirs.setdefault(note, Entry(kinds["note"], theirs[place].head))
    for place, other in sorted(theirs.items()):
        entry = mine.get(place, Entry(other.kind, other.head))
        if other.kind.members:
            before_it, members = entry.members(), other.members()
            if before_it.joined(members) != before_it or entry.present is None:
                union.told.append(
                    {**entry.head, "kind": place[0], OP: f"all:{members.arrangement.op}", **members_row(members)}
                )
            _add(union, entry, rewrite_members(entry, before_it.joined(members)))
        else:
            before = entry.register()
            joined = before.joined(registers[place]).kept(other.kind.versions)
            if joined != before.kept(other.kind.versions):
                new = joined.operations.keys() - before.operations.keys() - before.past
                union.told += [_line(entry, joined.operations[key]) for key in sorted(new)]
                _add(union, entry, rewrite_register(entry, joined, settings))
    return union


def _line(entry: Entry, one: Operation[Document]) -> Document:
    return {**entry.head, "kind": entry.kind.name, **operation_row(one), "pid": one.told or entry.head["pid"]}


def named_beside(alias: Register[Document], kind: Kind) -> list[Operation[Document]]:
    """Return a note for each alias that another one stands in the place of: an alias alone shows one."""
    shown = alias.shown()
    names = [kind.words(one.body) for one in shown]
    return [_also_called(one, name) for one, name in zip(shown, names, strict=True) if name and name != names[0]]


def _also_called(one: Operation[Document], name: str) -> Operation[Document]:
    """Return the operation of a note that names an alias; every machine gives it the same id."""
    body: Document = {"text": f"Also called “{name}”."}
    row: Document = {"at": one.at, "viewer": one.viewer, "body": body}
    return Operation(content_id(row), one.at, one.viewer, body, told=one.told)


def _add(union: Union, entry: Entry, rewrite: Rewrite) -> None:
    """Add the changes of one entry."""
    union.put += rewrite.put
    union.removed += rewrite.removed
    row = next((row for table, _, row in rewrite.put if table != VERSIONS), None)
    if row is None:
        return
    before = body_of(entry.present[1]) if entry.present else None
    base = number(entry.present[1], "rev") if entry.present else 0
    quiet = entry.kind.many or "apart" in row or before == row["body"]
    if not quiet and not (before is None and entry.kind.says_nothing(body_of(row))):
        union.taken.append(Taken(entry.kind.name, number(row, "rev"), base, before, rewrite.beside))
