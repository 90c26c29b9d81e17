"""The notebook's side of sharing: takes in the lines of other devices in order, and hands out its own.

A line about somebody who was forgotten counts only if its device had heard of that (see `companion.operations.people`);
each device says so in a line of its own, in the same step in which it deletes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

from companion.operations.people import is_dead
from companion.store.documents import Document, Json
from companion.store.notebook.entries import is_time, number
from companion.store.notebook.exchange import Exchange
from companion.store.notebook.forgotten import hashed
from companion.store.notebook.kinds.fields import named_in
from companion.store.notebook.lines import (
    ACTS,
    ACTS_HELD,
    CHAIN,
    DEVICE,
    FORGET,
    HEARD,
    OWNER,
    ROW,
    SAME,
    Device,
    Lines,
)
from companion.store.notebook.named_rows import live_rows, save_row, take_row

UNKNOWN = "_unknown"
"""Table of lines of kinds that a newer version wrote, ``{device, n, ...}``; applied once this one knows them."""
PAUSE_SECONDS = 0.0002
"""Time for which nothing is applied after each step: enough for who waits for the lock to take it."""
TOUCH = "touch"
"""The kind of contacts off X, which are counted in the ledger too."""
Acts: TypeAlias = Mapping[str, frozenset[str]]
STEP_SECONDS = 0.001
"""Time for which the lock is held at once: a look-up never waits much longer than that."""
FEWEST, MOST = 10, 100
"""Lines applied per acquisition of the lock, as many as fit into that time on this machine."""


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
            for row in list(db.storage.rows(UNKNOWN).values()):  # handed on, though nothing here can read them
                told = {key: value for key, value in row.items() if key not in ("n", "device", CHAIN)}
                self.lines.tell({"by": row["device"], **told})

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
                self._take_in_steps(device, list(group), received, whole)
        if new:
            self.exchange.desk.db.storage.sync()
        return received

    def catch_up(self) -> Received:
        """Apply the lines that an older version could not read."""
        db, received = self.exchange.desk.db, Received()
        with db.storage.lock, db.batch():
            rows = db.storage.rows(UNKNOWN)
            readable = (*self.exchange.kinds, ACTS)
            known = [(key, row) for key, row in rows.items() if row.get("kind") in readable]
            for _, row in sorted(known, key=lambda each: number(each[1], "n")):
                if self.is_dead(str(row["device"]), row):
                    received.dead += 1
                else:
                    self._apply(str(row["device"]), row, received)
            if known:
                db.table(UNKNOWN).remove(doc_ids=[key for key, _ in known])
        return received

    def unread(self) -> int:
        """Return how many lines are of kinds that only a newer version knows."""
        storage = self.exchange.desk.db.storage
        with storage.lock:
            return len(storage.rows(UNKNOWN))

    def is_dead(self, device: str, line: Document, acts: Acts | None = None) -> bool:
        """Return whether a line is about somebody whom its device had not yet heard to be forgotten.

        ``acts`` are those of `Forgotten.acts`, for a caller that has them.
        """
        known = self.exchange.forgotten.acts() if acts is None else acts
        for key in self._named(line) if known else ():
            who = hashed(key)
            theirs = known.get(who, frozenset())
            if theirs and is_dead(number(line, "n"), theirs, self._heard(who, device)):
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

    def _take_in_steps(self, device: str, lines: Sequence[Document], received: Received, whole: int) -> None:
        at_once, start = FEWEST, 0
        while start < len(lines):
            if start:
                time.sleep(PAUSE_SECONDS)  # else this thread would take the lock again before who waits for it
            began, end = time.perf_counter(), self._end_of_text(lines, start + at_once)
            self._take(device, lines[start:end], received, whole)
            at_once, start = end - start, end
            fitting = at_once * STEP_SECONDS / max(time.perf_counter() - began, 1e-9)
            at_once = int(min(MOST, max(FEWEST, fitting)))

    def _end_of_text(self, lines: Sequence[Document], place: int) -> int:
        """Return where the text ends whose lines a step would part at a place, if that is near."""
        entry_of, end = self.exchange.entry_of, place
        while end < min(len(lines), place + FEWEST) and entry_of(lines[end]) == entry_of(lines[end - 1]) is not None:
            end += 1
        return end

    # --- one line ----------------------------------------------------------------------------------------------------

    def _take(self, device: str, lines: Sequence[Document], received: Received, whole: int) -> None:
        db = self.exchange.desk.db
        with db.storage.lock, db.batch(synced=False):  # what a power cut takes is received again
            acts = self.exchange.forgotten.acts()
            for _, run in groupby(lines, key=_head):
                told = list(run)
                living = [line for line in told if not self.is_dead(device, line, acts)] if acts else told
                received.dead += len(told) - len(living)
                if len(living) > 1 and self.exchange.entry_of(living[0]) and all(map(self.exchange.fits, living)):
                    self._apply_text(device, living, received)
                else:
                    for line in living:
                        self._apply(device, line, received)
            self._note(device, lines[-1], whole)

    def _note(self, device: str, line: Document, whole: int) -> None:
        n, chain = min(number(line, "n"), whole), line.get(CHAIN)
        if n > self.lines.have().get(device, 0):
            self.lines.received(device, n, **({CHAIN: chain} if isinstance(chain, str) else {}))

    def _apply_text(self, device: str, lines: Sequence[Document], received: Received) -> None:
        """Apply several lines of one text in one step: a text that is told with all its versions is written once."""
        pid = self.exchange.apply(device, *lines)
        received.applied += len(lines)
        if lines[0].get("kind") == TOUCH:
            received.touches.append((pid, str(lines[0].get("item")), str(lines[0].get("viewer", ""))))

    def _apply(self, device: str, line: Document, received: Received) -> None:
        kind = line.get("kind")
        if kind == DEVICE:
            have = self.lines.have().get(device, 0)
            self.lines.received(device, have, name=str(line.get("name", ""))[:60])
        elif kind == SAME and _is_statement(line):
            self.exchange.declare(str(line["stub"]), str(line["pid"]), number(line, "upto"), tell=False)
        elif kind == ACTS and isinstance(line.get("pid"), str) and isinstance(line.get("viewer"), str):
            self.exchange.desk.db.table(ACTS_HELD).put(
                {key: line.get(key) for key in ("viewer", "pid", "acts", "since")}
            )
        elif kind == ROW and take_row(self.exchange.desk.db, line):
            received.applied += 1
        elif kind in self.exchange.kinds and self.exchange.fits(line):
            self._apply_text(device, [line], received)
        elif kind is not None:
            received.unread += 1
            if kind not in (*self.exchange.kinds, ROW, SAME, ACTS):
                self._keep_unread(device, line)

    def _keep_unread(self, device: str, line: Document) -> None:
        """Keep a line for a later version, once, though several machines hand it on."""
        db = self.exchange.desk.db
        if "by" in line and any(row.get("op") == line.get("op") for row in db.storage.rows(UNKNOWN).values()):
            return
        db.table(UNKNOWN).put({**line, "device": device})

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


def _head(line: Document) -> tuple[Json, Json, Json]:
    """Return what lines of one text have in common."""
    return line.get("kind"), line.get("item"), line.get("pid")


def _is_statement(line: Document) -> bool:
    """Return whether a line says of a stub, and of nobody who is known by an id, that it is a person."""
    stub, pid = line.get("stub"), line.get("pid")
    named = isinstance(stub, str) and isinstance(pid, str) and stub.startswith("@") and not pid.startswith("@")
    return named and pid != "" and " " not in f"{stub}{pid}" and is_time(line.get("upto"))
