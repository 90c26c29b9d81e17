"""Tells a team who of them talks with whom, and how lately: days alone, of people about whom it wrote something.

Each device keeps one row a person on the server, replaced when a day changes. No post, no text and no count is in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from companion.domain.dates import DAY
from companion.share.inbox import Inbox
from companion.share.postgres.driver import Session
from companion.share.postgres.marks import person_mark
from companion.share.sealing import Seal
from companion.store.documents import Document, decode, encode
from companion.store.notebook.contacts import Contacts

TELL_SECONDS, LOOK_SECONDS = 600, 60
"""Time between two looks at what changed here, and at what changed elsewhere: the rows hold days."""
AT_ONCE = 500


@dataclass(slots=True)
class ContactRows:
    """The contact rows of one device, and of the others.

    Attributes:
        inbox: the notebook and ledger.
        seal: the key.
        told: person -> digest of the row that the server has, as far as this process knows.
        seen: device -> number of its last row that was taken in.
        devices: whose rows there were at the last look, None before the first.
        tell_at: when to look again at what changed here, epoch seconds.
        look_at: when to look again at what changed elsewhere.
    """

    inbox: Inbox
    seal: Seal
    told: dict[str, bytes] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    devices: frozenset[str] | None = None
    tell_at: int = 0
    look_at: int = 0

    def exchange(self, session: Session, device: str, *, tells: bool) -> None:
        """Tell what changed here and take in what changed elsewhere; without ``tells`` this device's rows go."""
        now = self.inbox.clock()
        if now >= self.tell_at:
            self.tell_at = now + TELL_SECONDS
            if tells:
                self._tell(session, device)
            else:
                take_back(session, device)
        if now >= self.look_at:
            self.look_at = now + LOOK_SECONDS
            self._take_in(session, device)

    def _tell(self, session: Session, device: str) -> None:
        changed = list[tuple[str, Document]]()
        for pid, row in self._rows():
            digest = hashlib.sha256(encode(row)).digest()
            if self.told.get(pid) != digest:
                self.told[pid] = digest
                changed.append((pid, row))
        for start in range(0, len(changed), AT_ONCE):
            self._send(session, device, changed[start : start + AT_ONCE])

    def _send(self, session: Session, device: str, rows: list[tuple[str, Document]]) -> None:
        marks = [person_mark(self.seal, pid) for pid, _ in rows]
        bodies = [self.seal.close(f"contact|{device}", encode({**row, "pid": pid})) for pid, row in rows]
        session.rows(
            "insert into mutuals.contact (space, device, person, n, body) select %(space)s, %(device)s, person, place +"
            " (select coalesce(max(n), 0) from mutuals.contact where device = %(device)s), body from"
            " unnest(%(person)s::bytea[], %(body)s::bytea[]) with ordinality as given(person, body, place)"
            " on conflict (space, device, person) do update set n = excluded.n, body = excluded.body",
            {"space": self.seal.space, "device": device, "person": marks, "body": bodies},
        )

    def _rows(self) -> Iterator[tuple[str, Document]]:
        """Yield (person, last days of contact) for accounts of this machine whose notes are shared."""
        notebook, ledger = self.inbox.notebook, self.inbox.ledger
        owners = [owner for owner in ledger.owners() if owner not in notebook.asides.apart()]
        for pid in filter(notebook.knows, notebook.people()):
            tallies = [badge.tally for owner in owners if (badge := ledger.badge(owner, pid)) is not None]
            inbound = max((one.last_in or 0 for one in tallies), default=0)
            outbound = max((one.last_out or 0 for one in tallies), default=0)
            if inbound or outbound:
                yield pid, {"in": inbound // DAY * DAY, "out": outbound // DAY * DAY}

    def _take_in(self, session: Session, device: str) -> None:
        seen = [*self.seen] or [""]
        found = session.rows(
            "select c.device, c.n, c.body from mutuals.contact c left join unnest(%(devices)s::text[],"
            " %(upto)s::bigint[]) as have(device, n) on have.device = c.device where c.space = %(space)s"
            " and c.device <> %(own)s and c.n > coalesce(have.n, 0) order by c.device, c.n",
            {"space": self.seal.space, "own": device, "devices": seen,
             "upto": [self.seen.get(one, 0) for one in seen]},
        )  # fmt: skip
        rows = list[Document]()
        for whose, n, body in found:
            self.seen[str(whose)] = int(str(n))
            data = self.seal.open(f"contact|{whose}", cast("bytes", body))
            row = decode(data) if data is not None else None
            if isinstance(row, dict):
                rows.append({**row, "device": str(whose)})
        listed = session.rows(
            "select distinct device from mutuals.contact where space = %(space)s", {"space": self.seal.space}
        )
        before, self.devices = self.devices, frozenset(str(one[0]) for one in listed)
        if rows or self.devices != before:
            Contacts(self.inbox.notebook).take(rows, self.devices)


def take_back(session: Session, device: str) -> None:
    """Delete what a device of this login told."""
    session.rows("delete from mutuals.contact where device = %(device)s", {"device": device})
