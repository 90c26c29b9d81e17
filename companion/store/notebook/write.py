"""Applies one write to the notebook: detects repeats and conflicts, and stores the earlier body as a version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from companion.errors import BodyError, ConflictError
from companion.settings import Settings
from companion.store.documents import Document, copied_document
from companion.store.journal.database import JournalDB
from companion.store.notebook.index import HEADS, OPS, VERSIONS, Index, body_of
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.tags import names
from companion.store.notebook.results import LATEST, Result
from companion.store.notebook.tags import give_colours

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


def carry_out(db: JournalDB, index: Index, settings: Settings, write: Write) -> Result:
    """Store a write, its version and its op row in one line of the journal.

    Raises:
        ConflictError: the stored revision is not the one the write was based on; the refused body becomes a version.
    """
    doc_id, stored = _stored(index, write)
    if stored is not None:
        write = replace(write, body=write.kind.with_unknown(write.body, body_of(stored)))
    if stored is not None and body_of(stored) == write.body:
        result = Result(_number(stored, "rev"), _number(stored, "at"), item=write.item)
        with db.batch():
            _remember(db, index, settings, write, result)
        return result
    if stored is not None and _in_conflict(write, stored):
        with db.batch():
            refused = _last(stored) + 1
            _keep_version(db, index, write, {**stored, "rev": refused, **_written(write), "conflict": True})
            db.table(write.kind.name).put({**stored, "last": refused}, doc_id)
            _remember(db, index, settings, write, Result(_number(stored, "rev"), _number(stored, "at")), conflict=True)
        raise conflict(write, stored)
    rev = _last(stored) + 1 if stored else 1
    with db.batch():
        if stored is not None and not write.kind.says_nothing(body_of(stored)):
            _keep_version(db, index, write, stored)
        db.table(write.kind.name).put({**write.head(), "rev": rev, **_written(write)}, doc_id)
        if write.kind.name == "tags":
            give_colours(db, names(write.body))
        _remember(db, index, settings, write, Result(rev, write.at))
    return Result(rev, write.at, item=write.item)


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
    return Result(_number(row, "rev"), _number(row, "at"), repeated=True, item=item if isinstance(item, str) else None)


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


def _in_conflict(write: Write, stored: Document) -> bool:
    if write.base in (LATEST, stored["rev"]) or write.kind.says_nothing(body_of(stored)):
        return False
    if write.saw is not None and _same_text(write.saw, write.kind.words(body_of(stored))):
        return False
    return write.base is not None or write.kind.careful


def _same_text(first: str, second: str) -> bool:
    """Return whether texts are equal but for line ends, which a text box changes, and surrounding blanks."""
    return first.replace("\r\n", "\n").strip() == second.replace("\r\n", "\n").strip()


def _written(write: Write) -> Document:
    return {"at": write.at, "viewer": write.viewer, "body": write.body}


def _last(stored: Document) -> int:
    """Return the highest revision number assigned so far; refused bodies have numbers too."""
    return _number(stored, "last") if "last" in stored else _number(stored, "rev")


def _keep_version(db: JournalDB, index: Index, write: Write, document: Document) -> None:
    versions = [(doc_id, row) for doc_id, row in index.at(write.place, VERSIONS) if row["kind"] == write.kind.name]
    versions = [(doc_id, row) for doc_id, row in versions if row.get("item") == write.item]
    version = {key: value for key, value in document.items() if key not in ("last", HEADS)}
    db.table(VERSIONS).put({**version, "kind": write.kind.name})
    if len(versions) >= write.kind.versions:
        db.table(VERSIONS).remove(doc_ids=[doc_id for doc_id, _ in versions[: len(versions) + 1 - write.kind.versions]])


def _remember(
    db: JournalDB, index: Index, settings: Settings, write: Write, result: Result, *, conflict: bool = False
) -> None:
    row: Document = {**write.head(), "op": write.op, "kind": write.kind.name, "rev": result.rev, "at": result.at}
    if conflict:
        row["conflict"] = True
    db.table(OPS).put(row)
    if len(index.ops) > settings.remembered_ops + OPS_SLACK:
        oldest = sorted(index.ops.values())[: len(index.ops) - settings.remembered_ops]
        db.table(OPS).remove(doc_ids=oldest)


def _number(document: Document, key: str) -> int:
    value = document.get(key, 0)
    return value if isinstance(value, int) else 0
