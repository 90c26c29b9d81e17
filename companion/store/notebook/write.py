"""Applies one write to the notebook: detects repeats and conflicts, and stores the earlier body as a version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from companion.errors import BodyError, ConflictError
from companion.operations.register import Operation, Register
from companion.settings import Settings
from companion.store.documents import Document, copied_document
from companion.store.journal.database import JournalDB
from companion.store.notebook.entries import OP, Entry, members_row, number, operation_row, set_names
from companion.store.notebook.index import OPS, VERSIONS, Index, body_of
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.tags import names
from companion.store.notebook.kinds.text import same_text
from companion.store.notebook.lines import Lines
from companion.store.notebook.results import LATEST, Result
from companion.store.notebook.rewriting import Rewrite, last_number, rewrite_members, rewrite_register, version_row
from companion.store.notebook.tags import give_colours
from companion.store.notebook.union import Union

OP_CHARACTERS = 200
OPS_SLACK = 256
"""Old op rows are removed this many at a time, not one with each write."""


@dataclass(frozen=True, slots=True)
class Write:
    """One write and its place; see `Notebook.write`."""

    op: str
    kind: Kind
    place: str
    body: Document
    base: int | None
    at: int
    viewer: str
    item: str | None
    saw: str | None = None

    def head(self) -> Document:
        """Return the fields that identify the document: person, account if apart, item."""
        pid, _, apart = self.place.partition(" ")
        head: Document = {"pid": pid}
        if apart:
            head["apart"] = apart
        if self.item is not None:
            head["item"] = self.item
        return head


@dataclass(frozen=True, slots=True)
class Desk:
    """What writing needs: the notebook's tables, index, settings, and the lines for other machines."""

    db: JournalDB
    index: Index
    settings: Settings
    lines: Lines


def carry_out(desk: Desk, write: Write) -> Result:
    """Store a write, its version, its op row and its line for other machines in one line of the journal.

    Raises:
        ConflictError: its writer did not have the stored text in view; the refused body becomes a version.
    """
    entry = _entry(desk.index, write)
    stored = entry.present[1] if entry.present else None
    if stored is not None:
        write = replace(write, body=write.kind.with_unknown(write.body, body_of(stored)))
    if stored is not None and (body_of(stored) == write.body or _came_by_another_machine(entry, write.op)):
        result = Result(number(stored, "rev"), number(stored, "at"), item=write.item)
        with desk.db.batch():
            _remember(desk, write, result)
        return result
    if stored is not None and _in_conflict(write, entry, stored):
        with desk.db.batch():
            _refuse(desk, write, entry, stored)
        raise conflict(write, stored)
    with desk.db.batch():
        rev = _accept(desk, write, entry)
        if write.kind.name == "tags":
            give_colours(desk.db, names(write.body))
        _remember(desk, write, Result(rev, write.at))
    return Result(rev, write.at, item=write.item)


def _accept(desk: Desk, write: Write, entry: Entry) -> int:
    """Store a write that replaces what was on screen; return the new revision."""
    identity: Document = {**write.head(), "kind": write.kind.name, OP: write.op}
    if write.kind.members:
        members = entry.members()
        change = members.written(write.op, write.at, write.viewer, set_names(write.kind, write.body))
        rewrite = rewrite_members(entry, members.joined(change))
        line = members_row(change)
    else:
        register = entry.register()
        parents = frozenset(one.id for one in register.heads())
        blank, gen = write.kind.says_nothing(write.body), register.next_gen()
        one = Operation(write.op, write.at, write.viewer, write.body, parents, gen, blank=blank)
        joined = register.joined(Register.of([one])).kept(write.kind.versions)
        rewrite, line = rewrite_register(entry, joined, desk.settings), operation_row(one)
    apply_rewrite(desk.db, rewrite)
    desk.lines.tell({**identity, **line})
    return number(rewrite.put[-1][2], "rev")


def _came_by_another_machine(entry: Entry, op: str) -> bool:
    """Return whether a write is among what is held: a copied browser profile hands it to two companions."""
    if entry.kind.members:
        members = entry.members()
        return any(key.startswith(f"{op}:") for key in (*members.additions, *members.removed))
    register = entry.register()
    known = register.operations.get(op)
    return op in register.past or (known is not None and not known.refused)


def _refuse(desk: Desk, write: Write, entry: Entry, stored: Document) -> None:
    """Keep a refused body as a version that is shown by none, here and on every machine."""
    refused, result = last_number(stored) + 1, Result(number(stored, "rev"), number(stored, "at"))
    one = Operation(write.op, write.at, write.viewer, write.body, gen=refused, refused=True)
    doc_id, kept = _stored(desk.index, write)[0], {**stored, "last": refused}
    desk.db.table(write.kind.name).put(kept, doc_id)
    entry.present = None if doc_id is None else (doc_id, kept)
    if write.kind.members:
        rewrite = Rewrite([(VERSIONS, None, version_row(entry, one, refused))])
        rewrite.removed = [row[0] for row in entry.versions[: max(0, len(entry.versions) + 1 - write.kind.versions)]]
    else:
        joined = entry.register().joined(Register.of([one])).kept(write.kind.versions)
        rewrite = rewrite_register(entry, joined, desk.settings)
        desk.lines.tell({**write.head(), "kind": write.kind.name, **operation_row(one)})
    apply_rewrite(desk.db, rewrite)
    _remember(desk, write, result, conflict=True)


def apply_rewrite(db: JournalDB, rewrite: Rewrite | Union) -> None:
    """Carry out the changes of one entry or person; part of the caller's batch."""
    by_table: dict[str, list[tuple[int | None, Document]]] = {}
    for table, doc_id, row in rewrite.put:
        by_table.setdefault(table, []).append((doc_id, row))
    for table, rows in by_table.items():
        db.table(table).put_all(rows)
    if rewrite.removed:
        db.table(VERSIONS).remove(doc_ids=rewrite.removed)


def repeat(index: Index, db: JournalDB, write: Write) -> Result | None:
    """Return the first result of an op that was applied before, None for a new one; a conflict is raised again."""
    doc_id = index.ops.get(write.op)
    if doc_id is None:
        return None
    row = db.storage.rows(OPS)[doc_id]
    if row.get("conflict"):
        _, stored = _stored(index, write)
        if stored is not None:
            raise conflict(write, stored)
    item = row.get("item")
    return Result(number(row, "rev"), number(row, "at"), repeated=True, item=item if isinstance(item, str) else None)


def conflict(write: Write, stored: Document) -> ConflictError:
    """Return the error with the stored document in its details."""
    head = {key: stored.get(key) for key in ("rev", "at", "viewer")}
    return ConflictError(
        f"The {write.kind.name} was changed elsewhere since it was loaded. Both are kept: look at the stored one, then "
        "save again.",
        stored={**copied_document(body_of(stored)), **head},
        pid=str(stored["pid"]),
    )


def cleaned(kind: Kind, body: Mapping[str, object], settings: Settings, op: str) -> tuple[Document, str | None]:
    """Return the validated body and, for kinds with several per person, the item's id (a new item's is its op id)."""
    if not kind.many:
        return kind.clean(body, settings), None
    item = body.get("item", op)
    if not isinstance(item, str) or not 0 < len(item) <= OP_CHARACTERS:
        raise BodyError("The item must be the text that names it.", field="item")
    if body.get("gone") is True:
        return {"gone": True}, item
    return kind.clean({key: value for key, value in body.items() if key not in ("item", "gone")}, settings), item


def _stored(index: Index, write: Write) -> tuple[int | None, Document | None]:
    for doc_id, document in index.at(write.place, write.kind.name):
        if document.get("item") == write.item:
            return doc_id, document
    return None, None


def _entry(index: Index, write: Write) -> Entry:
    doc_id, stored = _stored(index, write)
    versions = [row for row in index.at(write.place, VERSIONS) if row[1].get("kind") == write.kind.name]
    versions = [row for row in versions if row[1].get("item") == write.item]
    present = None if doc_id is None or stored is None else (doc_id, stored)
    return Entry(write.kind, write.head(), present, versions)


def _in_conflict(write: Write, entry: Entry, stored: Document) -> bool:
    kind = write.kind
    if write.base == LATEST or kind.says_nothing(body_of(stored)):
        return False
    if write.saw is not None and same_text(write.saw, kind.words(body_of(stored))):
        return False
    if write.base == stored["rev"]:
        return write.saw is not None and not _known(entry, write.saw)
    return write.base is not None or kind.careful


def _known(entry: Entry, saw: str) -> bool:
    """Return whether a text that was on screen is one from which the stored one comes.

    A revision number alone proves little: after a restored backup the same number stands for another text.
    """
    earlier = (row for _, row in entry.versions if not row.get("conflict"))
    return not saw.strip() or any(same_text(saw, entry.kind.words(body_of(row))) for row in earlier)


def _remember(desk: Desk, write: Write, result: Result, *, conflict: bool = False) -> None:
    row: Document = {**write.head(), "op": write.op, "kind": write.kind.name, "rev": result.rev, "at": result.at}
    if conflict:
        row["conflict"] = True
    desk.db.table(OPS).put_json(row)
    ops, most = desk.index.ops, desk.settings.remembered_ops
    if len(ops) > most + OPS_SLACK:
        desk.db.table(OPS).remove(doc_ids=sorted(ops.values())[: len(ops) - most])
