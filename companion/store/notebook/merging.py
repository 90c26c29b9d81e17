"""Computes the changes that merge a stub's documents into a person's, and those that erase a person (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from companion.settings import Settings
from companion.store.documents import Document, Tables
from companion.store.journal.lines import Change
from companion.store.notebook.index import OPS, VERSIONS, body_of, place_of
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.tags import names
from companion.store.notebook.tags import TABLE as COLOURS


def erasure_changes(tables: Tables, pid: str) -> list[Change]:
    """Return the changes after which no table holds anything about a person.

    Of an op only its id stays, which names nobody, so that a late repeat of a forgotten write is not applied again.
    The colours of tags that no other person has are removed too.
    """
    changes = []
    for name, rows in tables.items():
        theirs = [doc_id for doc_id, row in rows.items() if row.get("pid") == pid]
        if theirs and name == OPS:
            changes.append(Change(name, put=[(doc_id, {"op": rows[doc_id]["op"]}) for doc_id in theirs]))
        elif theirs:
            changes.append(Change(name, removed=theirs))
    if changes:
        lonely = _lonely_colours(tables, pid)
        if lonely:
            changes.append(Change(COLOURS, removed=lonely))
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
    return joined, [_version(kind, row) for row in (older, newer) if not kind.says_nothing(body_of(row))]


def _version(kind: Kind, row: Document) -> Document:
    return {**{key: value for key, value in row.items() if key != "last"}, "kind": kind.name}


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
