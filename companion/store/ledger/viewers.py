"""Viewers (the user's accounts): look-up by id or handle, adoption of a handle once its id is known, coverage."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass, replace

from companion.domain.handles import fold, stub, without_at
from companion.errors import SourceError
from companion.store.ledger import adopt
from companion.store.ledger.connections import Connections

NOBODY = -1
"""Number of a viewer that was never seen: no row has it."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """One of the user's accounts."""

    number: int
    name: str
    """The owner key: id as text, or "@handle"."""
    handle: str | None = None
    inbound_since: int | None = None
    last_text_day: int = 0
    """Unix day on which old post texts were last dropped; 0 if not since the start."""

    def is_self(self, pid: str | None, handle: str | None) -> bool:
        """Return whether an id or handle is the viewer's own."""
        key = fold(handle) if handle else ""
        mine = fold(self.handle) if self.handle else ""
        return bool(pid and pid == self.name) or bool(key and (key == mine or "@" + key == self.name))


class Viewers:
    """The table of viewers, mirrored in memory (there are a handful)."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._lock = threading.RLock()
        self._by_name: dict[str, Viewer] = {}
        self.reload()

    def reload(self) -> None:
        """Read the table again, after it was written."""
        rows = self._connections.reading().execute(
            "select owner, name, handle, inbound_since from viewer order by last_seen desc, owner"
        )
        self._by_name = {row[1]: Viewer(*row) for row in rows}

    def names(self) -> list[str]:
        """Return all owner keys, the last active first."""
        return list(self._by_name)

    def numbers(self) -> dict[str, int]:
        """Return owner key -> number."""
        return {name: viewer.number for name, viewer in self._by_name.items()}

    def number(self, owner: str) -> int:
        """Return a viewer's number, or ``NOBODY``, which no row has, if the viewer was never seen."""
        return self.known(owner).number

    def known(self, owner: str) -> Viewer:
        """Return a viewer for reading; an unknown one has no rows."""
        return self._by_name.get(owner) or Viewer(NOBODY, owner)

    def written(self, owner: str, at: int) -> ViewerUpdate:
        """Return a viewer for writing, created if need be."""
        if owner not in self._by_name:
            is_stub = owner.startswith("@")
            self.owner_for(None if is_stub else owner, owner if is_stub else None, at)
        return ViewerUpdate(self, self._by_name[owner])

    def owner_for(self, viewer_id: str | None, viewer_handle: str | None, at: int) -> str:
        """See ``Ledger.owner_for``."""
        shown = without_at(viewer_handle) or None
        if not viewer_id and not shown:
            raise SourceError("It is not known who is logged in on X; open any page of X once and try again.")
        with self._lock:
            known = self._by_handle(shown) if not viewer_id else self._by_name.get(viewer_id)
            placeholder = self._by_name.get(stub(shown)) if shown else None
            same_handle = known and (not shown or fold(known.handle or "") == fold(shown))
            settled = same_handle and (placeholder is None or placeholder is known)
            if known and settled:
                return known.name
            name = viewer_id or (known.name if known else stub(shown or ""))
            self._write(name, shown, placeholder, at)
            return name

    def _by_handle(self, shown: str | None) -> Viewer | None:
        """Return the viewer with this handle: the account known by id, else the stub."""
        key = fold(shown or "")
        holders = [v for v in self._by_name.values() if v.handle and fold(v.handle) == key]
        return next((v for v in holders if not v.name.startswith("@")), holders[0] if holders else None)

    def _write(self, name: str, shown: str | None, placeholder: Viewer | None, at: int) -> None:
        known = self._by_name.get(name)
        with self._connections.writing() as connection:
            if shown:
                connection.execute(
                    "update viewer set handle = null where lower(handle) = ? and name <> ?", (fold(shown), name)
                )
            if known is None and placeholder is not None:
                connection.execute("update viewer set name = ? where owner = ?", (name, placeholder.number))
            elif known is None:
                _insert(connection, name, at)
            elif placeholder is not None and placeholder.name != name:
                adopt.move(connection, placeholder.number, known.number)
            connection.execute("update viewer set handle = coalesce(?, handle) where name = ?", (shown, name))
        self.reload()

    def remember(self, viewer: Viewer) -> None:
        """Keep a viewer's new coverage in memory, after the transaction that stored it."""
        with self._lock:
            self._by_name[viewer.name] = viewer


@dataclass(frozen=True, slots=True)
class ViewerUpdate:
    """A viewer during a write transaction, whose activity and coverage it updates."""

    viewers: Viewers
    viewer: Viewer

    def seen(self, connection: sqlite3.Connection, at: int, inbound_since: int | None, now: int) -> Viewer:
        """Record that the viewer was active, and since when inbound contact could have been seen; return it updated.

        A stored time of activity beyond ``now`` is one of a clock that was ahead.
        """
        known = self.viewer.inbound_since
        since = min((t for t in (known, inbound_since) if t is not None), default=None)
        connection.execute(
            "update viewer set inbound_since = ?, "
            "last_seen = case when last_seen > ? and last_seen <= ? then last_seen else ? end where owner = ?",
            (since, at, now, at, self.viewer.number),
        )
        return replace(self.viewer, inbound_since=since)


def _insert(connection: sqlite3.Connection, name: str, at: int) -> None:
    row = connection.execute("select coalesce(max(owner), 0) + 1 from viewer").fetchone()
    connection.execute(
        "insert into viewer (owner, name, first_seen, last_seen) values (?, ?, ?, ?)", (row[0], name, at, at)
    )
