"""Merges the sightings of an export into a ledger that holds data: the union of both, in any order."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from companion.domain.handles import is_id
from companion.errors import SourceError
from companion.export.json_format.reader import Export, rows
from companion.export.json_format.schema import ROW_SCHEMAS
from companion.store.documents import Document
from companion.store.ledger.dump import insert, tables_of
from companion.store.ledger.ledger import Ledger
from companion.store.ledger.tables.interactions import FUTURE_SECONDS

TIMES = ("first_seen", "last_seen", "inbound_since")


def merge_seen(export: Export, ledger: Ledger, now: int, brings: Callable[[str], bool] = lambda _pid: True) -> int:
    """Merge each viewer's ledger, in one transaction each; merging the same export again changes nothing.

    Args:
        export: an export that `companion.export.json_format.schema` has checked.
        ledger: the ledger to merge into.
        now: epoch seconds; interactions dated in the future are dropped.
        brings: whether a person is taken in (somebody forgotten here is not).

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
        union = _Union(export, name, _times(viewer, export), now, brings)
        try:
            ledger.unite(owner, union.fill)
        except (sqlite3.IntegrityError, sqlite3.DataError, OverflowError) as error:
            raise SourceError(f"{export.path.name} has a row that fits nowhere ({error}).") from error
        count += union.people
    return count


class _Union:
    """Writes one viewer's part of an export under a temporary viewer number, from which the ledger merges it."""

    def __init__(self, export: Export, viewer: str, times: Document, now: int, brings: Callable[[str], bool]) -> None:
        self._export, self._viewer, self._times, self._now, self._brings = export, viewer, times, now, brings
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
            if entry.get("viewer") == self._viewer and self._brings(str(entry["pid"])):
                self.people += 1
                head: Document = {"owner": number, "pid": entry["pid"]}
                for name in ROW_SCHEMAS.keys() & entry.keys():
                    acceptable = _happened(rows(entry[name]), self._now) if name == "event" else rows(entry[name])
                    insert(connection, known[name], ({**row, **head} for row in acceptable))


def _times(viewer: Document, export: Export) -> Document:
    """Return the viewer's first and last activity; empty for a partial export, which covers only some people."""
    times = {name: viewer.get(name) for name in TIMES if isinstance(viewer.get(name), int)}
    whole = export.heading.get("only") is None and {"first_seen", "last_seen"} <= times.keys()
    return times if whole else {}


def _happened(acts: Iterable[Document], now: int) -> list[Document]:
    """Return the interactions that are not dated in the future."""
    latest = now + FUTURE_SECONDS
    times = ("at", "last", "gone")
    return [act for act in acts if all(0 <= t <= latest for name in times if isinstance(t := act.get(name), int))]
