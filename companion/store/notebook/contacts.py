"""What teammates told of their contact with people: the last days on which each side wrote."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from companion.store.documents import Document
from companion.store.notebook.entries import number
from companion.store.notebook.forgotten import hashed
from companion.store.notebook.notebook import Notebook

TABLE = "contacts"
"""Table of ``{pid, device, in, out}``; merged and forgotten with the person."""


class Contact(NamedTuple):
    """One teammate's contact with somebody.

    Attributes:
        who: the teammate's device and login, in words.
        last_in: the day on which the person last wrote to them, epoch seconds; None if never seen.
        last_out: the day on which they last wrote.
    """

    who: str
    last_in: int | None
    last_out: int | None


@dataclass(frozen=True, slots=True)
class Contacts:
    """The contact rows of one notebook.

    Attributes:
        notebook: the notebook.
    """

    notebook: Notebook

    def take(self, rows: Sequence[Document], devices: Collection[str]) -> None:
        """Store rows of other devices; rows of devices that tell none any more go, and nobody forgotten comes back."""
        table, known = self.notebook.table(TABLE), dict[tuple[str, str], int]()
        gone = list[int]()
        for stored in table:
            known[str(stored["pid"]), str(stored["device"])] = stored.doc_id
            if stored["device"] not in devices:
                gone.append(stored.doc_id)
        new = [row for row in rows if isinstance(row.get("pid"), str) and self._may_stay(str(row["pid"]))]
        if not new and not gone:
            return
        with self.notebook.batch():
            if gone:
                table.remove(doc_ids=gone)
            for row in new:
                kept: Document = {key: row[key] for key in ("pid", "device")}
                kept |= {"in": number(row, "in"), "out": number(row, "out")}
                doc_id = known.get((str(row["pid"]), str(row["device"])))
                table.put(kept, None if doc_id in gone else doc_id)

    def of(self, pid: str) -> list[Contact]:
        """Return who of the team is in contact with somebody, the latest first."""
        authors = self.notebook.shared.lines.authors()
        rows = self.notebook.table(TABLE).search(lambda row: row["pid"] == pid and row["device"] in authors)
        found = [
            Contact(authors[str(row["device"])], number(row, "in") or None, number(row, "out") or None) for row in rows
        ]
        return sorted(found, key=lambda one: max(one.last_in or 0, one.last_out or 0), reverse=True)

    def _may_stay(self, pid: str) -> bool:
        return self.notebook.knows(pid) or hashed(pid) not in self.notebook.forgotten.acts()
