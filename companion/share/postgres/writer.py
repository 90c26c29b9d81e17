"""Hands this device's lines to the server, in their order and without holes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from companion.errors import CarrierError
from companion.share.postgres.driver import Session
from companion.share.postgres.marks import Marks, link, marks_of
from companion.share.sealing import Seal
from companion.store.documents import Document, encode

AT_ONCE = 500
"""Lines per statement."""
TRIES = 20
"""Times that a serializable transaction is tried; two devices that never share a row seldom need a second."""
RETRY = ("40001", "40P01")
COLUMNS = (
    "n bigint[], op bytea[], chain bytea[], matter text[], person bytea[], other bytea[], whom bytea[], act bytea[]"
)
BLANK = """
update mutuals.line l set line = null, person = null, other = null
    where l.space = %(space)s and (l.person = any(%(whom)s::bytea[]) or l.other = any(%(whom)s::bytea[]))
    and exists (select from unnest(%(whom)s::bytea[], %(act)s::bytea[]) as f(whom, act)
        where f.whom in (l.person, l.other) and not exists (select from mutuals.line h where h.space = l.space
            and h.whom = f.whom and h.act = f.act and h.device = l.device and h.n < l.n))
"""
"""Blanks what acts of forgetting demand: an act may be told once more, and what a device wrote since it heard stays."""
FORGET_CONTACTS = """
delete from mutuals.contact c using unnest(%(whom)s::bytea[], %(act)s::bytea[]) as f(whom, act)
    where c.space = %(space)s and c.person = f.whom and not exists (select from mutuals.line known
        where known.space = c.space and known.whom = f.whom and known.act = f.act and known.binds
        and (known.device, known.n) not in (select %(device)s, unnest(%(n)s::bigint[])))
"""
"""Deletes the contact days of whom an act concerns that the server has not known yet."""
NAMES = [part.split()[0] for part in COLUMNS.split(", ")]


@dataclass(slots=True)
class Writer:
    """The lines of one device, as far as the server has them.

    Attributes:
        session: the connection.
        seal: the key.
        device: the device.
        chain: what follows from its lines that the server has.
        guarded: whether the server's trigger keeps the numbers; else this does.
        binds: whether this login's acts of forgetting are binding, where no trigger decides.
    """

    session: Session
    seal: Seal
    device: str
    chain: bytes
    guarded: bool
    binds: bool

    def send(self, lines: Sequence[Document]) -> int:
        """Hand over lines that follow the last one; return the number of the last line that the server has now."""
        chain, marked = self.chain, list[tuple[Document, Marks, bytes]]()
        for line in lines[:AT_ONCE]:
            marks = marks_of(self.seal, line)
            chain = link(self.seal, chain, marks.op)
            marked.append((line, marks, chain))
        values = self._values(marked)
        if self.guarded:
            self.session.rows(_statement(), values)
        else:
            self._send_unguarded(marked, values)
        self.chain = chain
        return _number(marked[-1][0])

    def _values(self, marked: Sequence[tuple[Document, Marks, bytes]]) -> dict[str, object]:
        values: dict[str, object] = {name: [getattr(marks, name) for _, marks, _ in marked] for name in Marks._fields}
        values |= {"n": [_number(line) for line, _, _ in marked], "chain": [chain for _, _, chain in marked]}
        values |= {"line": [self._sealed(line) for line, _, _ in marked]}
        return {**values, "space": self.seal.space, "device": self.device, "binds": self.binds}

    def _sealed(self, line: Document) -> bytes | None:
        """Return a line's content sealed for its place; None for one about somebody who was forgotten."""
        content = {key: value for key, value in line.items() if key != "n"}
        place = f"{self.device}|{_number(line)}"
        return self.seal.close(place, encode(content)) if content.keys() - {"op"} else None

    def _send_unguarded(self, marked: Sequence[tuple[Document, Marks, bytes]], values: dict[str, object]) -> None:
        first = _number(marked[0][0])
        for tried in range(1, TRIES + 1):
            try:
                with self.session.transaction(serializable=True):
                    self._advance({**values, "first": first, "top": first + len(marked) - 1, "last": marked[-1][2]})
            except CarrierError as error:
                if error.details.get("state") not in RETRY or tried == TRIES:
                    raise
            else:
                return

    def _advance(self, values: dict[str, object]) -> None:
        moved = self.session.rows(
            "update mutuals.device set top = %(top)s, chain = %(last)s"
            " where space = %(space)s and id = %(device)s and top = %(first)s - 1 returning top",
            values,
        )
        if not moved:
            raise CarrierError("The server has other lines of this device than this device has.", state="MU004")
        self.session.rows(_statement(", binds", ", %(binds)s and matter = 'forget'"), values)
        if self.binds:
            self.session.rows(BLANK, values)
            self.session.rows(FORGET_CONTACTS, values)


def _statement(columns: str = "", values: str = "") -> str:
    """Return the statement that inserts lines; every word of it stands in this file, every value is a parameter."""
    names = ", ".join((*NAMES, "line"))
    lists = ", ".join(f"%({name})s::{kind}" for name, kind in (part.split() for part in COLUMNS.split(", ")))
    into = f"insert into mutuals.line (space, device, {names}{columns})"
    given = f"from unnest({lists}, %(line)s::bytea[]) as given({names})"
    return " ".join((into, f"select %(space)s, %(device)s, {names}{values}", given, "order by n"))


def _number(line: Document) -> int:
    return int(str(line["n"]))
