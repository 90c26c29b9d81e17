"""The lines that this folder tells other machines: one per operation, counted without holes, until they are carried.

Nothing is kept while the notebook is not shared. Once it is, a line is written in the same step as the row that it
tells of, so that neither exists without the other. What is kept apart for an account is told to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from companion.store.documents import Document
from companion.store.journal.database import JournalDB

SHARE, SHARE_ID = "_share", 1
"""Table of one row ``{device, name, n}``: the number of the last line; there is none while nothing is shared."""
OUTGOING = "_outgoing"
"""Table of the lines that no carrier has confirmed yet, ``{n, op, kind, pid, ...}``; of a forgotten one ``{n, op}``."""
HAVE = "_have"
"""Table of what was received: ``{device, name, n}``, the number of the last line of each other device."""
HEARD = "_heard"
"""Table of what each device said to have heard of acts of forgetting, ``{who, act, device, n}``."""
STATEMENTS = "_same"
"""Table of the stubs that turned out to be a person: ``{stub, pid, upto}``."""
FORGET, SAME, DEVICE, ROW = "!forget", "!same", "!device", "!row"
"""Kinds of lines that are no kind of document: an act of forgetting, a stub's person, a device's name, a row of a table
that is about nobody."""


@dataclass(frozen=True, slots=True)
class Device:
    """This folder among those that share: random id, the name its owner gave it, and the number of its last line."""

    id: str
    name: str
    n: int


class Lines:
    """The lines of one notebook; every method belongs into the caller's batch."""

    def __init__(self, db: JournalDB) -> None:
        self._db = db

    @property
    def device(self) -> Device | None:
        """This folder's device, None while it shares nothing."""
        with self._db.storage.lock:
            row = self._db.storage.rows(SHARE).get(SHARE_ID)
        return Device(str(row["device"]), str(row["name"]), int(str(row["n"]))) if row else None

    def begin(self, device: str, name: str) -> None:
        """Become a device that has told nothing yet; what was told under another id is forgotten."""
        with self._db.batch():
            self._clear(OUTGOING)
            self._db.table(SHARE).put({"device": device, "name": name, "n": 0}, SHARE_ID)
            self.tell({"op": f"name:{device}", "kind": DEVICE, "name": name})

    def end(self) -> None:
        """Stop sharing; what was written stays."""
        with self._db.batch():
            for table in (OUTGOING, SHARE, HAVE):
                self._clear(table)

    def tell(self, line: Document) -> None:
        """Count and keep one line, unless nothing is shared or it is kept apart for an account."""
        device = self.device
        if device is None or line.get("apart"):
            return
        n = device.n + 1
        self._db.table(OUTGOING).put({"n": n, **line})
        self._db.table(SHARE).put({"device": device.id, "name": device.name, "n": n}, SHARE_ID)
        if line.get("kind") == FORGET:
            self.heard(device.id, n, str(line["who"]), str(line["act"]))

    def heard(self, device: str, n: int, who: str, act: str) -> None:
        """Note that a device said in its line ``n`` that it deleted whom an act concerns."""
        self._db.table(HEARD).put({"who": who, "act": act, "device": device, "n": n})

    def outgoing(self) -> list[Document]:
        """Return the lines that are not carried yet, in their order."""
        with self._db.storage.lock:
            return sorted(self._db.storage.rows(OUTGOING).values(), key=lambda row: int(str(row["n"])))

    def carried(self, upto: int) -> None:
        """Drop the lines up to a number: they are where other machines find them."""
        with self._db.storage.lock:
            rows = self._db.storage.rows(OUTGOING)
            done = [doc_id for doc_id, row in rows.items() if int(str(row["n"])) <= upto]
            if done:
                self._db.table(OUTGOING).remove(doc_ids=done)

    def have(self) -> Mapping[str, int]:
        """Return the number of the last line that was received of each device."""
        with self._db.storage.lock:
            return {str(row["device"]): int(str(row["n"])) for row in self._db.storage.rows(HAVE).values()}

    def names(self) -> Mapping[str, str]:
        """Return the name of each other device."""
        with self._db.storage.lock:
            return {str(row["device"]): str(row["name"]) for row in self._db.storage.rows(HAVE).values()}

    def received(self, device: str, n: int, name: str | None = None) -> None:
        """Note the number of the last line of a device."""
        found = ((key, row) for key, row in self._db.storage.rows(HAVE).items() if row["device"] == device)
        doc_id, row = next(found, (None, {"name": ""}))
        self._db.table(HAVE).put({"device": device, "n": n, "name": row["name"] if name is None else name}, doc_id)

    def _clear(self, table: str) -> None:
        ids: Iterable[int] = list(self._db.storage.rows(table))
        if ids:
            self._db.table(table).remove(doc_ids=ids)
