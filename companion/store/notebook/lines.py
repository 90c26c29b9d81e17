"""The lines that this folder tells other machines: one per operation, counted without holes, until they are carried.

Nothing is kept while the notebook is not shared. Once it is, a line is written in the same step as the row that it
tells of, so that neither exists without the other. What is kept apart for an account is told to nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from companion.store.documents import Document
from companion.store.journal.database import JournalDB

SHARE, SHARE_ID = "_share", 1
"""Table of one row ``{device, name, n, op, role?}``: the last line's number and operation; none if not shared."""
OUTGOING = "_outgoing"
"""Table of the lines that no carrier has confirmed yet, ``{n, op, kind, pid, ...}``; of a forgotten one ``{n, op}``."""
HAVE = "_have"
"""Table of what was received: ``{device, name, n, author?, chain?}``, the number of each other device's last line, its
member as the server knows it, and what follows from its lines so far (see `CHAIN`)."""
HEARD = "_heard"
"""Table of what each device said to have heard of acts of forgetting, ``{who, act, device, n}``."""
STATEMENTS = "_same"
"""Table of the stubs that turned out to be a person: ``{stub, pid, upto}``."""
STATED = "same:"
"""How the operation of a line with such a statement begins; an earlier version's named both."""
ACTS_TOLD = "_acts_told"
"""Table of the acts that were told by this device or to it, ``{viewer, pid, told}``, as marks that name nothing."""
ACTS_HELD = "_acts_held"
"""Table of acts that other machines told and the ledger does not hold yet, ``{viewer, pid, acts, since}``."""
ACTS = "!acts"
"""Kind of a line that tells acts of one account with one person, for the other machines where it is used."""
FORGET, SAME, DEVICE, ROW = "!forget", "!same", "!device", "!row"
"""Kinds of lines that are no kind of document: an act of forgetting, a stub's person, a device's name, a row of a table
that is about nobody."""
CHAIN = "chain"
"""Field of a received line, where its carrier knows it: a hash of the operations of its device up to this one."""
OWNER, MEMBER, READER = "owner", "member", "reader"
"""Roles: an owner also admits, dismisses and forgets; a reader writes nothing that is shared."""
AT_ONCE = 1000
"""Lines that are kept at once where many are told."""
EVERYBODYS = (DEVICE, FORGET)
"""Kinds of lines that a reader tells too: its name, and whom it deleted."""


@dataclass(frozen=True, slots=True)
class Device:
    """This folder among those that share.

    Attributes:
        id: random id.
        name: the name that its owner gave it.
        n: the number of its last line.
        role: what it may do; in a folder everybody is an owner.
        op: id of the operation in its last line; empty if an older version told that.
    """

    id: str
    name: str
    n: int
    role: str = OWNER
    op: str = ""


class Lines:
    """The lines of one notebook; every method belongs into the caller's batch.

    Attributes:
        on_tell: called after a line was told, before it is on the disk; whoever takes the lock then waits until it is.
    """

    def __init__(self, db: JournalDB) -> None:
        self._db = db
        self.on_tell: Callable[[], object] = lambda: None

    @property
    def device(self) -> Device | None:
        """This folder's device, None while it shares nothing."""
        with self._db.storage.lock:
            row = self._db.storage.rows(SHARE).get(SHARE_ID)
        if not row:
            return None
        role, op = str(row.get("role", OWNER)), str(row.get("op", ""))
        return Device(str(row["device"]), str(row["name"]), int(str(row["n"])), role, op)

    def begin(self, device: str, name: str, role: str = OWNER) -> None:
        """Become a device that has told nothing yet; what was told under another id is forgotten."""
        with self._db.batch():
            self._clear(OUTGOING)
            self._clear(ACTS_TOLD)
            self._keep(Device(device, name, 0, role))
            self.tell({"op": f"name:{device}", "kind": DEVICE, "name": name})

    def end(self) -> None:
        """Stop sharing; what was written stays."""
        with self._db.batch():
            for table in (OUTGOING, SHARE, HAVE, ACTS_TOLD, ACTS_HELD):
                self._clear(table)

    def tell(self, line: Document) -> None:
        """Count and keep one line, unless nothing is shared or it is kept apart for an account."""
        device = self.device
        if device is None or line.get("apart") or (device.role == READER and line.get("kind") not in EVERYBODYS):
            return
        n = device.n + 1
        self._db.table(OUTGOING).put_json({"n": n, **line})
        self._keep(replace(device, n=n, op=str(line.get("op", ""))))
        if line.get("kind") == FORGET:
            self.heard(device.id, n, str(line["who"]), str(line["act"]))
        self.on_tell()

    def tell_all(self, lines: Iterable[Document]) -> None:
        """Do as `tell` with many lines about people, which nobody may change afterwards."""
        device = self.device
        if device is None or device.role == READER:
            return
        n, told = device.n, (line for line in lines if not line.get("apart"))
        while some := list(islice(told, AT_ONCE)):
            rows = [{"n": number, **line} for number, line in enumerate(some, n + 1)]
            self._db.table(OUTGOING).put_all((None, row) for row in rows)
            n += len(rows)
            self._keep(replace(device, n=n, op=str(rows[-1].get("op", ""))))
        self.on_tell()

    def take_role(self, role: str) -> None:
        """Keep what this device may do by now."""
        device = self.device
        if device is not None and device.role != role:
            with self._db.batch():
                self._keep(replace(device, role=role))

    def _keep(self, device: Device) -> None:
        row: Document = {"device": device.id, "name": device.name, "n": device.n, "op": device.op}
        self._db.table(SHARE).put_json({**row, **({} if device.role == OWNER else {"role": device.role})}, SHARE_ID)

    def heard(self, device: str, n: int, who: str, act: str) -> None:
        """Note that a device said in its line ``n`` that it deleted whom an act concerns."""
        self._db.table(HEARD).put({"who": who, "act": act, "device": device, "n": n})

    def knows_of_forgetting(self) -> bool:
        """Return whether any device ever said that somebody was forgotten."""
        with self._db.storage.lock:
            return bool(self._db.storage.rows(HEARD))

    def waiting(self) -> int:
        """Return how many lines are not carried yet."""
        with self._db.storage.lock:
            return len(self._db.storage.rows(OUTGOING))

    def outgoing(self) -> list[Document]:
        """Return the lines that are not carried yet, in their order."""
        with self._db.storage.lock:
            return sorted(self._db.storage.rows(OUTGOING).values(), key=lambda row: int(str(row["n"])))

    def carried(self, upto: int) -> None:
        """Drop the lines up to a number: they are where other machines find them."""
        with self._db.storage.lock:
            rows = self._db.storage.rows(OUTGOING)  # in the order of their numbers, as they were put
            done = [key for key, _ in takewhile(lambda item: int(str(item[1]["n"])) <= upto, rows.items())]
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

    def authors(self) -> Mapping[str, str]:
        """Return who each other device is, in words: its name, and its member's login where a server knows that."""
        with self._db.storage.lock:
            rows = list(self._db.storage.rows(HAVE).values())
        named = {str(row["device"]): (str(row["name"]) or "a device", str(row.get("author", ""))) for row in rows}
        return {device: f"{name} ({author})" if author else name for device, (name, author) in named.items()}

    def chain(self, device: str) -> str | None:
        """Return what follows from the lines of a device that were received, None if nobody told."""
        with self._db.storage.lock:
            chain = self._have(device)[1].get(CHAIN)
        return chain if isinstance(chain, str) else None

    def received(self, device: str, n: int, **more: str) -> None:
        """Note the number of the last line of a device, and more about it: its name, author or chain."""
        doc_id, row = self._have(device)
        self._db.table(HAVE).put_json({"name": "", **row, "device": device, "n": n, **more}, doc_id)

    def note_author(self, device: str, author: str) -> None:
        """Keep whose device one is, as its carrier knows it."""
        with self._db.storage.lock:
            if self._have(device)[1].get("author") != author:
                self.received(device, self.have().get(device, 0), author=author)

    def _have(self, device: str) -> tuple[int | None, Document]:
        found = ((key, row) for key, row in self._db.storage.rows(HAVE).items() if row["device"] == device)
        return next(found, (None, {}))

    def _clear(self, table: str) -> None:
        ids: Iterable[int] = list(self._db.storage.rows(table))
        if ids:
            self._db.table(table).remove(doc_ids=ids)
