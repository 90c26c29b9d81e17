"""The notebook's side of sharing: takes in the lines of other devices in order, and hands out its own.

A line about somebody who was forgotten counts only if its device had heard of that (see `companion.operations.people`);
each device says so in a line of its own, in the same step in which it deletes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from companion.operations.people import is_dead
from companion.store.documents import Document
from companion.store.notebook.entries import number
from companion.store.notebook.exchange import Exchange
from companion.store.notebook.forgotten import hashed
from companion.store.notebook.kinds.fields import named_in
from companion.store.notebook.lines import CHAIN, DEVICE, FORGET, HEARD, OWNER, ROW, SAME, Device, Lines
from companion.store.notebook.named_rows import live_rows, save_row, take_row

UNKNOWN = "_unknown"
"""Table of lines of kinds that a newer version wrote, ``{device, n, ...}``; applied once this one knows them."""
PAUSE_SECONDS = 0.001
AT_ONCE = 10
"""Lines applied per acquisition of the lock: a look-up never waits longer than for these."""


@dataclass(slots=True)
class Received:
    """What came of some lines.

    Attributes:
        applied: how many were applied.
        dead: how many are about somebody who was forgotten.
        unread: how many no version could have written, or are of a kind that this one does not know.
        touches: (person, item, account) of each contact off X that changed, for the ledger.
    """

    applied: int = 0
    dead: int = 0
    unread: int = 0
    touches: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shared:
    """The shared side of one notebook; its methods are thread-safe.

    Attributes:
        exchange: the rules of applying and telling.
    """

    exchange: Exchange

    @property
    def lines(self) -> Lines:
        """The lines for other machines."""
        return self.exchange.desk.lines

    @property
    def device(self) -> Device | None:
        """This folder's device, None while nothing is shared."""
        return self.lines.device

    @property
    def may_forget(self) -> bool:
        """Whether forgetting somebody here counts for all: it is the owners' where there are roles."""
        device = self.device
        return device is None or device.role == OWNER

    def begin(self, device: str, name: str, role: str = OWNER) -> None:
        """Share as a new device: everything that is held is told once more, and repeats harm nobody."""
        db = self.exchange.desk.db
        with db.storage.lock, db.batch():
            self.lines.begin(device, name, role)
            self.exchange.announce()

    def end(self) -> None:
        """Share no longer; what was received stays."""
        db = self.exchange.desk.db
        with db.storage.lock, db.batch():
            self.lines.end()
            self._clear(HEARD, UNKNOWN)

    def receive(
        self,
        device: str,
        lines: Sequence[Document],
        forget: Callable[[str, str], object],
        without_holes: int | None = None,
    ) -> Received:
        """Apply lines of a device, in their order; those that were received before change nothing.

        Args:
            device: whose lines they are.
            lines: the lines; each has its number ``n``.
            forget: deletes whoever has a hash of `hashed`, for an act, from everything that is kept here, and says so
                in this notebook's lines.
            without_holes: the number up to which no line is missing, if some are: those behind are applied, and once
                more when the missing ones are there.
        """
        received, have = Received(), self.lines.have().get(device, 0)
        whole = 10**18 if without_holes is None else without_holes
        new = [line for line in lines if number(line, "n") > have]
        for forgets, group in groupby(new, key=lambda line: line.get("kind") == FORGET):
            if forgets:
                for line in group:
                    self._forget(device, line, forget, whole)
            else:
                listed = list(group)
                for start in range(0, len(listed), AT_ONCE):
                    if start:
                        time.sleep(PAUSE_SECONDS)  # else this thread would take the lock again before who waits for it
                    self._take(device, listed[start : start + AT_ONCE], received, whole)
        if new:
            self.exchange.desk.db.storage.sync()
        return received

    def catch_up(self) -> Received:
        """Apply the lines that an older version could not read."""
        db, received = self.exchange.desk.db, Received()
        with db.storage.lock, db.batch():
            rows = db.storage.rows(UNKNOWN)
            known = [(key, row) for key, row in rows.items() if row.get("kind") in self.exchange.kinds]
            for _, row in sorted(known, key=lambda each: number(each[1], "n")):
                self._apply(str(row["device"]), row, received)
            if known:
                db.table(UNKNOWN).remove(doc_ids=[key for key, _ in known])
        return received

    def is_dead(self, device: str, line: Document) -> bool:
        """Return whether a line is about somebody whom its device had not yet heard to be forgotten."""
        for key in self._named(line):
            who = hashed(key)
            acts = self.exchange.forgotten.acts().get(who, frozenset())
            if acts and is_dead(number(line, "n"), acts, self._heard(who, device)):
                return True
        return False

    def recount(self) -> int:
        """Make every row anew from its operations and return how many showed something else."""
        db = self.exchange.desk.db
        with db.storage.lock, db.batch():
            return self.exchange.recount()

    def save_row(self, table: str, row: Document) -> None:
        """Store a row of a table that is about nobody, such as a circle, and tell other machines."""
        save_row(self.exchange.desk.db, self.lines, table, row)

    def rows(self, table: str) -> list[Document]:
        """Return the rows of such a table of plain texts (`named_rows.FIELDS`), without removed ones."""
        return live_rows(self.exchange.desk.db, table)

    # --- one line ----------------------------------------------------------------------------------------------------

    def _take(self, device: str, lines: Sequence[Document], received: Received, whole: int) -> None:
        db = self.exchange.desk.db
        with db.storage.lock, db.batch(synced=False):  # what a power cut takes is received again
            for line in lines:
                self._apply(device, line, received)
            self._note(device, lines[-1], whole)

    def _note(self, device: str, line: Document, whole: int) -> None:
        n, chain = min(number(line, "n"), whole), line.get(CHAIN)
        if n > self.lines.have().get(device, 0):
            self.lines.received(device, n, **({CHAIN: chain} if isinstance(chain, str) else {}))

    def _apply(self, device: str, line: Document, received: Received) -> None:
        kind = line.get("kind")
        if self.is_dead(device, line):
            received.dead += 1
        elif kind == DEVICE:
            have = self.lines.have().get(device, 0)
            self.lines.received(device, have, name=str(line.get("name", ""))[:60])
        elif kind == SAME and isinstance(line.get("stub"), str) and isinstance(line.get("pid"), str):
            self.exchange.declare(str(line["stub"]), str(line["pid"]), number(line, "upto"), tell=False)
        elif kind == ROW and take_row(self.exchange.desk.db, line):
            received.applied += 1
        elif kind in self.exchange.kinds and self.exchange.fits(line):
            pid = self.exchange.apply(line, device)
            received.applied += 1
            if kind == "touch":
                received.touches.append((pid, str(line.get("item")), str(line.get("viewer", ""))))
        elif kind is not None:
            received.unread += 1
            if kind not in (*self.exchange.kinds, ROW, SAME):
                self.exchange.desk.db.table(UNKNOWN).put({**line, "device": device})

    def _forget(self, device: str, line: Document, forget: Callable[[str, str], object], whole: int) -> None:
        who, act, n = str(line.get("who")), str(line.get("act")), number(line, "n")
        if line.get("binds") is not False and act not in self.exchange.forgotten.acts().get(who, frozenset()):
            forget(who, act)
        db = self.exchange.desk.db
        with db.storage.lock, db.batch():
            if act not in self._heard(who, device):
                self.lines.heard(device, n, who, act)
            self._note(device, line, whole)

    def _named(self, line: Document) -> Iterator[str]:
        yield from (str(line[key]) for key in ("pid", "stub") if line.get(key))
        if whom := named_in(line):
            yield whom

    def _heard(self, who: str, device: str) -> Mapping[str, int]:
        storage = self.exchange.desk.db.storage
        with storage.lock:
            told = [row for row in storage.rows(HEARD).values() if row["who"] == who and row["device"] == device]
        return {str(row["act"]): number(row, "n") for row in told}

    def _clear(self, *tables: str) -> None:
        db = self.exchange.desk.db
        for table in tables:
            ids = list(db.storage.rows(table))
            if ids:
                db.table(table).remove(doc_ids=ids)
