"""Two small lists beside what is written: accounts whose notes are kept apart, and operations that are paused."""

from __future__ import annotations

from companion.store.journal.database import JournalDB
from companion.store.notebook.results import Pause

APART = "asides"
PAUSED = "paused"


class Asides:
    """Keeps the two lists. Who is kept apart is held in a frozen set, so that asking takes no lock."""

    def __init__(self, db: JournalDB) -> None:
        self._db = db
        self._apart = self._read_apart()

    # --- accounts whose notes are kept apart -----------------------------------------------------------------------

    def keep_apart(self, viewer: str, on: bool) -> None:
        """From now on, write under this account into a part of its own that no other account sees; or no longer.

        What was written before stays where it is, and is there again when the option changes back.
        """
        with self._db.storage.lock:
            table = self._db.table(APART)
            ids = [doc_id for doc_id, row in self._db.storage.rows(APART).items() if row["viewer"] == viewer]
            if on and not ids:
                table.put({"viewer": viewer})
            elif ids and not on:
                table.remove(doc_ids=ids)
            self._apart = self._read_apart()

    def apart(self) -> frozenset[str]:
        """Return the accounts that are kept apart."""
        return self._apart

    def place(self, pid: str, viewer: str | None) -> str:
        """Return where things about a person lie for an account: with everybody's, or in its own part."""
        return f"{pid} {viewer}" if viewer is not None and viewer in self._apart else pid

    def part(self, viewer: str | None) -> frozenset[str] | None:
        """Return the account's own part for a search, None for what all others share."""
        return frozenset((viewer,)) if viewer is not None and viewer in self._apart else None

    def _read_apart(self) -> frozenset[str]:
        return frozenset(str(row["viewer"]) for row in self._db.storage.rows(APART).values())

    # --- operations that are paused --------------------------------------------------------------------------------

    def pause(self, op: str, at: int, why: str) -> None:
        """Remember that sightings of an operation of X's page are not understood since ``at``, the first time."""
        with self._db.storage.lock:
            if op not in self._paused():
                self._db.table(PAUSED).put({"op": op, "since": at, "why": why})

    def resume(self, op: str) -> None:
        """Remember that an operation is understood again."""
        with self._db.storage.lock:
            if op in self._paused():
                self._db.table(PAUSED).remove(doc_ids=[self._paused()[op]])

    def paused(self) -> list[Pause]:
        """Return what is paused, the longest first."""
        with self._db.storage.lock:
            rows = list(self._db.storage.rows(PAUSED).values())
        pauses = (Pause(str(row["op"]), int(str(row["since"])), str(row["why"])) for row in rows)
        return sorted(pauses, key=lambda pause: pause.since)

    def _paused(self) -> dict[str, int]:
        return {str(row["op"]): doc_id for doc_id, row in self._db.storage.rows(PAUSED).items()}
