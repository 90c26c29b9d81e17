"""Merges what an export saw into a ledger that holds something already: the union of both, whichever came first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from companion.domain.handles import is_id
from companion.errors import SourceError
from companion.export.json_format.reader import Export, rows
from companion.export.json_format.schema import SHAPES
from companion.store.documents import Document
from companion.store.ledger.dump import insert, tables_of
from companion.store.ledger.ledger import Ledger
from companion.store.ledger.tables.interactions import FUTURE_SECONDS

TIMES = ("first_seen", "last_seen", "inbound_since")


def merge_seen(export: Export, ledger: Ledger, now: int) -> int:
    """Merge each viewer's ledger, in one transaction each; the same again changes nothing.

    Args:
        export: checked (`companion.export.json_format.schema`).
        ledger: where it goes.
        now: epoch seconds; acts of the future are none.

    Returns:
        How many people the export has seen.

    Raises:
        SourceError: A row fits nowhere; nothing of its viewer was stored.
    """
    count = 0
    for viewer in export.viewers():
        name = str(viewer.get("name"))
        shown = str(viewer.get("handle") or "") or (None if is_id(name) else name.removeprefix("@"))
        owner = ledger.owner_for(name if is_id(name) else None, shown, now)
        union = _Union(export, name, _times(viewer, export), now)
        try:
            ledger.unite(owner, union.fill)
        except (sqlite3.IntegrityError, sqlite3.DataError, OverflowError) as error:
            raise SourceError(f"{export.path.name} has a row that fits nowhere ({error}).") from error
        count += union.people
    return count


class _Union:
    """Writes one viewer's part of an export under a number of its own, from where the ledger merges it."""

    def __init__(self, export: Export, viewer: str, times: Document, now: int) -> None:
        self._export, self._viewer, self._times, self._now = export, viewer, times, now
        self.people = 0

    def fill(self, connection: sqlite3.Connection, number: int) -> None:
        """Write the rows."""
        if self._times:
            connection.execute(
                "update viewer set first_seen = :first_seen, last_seen = :last_seen, inbound_since = :inbound_since "
                "where owner = :owner",
                {"inbound_since": None, **self._times, "owner": number},
            )
        known = {table.name: table for table in tables_of(connection)}
        for entry in self._export.seen():
            if entry.get("viewer") == self._viewer:
                self.people += 1
                head: Document = {"owner": number, "pid": entry["pid"]}
                for name in SHAPES.keys() & entry.keys():
                    found = _happened(rows(entry[name]), self._now) if name == "event" else rows(entry[name])
                    insert(connection, known[name], ({**row, **head} for row in found))


def _times(viewer: Document, export: Export) -> Document:
    """Return since when and until when the viewer looked; of some people only, that says nothing about the others."""
    times = {name: viewer.get(name) for name in TIMES if isinstance(viewer.get(name), int)}
    whole = export.heading.get("only") is None and {"first_seen", "last_seen"} <= times.keys()
    return times if whole else {}


def _happened(acts: Iterable[Document], now: int) -> list[Document]:
    """Return the acts that are not of the future."""
    latest = now + FUTURE_SECONDS
    times = ("at", "last", "gone")
    return [act for act in acts if all(0 <= t <= latest for name in times if isinstance(t := act.get(name), int))]
