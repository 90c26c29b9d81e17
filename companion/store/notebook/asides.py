"""Two small lists in the notebook: accounts whose notes are kept apart, and paused operations of X's page."""

from __future__ import annotations

from companion.store.journal.database import JournalDB
from companion.store.notebook.results import Pause

APART = "asides"
PAUSED = "paused"


class Asides:
    """The two lists. The accounts kept apart are mirrored in a frozen set, so that look-ups take no lock."""

    def __init__(self, db: JournalDB) -> None:
        self._db = db
        self._apart = self._read_apart()

    # --- accounts whose notes are kept apart -----------------------------------------------------------------------

    def keep_apart(self, viewer: str, on: bool) -> None:
        """Turn separate notes for an account on or off; while on, no other account sees what is written under it.

        Existing documents stay where they are, and are visible again when the option changes back.
        """
        with self._db.storage.lock:
            table = self._db.table(APART)
            ids = [doc_id for doc_id, row in self._db.storage.rows(APART).items() if row["viewer"] == viewer]
            if on and not ids:
                table.put({"viewer": viewer})
            elif ids and not on:
                table.remove(doc_ids=ids)
            self._apart = self._read_apart()

    def reload(self) -> None:
        """Read the accounts again, after their table was changed."""
        self._apart = self._read_apart()

    def apart(self) -> frozenset[str]:
        """Return the accounts that are kept apart."""
        return self._apart

    def place(self, pid: str, viewer: str | None) -> str:
        """Return the place of an account's documents about a person: the shared one, or the account's own."""
        return f"{pid} {viewer}" if viewer is not None and viewer in self._apart else pid

    def part(self, viewer: str | None) -> frozenset[str] | None:
        """Return the parts that a search under an account covers: its own part, or None for the shared one."""
        return frozenset((viewer,)) if viewer is not None and viewer in self._apart else None

    def _read_apart(self) -> frozenset[str]:
        return frozenset(str(row["viewer"]) for row in self._db.storage.rows(APART).values())

    # --- operations that are paused --------------------------------------------------------------------------------

    def pause(self, op: str, at: int, why: str) -> None:
        """Record that sightings of an operation of X's page fail to parse since ``at``; an existing pause stays."""
        with self._db.storage.lock:
            if op not in self._paused():
                self._db.table(PAUSED).put({"op": op, "since": at, "why": why})

    def resume(self, op: str) -> None:
        """Record that an operation is parsed again."""
        with self._db.storage.lock:
            if op in self._paused():
                self._db.table(PAUSED).remove(doc_ids=[self._paused()[op]])

    def paused(self) -> list[Pause]:
        """Return the paused operations, the longest pause first."""
        with self._db.storage.lock:
            rows = list(self._db.storage.rows(PAUSED).values())
        pauses = (Pause(str(row["op"]), int(str(row["since"])), str(row["why"])) for row in rows)
        return sorted(pauses, key=lambda pause: pause.since)

    def _paused(self) -> dict[str, int]:
        return {str(row["op"]): doc_id for doc_id, row in self._db.storage.rows(PAUSED).items()}
