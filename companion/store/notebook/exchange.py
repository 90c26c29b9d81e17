"""Applies what other machines tell to the notebook, and tells them what is written here.

What is shown is decided by the set of operations alone (`companion.operations`): it is the same in whatever order and
however often lines arrive. Refusals happen where something is written; a line that arrives is always applied.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from msgspec import structs

from companion.errors import BodyError
from companion.operations.members import Addition, Arrangement, Members
from companion.operations.people import Same, belongs
from companion.operations.register import Operation, Register, first_id
from companion.settings import Settings
from companion.store.documents import Document
from companion.store.notebook.entries import (
    OP,
    TOLD,
    Entry,
    Place,
    entries,
    is_time,
    members_of,
    members_row,
    number,
    operation_of,
    operation_row,
    place,
)
from companion.store.notebook.forgotten import Forgotten
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.lines import FORGET, SAME, STATED, STATEMENTS
from companion.store.notebook.named_rows import told_rows
from companion.store.notebook.rewriting import Rewrite, rewrite_members, rewrite_register
from companion.store.notebook.tags import give_colours
from companion.store.notebook.union import named_beside
from companion.store.notebook.write import Desk, apply_rewrite

WIDEST = 60_000
"""Characters of a text that another machine's settings may allow."""


@dataclass(slots=True)
class Exchange:
    """The rules of one notebook; every method belongs into the caller's batch.

    Attributes:
        desk: the notebook's tables and lines.
        kinds: every kind by name.
        forgotten: the acts of forgetting.
    """

    desk: Desk
    kinds: Mapping[str, Kind]
    forgotten: Forgotten
    _wide: Settings = field(init=False)

    def __post_init__(self) -> None:
        self._wide = replace(self.desk.settings, note_characters=WIDEST, tag_characters=WIDEST)

    # --- what arrives ----------------------------------------------------------------------------------------------

    def fits(self, line: Document) -> bool:
        """Return whether a line is about somebody and a write could have made it, whatever the writer's settings."""
        kind, body, pid = self.kinds[str(line["kind"])], line.get("body"), line.get("pid")
        if not isinstance(pid, str) or not pid or " " in pid or not isinstance(line.get(OP), str):
            return False
        if not is_time(line.get("at")):
            return False
        if kind.members:
            members = members_of(line)
            times = [members.arrangement.at, *(one.at for one in members.additions.values())]
            bodies: Iterator[Document] = ({kind.members: [name]} for name in _names(line))
            return all(map(is_time, times)) and all(self._is_clean(kind, each) for each in bodies)
        if not isinstance(body, dict) or (kind.many and not isinstance(line.get("item"), str)):
            return False
        return body.get("gone") is True or self._is_clean(kind, kind.known(body))

    def _is_clean(self, kind: Kind, body: Document) -> bool:
        try:
            kind.clean(body, self._wide)
        except BodyError:
            return False
        return True

    def entry_of(self, line: Document) -> Place | None:
        """Return the text that a line is of, so that the next lines of the same can be applied with it; else None."""
        kind, pid = self.kinds.get(str(line.get("kind"))), str(line.get("pid"))
        if kind is None or kind.members or pid.startswith("@"):  # a stub's lines may each belong to another person
            return None
        return kind.name, str(line.get("item")), pid

    def apply(self, by: str, line: Document, *more: Document) -> str:
        """Apply a line about a person, and more of the same text; return the key under which they are stored here."""
        kind, told, at = self.kinds[str(line["kind"])], str(line["pid"]), number(line, "at")
        pid = self.person(told, at)
        head: Document = {"pid": pid, **({"item": line["item"]} if kind.many else {})}
        if kind.members:
            self._join_members(kind, head, members_of(line), told if pid != told else "")
            self._remove_everywhere(kind, told, members_of(line).removed)
            return pid
        own: Document = {TOLD: told} if pid != told else {}
        rows = ({"by": by, **one, **own} for one in (line, *more))
        self._join(kind, head, Register.of(operation_of(kind, row) for row in rows))
        return pid

    def declare(self, stub: str, pid: str, upto: int, *, tell: bool = True) -> None:
        """Take a stub for a person: what was written about it until ``upto`` (epoch seconds) moves there."""
        known = Same(stub, pid, upto)
        if known in self._statements():
            return
        row: Document = {"stub": stub, "pid": pid, "upto": upto}
        self.desk.db.table(STATEMENTS).put(row)
        if tell:
            self.desk.lines.tell(_statement(known))
        keys = {stub, *(one.pid for one in self._statements() if one.stub == stub)}
        for key in sorted(keys):
            self._regroup(stub, key)
        for kind in [kind for kind in self.kinds.values() if kind.members]:
            gone = [self._entry(kind, {"pid": key}).members().removed for key in sorted(keys)]
            self._remove_everywhere(kind, stub, frozenset().union(*gone))

    def person(self, key: str, at: int) -> str:
        """Return whom something written about a key at a time (epoch seconds) is about, as far as is known here."""
        return belongs(key, at, self._statements()) if key.startswith("@") else key

    def latest(self, pid: str) -> int:
        """Return the latest time of anything written about somebody, epoch seconds."""
        rows = (row for listed in self.desk.index.documents(pid).values() for _, row in listed)
        return max((number(row, "at") for row in rows), default=0)

    # --- what is told ----------------------------------------------------------------------------------------------

    def announce(self) -> None:
        """Tell everything that this notebook holds, for machines that know nothing of it yet."""
        for who, acts in sorted(self.forgotten.acts().items()):
            for act in sorted(acts):
                self.desk.lines.tell({"op": f"forget:{act}:{who}", "kind": FORGET, "who": who, "act": act})
        for one in sorted(self._statements()):
            self.desk.lines.tell(_statement(one))
        for line in told_rows(self.desk.db):
            self.desk.lines.tell(line)
        self.desk.lines.tell_all(line for entry in self._everything() for line in lines_of(entry))

    def recount(self) -> int:
        """Make every row anew from its operations and return how many showed something else."""
        wrong = 0
        for entry in list(self._everything()):
            rewrite = self._rewritten(entry, entry.members() if entry.kind.members else entry.register())
            wrong += any(_differs(entry, row) for table, _, row in rewrite.put if table == entry.kind.name)
            apply_rewrite(self.desk.db, rewrite)
        return wrong

    # --- rows --------------------------------------------------------------------------------------------------------

    def _everything(self) -> Iterator[Entry]:
        for pid in sorted(self.forgotten.holds()):
            found = entries(self.desk.index.documents(pid), self.kinds)
            yield from (found[place] for place in sorted(found))

    def _statements(self) -> list[Same]:
        rows = self.desk.db.storage.rows(STATEMENTS).values()
        return [Same(str(row["stub"]), str(row["pid"]), number(row, "upto")) for row in rows]

    def _entry(self, kind: Kind, head: Document) -> Entry:
        known: Mapping[Place, Entry] = entries(self.desk.index.documents(str(head["pid"])), self.kinds)
        return known.get(place(kind.name, head), Entry(kind, head))

    def _join(self, kind: Kind, head: Document, register: Register[Document]) -> None:
        """Add operations to a text; a name in whose place another one stands is told in the note."""
        entry = self._entry(kind, head)
        here = entry.register()
        joined = here.joined(_by_the_same(register, here)).kept(kind.versions)
        apply_rewrite(self.desk.db, rewrite_register(entry, joined, self.desk.settings))
        for one in named_beside(joined, kind) if kind.name == "alias" else ():
            note = self.kinds["note"]
            known = self._entry(note, head).register()
            if one.id not in known.operations and one.id not in known.past:
                self._join(note, head, Register.of([one]))
                self.desk.lines.tell({**head, "kind": note.name, **operation_row(one), "pid": one.told or head["pid"]})

    def _join_members(self, kind: Kind, head: Document, members: Members, told: str) -> None:
        entry = self._entry(kind, head)
        added = {key: replace(one, told=one.told or told) for key, one in members.additions.items()}
        change = replace(members, additions=added)
        if told:  # the order of a stub's names is its own: where a name stood in its write is told by each addition
            change = replace(change, arrangement=Arrangement())
        joined = entry.members().joined(change)
        apply_rewrite(self.desk.db, rewrite_members(entry, joined))
        if kind.name == "tags":
            give_colours(self.desk.db, joined.names())

    def _remove_everywhere(self, kind: Kind, stub: str, removed: frozenset[str]) -> None:
        """Remove additions wherever statements about a stub put them: whoever removed them knew of no statement."""
        keys = {one.pid for one in self._statements() if one.stub == stub} if stub.startswith("@") else set[str]()
        for key in sorted({stub, *keys}) if keys and removed else ():
            entry = self._entry(kind, {"pid": key})
            joined = entry.members().joined(Members(removed=removed))
            if joined != entry.members():
                apply_rewrite(self.desk.db, rewrite_members(entry, joined))

    def _rewritten(self, entry: Entry, state: Register[Document] | Members) -> Rewrite:
        if isinstance(state, Members):
            return rewrite_members(entry, state)
        return rewrite_register(entry, state.kept(entry.kind.versions), self.desk.settings)

    # --- stubs -------------------------------------------------------------------------------------------------------

    def _regroup(self, stub: str, key: str) -> None:
        """Move what was written about a stub from one key to whom it belongs by now."""
        for entry in entries(self.desk.index.documents(key), self.kinds).values():
            if entry.kind.members:
                self._regroup_members(stub, key, entry)
            else:
                self._regroup_register(stub, key, entry)

    def _regroup_register(self, stub: str, key: str, entry: Entry) -> None:
        register, statements = entry.register(), self._statements()
        goes: dict[str, list[str]] = {}
        for one in register.operations.values():
            target = belongs(stub, one.at, statements) if (one.told or key) == stub else key
            goes.setdefault(target, []).append(one.id)
        moved = {target: ids for target, ids in goes.items() if target != key}
        if not moved:
            return
        stays = [register.operations[each] for each in goes.get(key, ())]
        self._replace(entry, Register.of(stays, register.past) if stays else None)
        for target, ids in sorted(moved.items()):
            named = stub if target != stub else ""
            listed = [structs.replace(register.operations[each], told=named) for each in ids]
            self._join(entry.kind, {**entry.head, "pid": target}, Register.of(listed, register.past))

    def _regroup_members(self, stub: str, key: str, entry: Entry) -> None:
        members, statements = entry.members(), self._statements()
        goes: dict[str, dict[str, Addition]] = {}
        for each, one in members.additions.items():
            target = belongs(stub, one.at, statements) if (one.told or key) == stub else key
            goes.setdefault(target, {})[each] = one
        empty = not members.additions and key == stub
        moved = {target: added for target, added in goes.items() if target != key}
        moved |= {belongs(stub, members.arrangement.at, statements): {}} if empty else {}
        if not moved or list(moved) == [key]:
            return
        self._replace(entry, replace(members, additions=goes[key]) if key in goes else None)
        for target, added in sorted(moved.items()):
            told = stub if target != stub else ""
            marked = {each: replace(one, told=told) for each, one in added.items()}
            self._join_members(entry.kind, {**entry.head, "pid": target}, replace(members, additions=marked), told)

    def _replace(self, entry: Entry, state: Register[Document] | Members | None) -> None:
        """Store what is left of an entry; nothing, if nothing is left."""
        if state is not None:
            apply_rewrite(self.desk.db, self._rewritten(entry, state))
            return
        gone: Iterable[tuple[str, list[int]]] = (
            (entry.kind.name, [entry.present[0]] if entry.present else []),
            ("versions", [doc_id for doc_id, _ in entry.versions]),
        )
        for table, ids in gone:
            if ids:
                self.desk.db.table(table).remove(doc_ids=ids)


def _statement(one: Same) -> Document:
    """Return the line that takes a stub for a person; its operation stays when they are forgotten, and names nobody."""
    named = hashlib.sha256(f"{one.stub} {one.pid} {one.upto}".encode()).hexdigest()[:24]
    return {"op": f"{STATED}{named}", "kind": SAME, **one._asdict()}


def lines_of(entry: Entry) -> Iterator[Document]:
    """Yield the lines that tell an entry; the last tells what was replaced and is kept no more too."""
    head: Document = {**entry.head, "kind": entry.kind.name}
    if entry.kind.members:
        members = entry.members()
        yield {**head, "op": f"all:{members.arrangement.op}", **members_row(members)}
        return
    register = entry.register()
    ordered = sorted(register.operations.values(), key=lambda one: one.rank)
    for one in ordered:
        parents = one.parents | register.replaced() - {one.id} if one is ordered[-1] else one.parents
        known = structs.replace(one, parents=parents)
        yield {**head, **operation_row(known), "pid": one.told or entry.head["pid"]}


def _by_the_same(told: Register[Document], here: Register[Document]) -> Register[Document]:
    """Return operations that are told once more by whom they are here: nobody becomes the author of another's text."""
    known = [(first_id(one.id), one) for one in here.operations.values()]

    def by(one: Operation[Document]) -> str:
        same = (each.by for key, each in known if key == first_id(one.id) and each.body == one.body)
        return next(same, one.by)

    if not known:
        return told
    return Register.of((structs.replace(one, by=by(one)) for one in told.operations.values()), told.past)


def _names(line: Document) -> list[str]:
    return [one.name for one in members_of(line).additions.values()]


def _differs(entry: Entry, row: Document) -> bool:
    stored = entry.present[1] if entry.present else {}
    return stored.get("body") != row["body"] or (OP in row and OP in stored and stored != row)
