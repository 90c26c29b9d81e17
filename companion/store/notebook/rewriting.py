"""Computes the rows that show a register or a set: the present document, its revision and its versions (pure).

Incremental writing and counting anew give the same rows but for the revision numbers, which are this folder's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from companion.operations.members import Members
from companion.operations.register import Operation, Register
from companion.settings import Settings
from companion.store.documents import Document, Json, encode
from companion.store.notebook.entries import (
    OWN_FIELDS,
    PAST,
    Entry,
    members_row,
    number,
    operation_of,
    operation_row,
    set_names,
)
from companion.store.notebook.index import HEADS, VERSIONS, body_of
from companion.store.notebook.kinds.kind import keep_newer


@dataclass(slots=True)
class Rewrite:
    """The changes of one entry.

    Attributes:
        put: (table, id of the row that it replaces or None, row).
        removed: ids of versions that are kept no more.
        beside: whether several different texts are shown joined.
    """

    put: list[tuple[str, int | None, Document]] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    beside: bool = False


def rewrite_register(entry: Entry, register: Register[Document], settings: Settings) -> Rewrite:
    """Return the changes after which an entry shows a register that was cut with ``kept``."""
    rewrite, shown = Rewrite(), register.shown()
    present = _present(entry, register, settings) if shown else None
    own = operation_of(entry.kind, entry.present[1]).id if entry.present else None
    known = {operation_of(entry.kind, row).id: (doc_id, row) for doc_id, row in entry.versions}
    alone = shown[0].id if len(shown) == 1 else None
    for key, one in register.operations.items():
        if key != alone:
            doc_id, before = known.get(key, (None, None))
            if before is None or operation_of(entry.kind, before) != one:
                shown_as = before or (_row(entry) if key == own else None)  # it keeps the revision that it had
                rev = number(shown_as, "rev") if shown_as else one.gen
                rewrite.put.append((VERSIONS, doc_id, version_row(entry, one, rev)))
    rewrite.removed = [row[0] for key, row in known.items() if key == alone or key not in register.operations]
    if present is not None and (entry.present is None or entry.present[1] != present):
        rewrite.put.append((entry.kind.name, entry.present[0] if entry.present else None, present))
    rewrite.beside = len(shown) > 1 and len({encode(one.body) for one in shown}) > 1
    return rewrite


def rewrite_members(entry: Entry, members: Members) -> Rewrite:
    """Return the changes after which an entry shows a set; what it showed before becomes a version."""
    names: list[Json] = [*members.names()]
    before = body_of(entry.present[1]) if entry.present else {}
    body: Document = {**before, entry.kind.members: names}
    row = {**entry.head, **_numbers(entry, body, members.arrangement.gen), **members_row(members), "body": body}
    rewrite = Rewrite()
    if entry.present is not None and before != row["body"] and set_names(entry.kind, before):
        stays = {key: value for key, value in entry.present[1].items() if key not in OWN_FIELDS}
        rewrite.put.append((VERSIONS, None, {**stays, "kind": entry.kind.name}))
        free = len(entry.versions) + 1 - entry.kind.versions
        rewrite.removed = [doc_id for doc_id, _ in entry.versions[: max(0, free)]]
    if entry.present is None or entry.present[1] != row:
        rewrite.put.append((entry.kind.name, entry.present[0] if entry.present else None, row))
    return rewrite


def _present(entry: Entry, register: Register[Document], settings: Settings) -> Document:
    """Return the present document: the only text to show, or all of them joined, the newest first."""
    shown, heads = register.shown(), register.heads()
    if entry.kind.join is not keep_newer:  # where only one can be shown, the clock alone does not decide
        shown = sorted(shown, key=lambda one: (one.at, one.gen, one.id), reverse=True)
    body = shown[0].body
    for one in shown[1:]:
        body = entry.kind.join(body, one.body, settings)
    fields: Document = {**operation_row(shown[0]), "body": body}
    if len(shown) > 1:
        fields = {key: value for key, value in fields.items() if key in ("at", "viewer", "body")}
    if len(heads) > 1:
        marks: list[Json] = [*sorted(one.id for one in heads)]
        fields[HEADS] = marks
    past: list[Json] = [*sorted(register.unnamed())]
    if past:
        fields[PAST] = past
    return {**entry.head, **_numbers(entry, body, shown[0].gen), **fields}


def _numbers(entry: Entry, body: Json, first: int) -> Document:
    """Return the revision: it grows only when what is shown changes; a first one says how often it was written."""
    if entry.present is None:
        return {"rev": max(1, first)}
    stored = entry.present[1]
    if body_of(stored) == body:
        return {key: stored[key] for key in ("rev", "last") if key in stored}
    return {"rev": last_number(stored) + 1}


def last_number(stored: Document) -> int:
    """Return the highest revision number assigned so far; refused bodies have numbers too."""
    return max(number(stored, "last"), number(stored, "rev"))


def _row(entry: Entry) -> Document | None:
    return entry.present[1] if entry.present else None


def version_row(entry: Entry, one: Operation[Document], rev: int) -> Document:
    """Return an operation as a version of an entry."""
    return {**entry.head, "rev": rev, **operation_row(one), "kind": entry.kind.name}
