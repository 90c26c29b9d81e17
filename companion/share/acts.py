"""Tells this machine's acts to the user's other machines, and takes theirs in, where the user wants that.

Each act is told once, and again only if more became known of it; what another machine told is not told back. An act
that was deleted here stays deleted: its mark stays among what was told.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from companion.domain.typed_json import converted
from companion.store.documents import Document, Json
from companion.store.ledger.handed_acts import Act
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.entries import number
from companion.store.notebook.lines import ACTS, ACTS_HELD, ACTS_TOLD, READER
from companion.store.notebook.notebook import Notebook

SECONDS = 600
"""Time between two looks at what is new here."""
AT_ONCE = 500
"""Acts in one line; one is about a hundred bytes."""
MARK = 10
"""Letters of the mark of an act that was told: in a trillion there is no other of the same person with it."""


@dataclass(slots=True)
class Acts:
    """The acts of the accounts that are used here.

    Attributes:
        notebook: where lines for other machines are kept, and what they told.
        ledger: the acts.
        clock: returns the time, epoch seconds.
        told_at: when to look again at what is new here, epoch seconds.
        told: (device, state of the ledger) of the last look.
    """

    notebook: Notebook
    ledger: Ledger
    clock: Callable[[], int]
    told_at: int = 0
    told: tuple[str, int] = field(default=("", -1))

    def tell(self) -> None:
        """Tell what is new here; does nothing soon after the last time, and while nothing is new."""
        device, now = self.notebook.shared.device, self.clock()
        if device is None or device.role == READER or (now < self.told_at and device.id == self.told[0]):
            return
        state = (device.id, self.ledger.commits())
        self.told_at = now + SECONDS
        if state == self.told:
            return
        for viewer in self._accounts():
            marks = self._marks(viewer)
            for pid, acts in self.ledger.all_acts(viewer):
                doc_id, told = marks.get(pid, (None, set[str]()))
                new = [act for act in acts if mark(act) not in told]
                if new:
                    with self.notebook.batch():
                        self._tell(viewer, pid, new)
                        self._keep(viewer, pid, doc_id, told | set(map(mark, new)))
                    time.sleep(0)  # a look-up that waits goes first
        self.told = state

    def take_in(self) -> int:
        """Join what other machines told of accounts that are used here; return how many acts they told."""
        held, count = self.notebook.table(ACTS_HELD), 0
        rows = held.all()
        for viewer in self._accounts() if rows else ():
            marks = self._marks(viewer)
            for row in [row for row in rows if row["viewer"] == viewer]:
                acts = list(_read(row["acts"]))
                since = number(row, "since") or None
                pid = self.ledger.join_acts(viewer, str(row["pid"]), acts, since, self.clock())
                there = {mark(act) for act in self.ledger.acts_with(viewer, pid)}
                doc_id, told = marks.get(pid, (None, set[str]()))
                told |= there & set(map(mark, acts))
                with self.notebook.batch():
                    marks[pid] = (self._keep(viewer, pid, doc_id, told), told)
                    held.remove(doc_ids=[row.doc_id])
                count += len(acts)
        return count

    def _accounts(self) -> list[str]:
        apart = self.notebook.asides.apart()
        return [owner for owner in self.ledger.owners() if owner not in apart and not owner.startswith("@")]

    def _tell(self, viewer: str, pid: str, acts: list[Act]) -> None:
        for start in range(0, len(acts), AT_ONCE):
            told: list[Json] = [msgspec.to_builtins(act) for act in acts[start : start + AT_ONCE]]
            line: Document = {"kind": ACTS, "viewer": viewer, "pid": pid, "acts": told}
            line["since"] = self.ledger.coverage(viewer)
            self.notebook.shared.lines.tell({"op": f"acts:{_digest(line)}", **line})

    def _marks(self, viewer: str) -> dict[str, tuple[int | None, set[str]]]:
        """Return person -> (id of the row, marks of the acts that were told)."""
        rows = self.notebook.table(ACTS_TOLD).search(lambda row: row["viewer"] == viewer)
        return {str(row["pid"]): (row.doc_id, _pieces(str(row["told"]))) for row in rows}

    def _keep(self, viewer: str, pid: str, doc_id: int | None, told: Iterable[str]) -> int:
        """Store the marks of the acts that were told; return the id of the row."""
        row: Document = {"viewer": viewer, "pid": pid, "told": "".join(sorted(told))}
        return self.notebook.table(ACTS_TOLD).put(row, doc_id)


def mark(act: Act) -> str:
    """Return what stands for an act and all that is known of it."""
    return hashlib.sha256(msgspec.json.encode(act)).hexdigest()[:MARK]


def _pieces(told: str) -> set[str]:
    return {told[start : start + MARK] for start in range(0, len(told), MARK)}


def _digest(line: Document) -> str:
    return hashlib.sha256(msgspec.json.encode(line, order="deterministic")).hexdigest()[:24]


def _read(told: Json) -> Iterator[Act]:
    for one in told if isinstance(told, list) else ():
        try:
            yield converted(one, Act)
        except msgspec.ValidationError:
            continue  # a member with another program
