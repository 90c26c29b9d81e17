"""Builds the result objects about one person from the stored documents of one place, and lists people."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, islice
from typing import TypeAlias

from companion.store.documents import Document, copied_document
from companion.store.notebook.entries import BY
from companion.store.notebook.index import STRANGER, VERSIONS, Index, body_of
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.tags import names
from companion.store.notebook.results import About, Note, Version

Written: TypeAlias = tuple[str, Document]
"""A person's key, and a body's fields with ``item``, ``rev``, ``at`` and ``viewer``."""
OWN_FIELDS = ("note", "tags", "alias")
"""Kinds that have fields of their own in `About`."""


def about(index: Index, kinds: Mapping[str, Kind], place: str, now: float) -> About:
    """Return everything that is written in a place; a time of another machine's clock that is ahead is shown as now."""
    note, tags, alias = (_single(index, kinds, place, kind) for kind in OWN_FIELDS)
    return About(
        pid=place.partition(" ")[0],
        note=_note(note, int(now)) if note and not kinds["note"].says_nothing(body_of(note)) else None,
        note_rev=_rev(note),
        versions=_count(index, kinds["note"], place),
        tags=names(body_of(tags)) if tags else [],
        tags_rev=_rev(tags),
        alias=(str(body_of(alias)["alias"]) or None) if alias else None,
        alias_rev=_rev(alias),
        others={
            name: documents
            for name in kinds
            if name not in OWN_FIELDS
            if (documents := _others(index, kinds[name], place))
        },
    )


def versions(index: Index, kind: Kind, place: str, now: float) -> list[Version]:
    """Return every version of the note in a place, newest first, without blank ones; for ``now`` see `about`."""
    rows = [row for _, row in index.at(place, VERSIONS) if row["kind"] == kind.name]
    rows += [row for _, row in index.at(place, kind.name)]
    rows = [row for row in rows if not kind.says_nothing(body_of(row))]
    rows.sort(key=lambda row: (_number(row, "rev"), _number(row, "at")), reverse=True)
    return [
        Version(
            rev=_number(row, "rev"),
            text=kind.words(body_of(row)),
            at=min(_number(row, "at"), int(now)),
            viewer=_text(row, "viewer"),
            conflict=row.get("conflict") is True,
            by=_text(row, BY),
        )
        for row in rows
    ]


def _count(index: Index, kind: Kind, place: str) -> int:
    """Return how many versions `versions` returns, without making them."""
    rows = (row for _, row in index.at(place, VERSIONS) if row["kind"] == kind.name)
    present = (row for _, row in index.at(place, kind.name))
    return sum(not kind.says_nothing(body_of(row)) for row in chain(rows, present))


def _single(index: Index, kinds: Mapping[str, Kind], place: str, kind: str) -> Document | None:
    return next((row for _, row in index.at(place, kinds[kind].name)), None)


def _note(row: Document, now: int) -> Note:
    body = body_of(row)
    return Note(
        text=str(body["text"]),
        rev=_rev(row),
        at=min(_number(row, "at"), now),
        viewer=_text(row, "viewer"),
        post=_text(body, "post"),
        by=_text(row, BY),
    )


def _others(index: Index, kind: Kind, place: str) -> list[Document]:
    rows = [row for _, row in index.at(place, kind.name) if not kind.says_nothing(body_of(row))]
    heads = ("item", "rev", "at", "viewer")
    return [{**copied_document(body_of(row)), **{key: row[key] for key in heads if key in row}} for row in rows]


def _rev(row: Document | None) -> int:
    return _number(row, "rev") if row else 0


def _number(row: Document, key: str) -> int:
    value = row.get(key)
    return value if isinstance(value, int) else 0


def _text(row: Document, key: str) -> str | None:
    value = row.get(key)
    return value if isinstance(value, str) else None


def people(index: Index) -> list[str]:
    """Return the pids of all people about whom something is written."""
    index.warm()
    known = (place.partition(" ")[0] for place, summary in list(index.summaries.items()) if summary.known)
    return list(dict.fromkeys(known))


def of_kind(rows: Mapping[int, Document], kind: Kind, part: frozenset[str] | None) -> list[Written]:
    """Return the documents of a kind in one part, the shared one for None."""
    heads = ("item", "rev", "at", "viewer")
    return [
        (str(row["pid"]), {**copied_document(body_of(row)), **{key: row[key] for key in heads if key in row}})
        for row in rows.values()
        if str(row.get("apart", "")) in (part or ("",)) and not kind.says_nothing(body_of(row))
    ]


def recent(index: Index, limit: int) -> list[tuple[str, int]]:
    """Return (pid, time of the last write) of the people written about last, latest first."""
    index.warm()
    latest = sorted(index.latest.copy().items(), key=lambda row: row[1], reverse=True)
    known = ((place, at) for place, at in latest if index.summaries.get(place, STRANGER).known)
    return [(place.partition(" ")[0], at) for place, at in islice(known, limit)]


def written_since(index: Index, at: int) -> list[str]:
    """Return the pids about whom something was written at or after ``at`` (epoch seconds)."""
    index.warm()
    places = (place for place, latest in index.latest.copy().items() if latest >= at)
    return list(dict.fromkeys(place.partition(" ")[0] for place in places))
