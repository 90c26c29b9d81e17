"""Computes the changes that merge a stub's documents into a person's, and those that erase a person (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from companion.settings import Settings
from companion.store.documents import Document, Json, Tables
from companion.store.journal.lines import Change
from companion.store.notebook.asides import APART
from companion.store.notebook.index import HEADS, OPS, VERSIONS, body_of, place_of
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.tags import names
from companion.store.notebook.tags import TABLE as COLOURS


def erasure_changes(tables: Tables, pid: str) -> list[Change]:
    """Return the changes after which no table holds anything about a person.

    Of an op only its id stays, which names nobody, so that a late repeat of a forgotten write is not applied again.
    The colours of tags that no other person has are removed too.
    """
    changes = _without(tables, "pid", pid)
    if changes:
        lonely = _lonely_colours(tables, pid)
        if lonely:
            changes.append(Change(COLOURS, removed=lonely))
    return changes


def part_changes(tables: Tables, viewer: str) -> list[Change]:
    """Return the changes after which no table holds what was kept apart for an account."""
    return _without(tables, "apart", viewer) + _without({APART: tables.get(APART, {})}, "viewer", viewer)


def _without(tables: Tables, field: str, value: str) -> list[Change]:
    changes = []
    for name, rows in tables.items():
        theirs = [doc_id for doc_id, row in rows.items() if row.get(field) == value]
        if theirs and name == OPS:
            changes.append(Change(name, put=[(doc_id, {"op": rows[doc_id]["op"]}) for doc_id in theirs]))
        elif theirs:
            changes.append(Change(name, removed=theirs))
    return changes


Rows: TypeAlias = Mapping[str, Sequence[tuple[int, Document]]]
"""Documents of one person, by table."""


def merge_changes(
    stubs: Rows, theirs: Rows, pid: str, kinds: Mapping[str, Kind], *, settings: Settings, next_version: int
) -> list[Change]:
    """Return the changes that move a stub's documents to ``pid``, with nothing of either lost.

    Where both have a document of a kind that allows one per person, the kind's ``join`` combines them; both originals
    stay among the versions.

    Args:
        stubs: the stub's documents.
        theirs: the person's documents.
        pid: the person.
        kinds: every kind by name.
        settings: how long a joined text may be.
        next_version: the first free id in the table of versions.
    """
    changes = []
    for name, rows in stubs.items():
        kind = kinds.get(name)
        for doc_id, row in rows:
            moved: Document = {**row, "pid": pid}
            counterpart = _counterpart(theirs.get(name, ()), moved, kind)
            if kind is None or counterpart is None:
                changes.append(Change(name, put=[(doc_id, moved)]))
                continue
            joined, versions = _joined(kind, moved, counterpart[1], settings)
            changes.append(Change(name, put=[(counterpart[0], joined)], removed=[doc_id]))
            changes.append(Change(VERSIONS, put=list(enumerate(versions, next_version))))
            next_version += len(versions)
    return changes


def notes_of_given_names(
    stubs: Rows, theirs: Rows, kinds: Mapping[str, Kind], settings: Settings
) -> list[tuple[int | None, Document]]:
    """Return the notes of a stub to store before `merge_changes`, with the alias that will be replaced named in them.

    A person has one alias; without this, the other one would stay only in an earlier version, which nothing shows.

    Returns:
        (id of the note that it replaces or None, the note under the stub's key).
    """
    note, notes = kinds["note"], list[tuple[int | None, Document]]()
    for _, row in stubs.get("alias", ()):
        counterpart = next((other for _, other in theirs.get("alias", ()) if _part_of(other) == _part_of(row)), None)
        names = [kinds["alias"].words(body_of(each)) for each in (row, counterpart) if each]
        if counterpart is None or not all(names) or names[0] == names[1]:
            continue
        older = min(row, counterpart, key=lambda each: str(each["at"]).zfill(20))
        line = also_called(kinds["alias"].words(body_of(older)))
        mine = next(((doc_id, each) for doc_id, each in stubs.get("note", ()) if _part_of(each) == _part_of(row)), None)
        if mine is None or note.says_nothing(body_of(mine[1])):
            same = {key: value for key, value in (mine[1] if mine else older).items() if key in ("rev", "last")}
            notes.append((mine[0] if mine else None, {**row, "rev": 1, **same, "at": older["at"], "body": line}))
        else:
            body = note.join(body_of(mine[1]), line, settings)
            notes.append((mine[0], {**mine[1], "body": body}))
    return notes


def also_called(name: str) -> Document:
    """Return the body of a note that names an alias in whose place another one stands."""
    return {"text": f"Also called “{name}”."}


def version_of(kind: Kind, row: Document) -> Document:
    """Return a document as a version of itself."""
    return {**{key: value for key, value in row.items() if key not in ("last", HEADS)}, "kind": kind.name}


def _part_of(row: Document) -> Json:
    """Return the account in whose part a document is kept apart, None for everybody's."""
    return row.get("apart")


def _counterpart(
    rows: Sequence[tuple[int, Document]], moved: Document, kind: Kind | None
) -> tuple[int, Document] | None:
    """Return the document that the moved one must be joined with, None if both can exist."""
    if kind is None or kind.many:
        return None
    return next((row for row in rows if place_of(row[1]) == place_of(moved)), None)


def _joined(kind: Kind, first: Document, second: Document, settings: Settings) -> tuple[Document, list[Document]]:
    """Return two documents of a kind joined into one with the next revision, and the two as versions."""
    newer, older = sorted(
        (first, second), key=lambda row: (not kind.says_nothing(body_of(row)), str(row["at"]).zfill(20))
    )[::-1]
    last = max(int(str(row.get("last", row["rev"]))) for row in (first, second))
    blank = kind.says_nothing(body_of(older))
    body = body_of(newer) if blank else kind.join(body_of(newer), body_of(older), settings)
    joined = {**newer, "body": body, "rev": last + 1}
    joined.pop("last", None)
    joined.pop(HEADS, None)
    return joined, [version_of(kind, row) for row in (older, newer) if not kind.says_nothing(body_of(row))]


def _lonely_colours(tables: Tables, pid: str) -> list[int]:
    """Return the ids of the colours of tags that only this person had."""
    page, elsewhere = set[str](), set[str]()
    for name, row in _tag_rows(tables):
        (page if row.get("pid") == pid else elsewhere).add(name)
    lonely = page - elsewhere
    return [doc_id for doc_id, row in tables.get(COLOURS, {}).items() if str(row["name"]).casefold() in lonely]


def _tag_rows(tables: Tables) -> Iterator[tuple[str, Document]]:
    versions = (row for row in tables.get(VERSIONS, {}).values() if row.get("kind") == "tags")
    for row in (*tables.get("tags", {}).values(), *versions):
        for name in names(body_of(row)) if "tags" in body_of(row) else ():
            yield name.casefold(), row
