"""Fetches the lines of other devices, opens them, and tells what does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from companion.share.postgres.driver import Row, Session
from companion.share.postgres.marks import Marks, link, marks_of
from companion.share.sealing import Seal
from companion.store.documents import Document, decode
from companion.store.notebook.lines import CHAIN, FORGET

AT_ONCE = 1000
"""Lines per statement."""


class Place(NamedTuple):
    """How far a device is.

    Attributes:
        id: its random id.
        member: its member's login.
        top: the number of its last line.
        chain: what follows from all its lines.
        epoch: that in which it took its place.
    """

    id: str
    member: str
    top: int
    chain: bytes
    epoch: int


@dataclass(slots=True)
class Batch:
    """Some lines of one device.

    Attributes:
        lines: the lines, each with its number; one that was blanked or does not fit has that alone.
        empty: how many hold nothing: they are about somebody who was forgotten, or somebody emptied them.
        strange: how many do not open, or stand under marks that are not theirs.
        forked: whether one does not follow from those that are here: the device or the server came from an old copy.
    """

    lines: list[Document] = field(default_factory=list)
    empty: int = 0
    strange: int = 0
    forked: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """The lines of one space.

    Attributes:
        session: the connection.
        seal: the key.
    """

    session: Session
    seal: Seal

    def places(self) -> list[Place]:
        """Return how far each device is."""
        found = self.session.rows(
            "select id, member, top, chain, epoch from mutuals.device where space = %(space)s order by id",
            {"space": self.seal.space},
        )
        return [
            Place(str(one[0]), str(one[1]), int(str(one[2])), cast("bytes", one[3]), int(str(one[4]))) for one in found
        ]

    def lines(self, device: Place, after: int, chain: bytes | None) -> Batch:
        """Return the next lines of a device, up to where it was when its place was asked for.

        Args:
            device: whose; what it hands over meanwhile is for the next look, else it would seem to be ahead of itself.
            after: the number of the last one that is here.
            chain: what followed from the lines that are here, None if that is not known.
        """
        found = self.session.rows(
            "select n, op, chain, matter, person, other, whom, act, binds, line from mutuals.line"
            " where space = %(space)s and device = %(device)s and n > %(after)s and n <= %(top)s"
            " order by n limit %(limit)s",
            {"space": self.seal.space, "device": device.id, "after": after, "top": device.top, "limit": AT_ONCE},
        )
        batch = Batch()
        for row in found:
            op, told = cast("bytes", row[1]), cast("bytes", row[2])
            if chain is not None and link(self.seal, chain, op) != told:
                batch.forked = True
                break
            chain = told
            batch.lines.append(self._opened(device.id, row, batch))
        return batch

    def _opened(self, device: str, row: Row, batch: Batch) -> Document:
        n, sealed = int(str(row[0])), cast("bytes | None", row[9])
        known: Document = {"n": n, CHAIN: cast("bytes", row[2]).hex()}
        if sealed is None:
            batch.empty += 1
            return known
        data = self.seal.open(f"{device}|{n}", sealed)
        line = _decoded(data) if data is not None else None
        marks = Marks(cast("bytes", row[1]), str(row[3]), *cast("tuple[bytes | None, ...]", tuple(row[4:8])))
        if line is None or _marks(self.seal, line) != marks:
            batch.strange += 1
            return known
        heard: Mapping[str, bool] = {"binds": False} if line.get("kind") == FORGET and not row[8] else {}
        return {**line, **known, **heard}


def _decoded(data: bytes) -> Document | None:
    try:
        line = decode(data, finite=True)
    except ValueError:
        return None
    return line if isinstance(line, dict) else None


def _marks(seal: Seal, line: Document) -> Marks | None:
    try:
        return marks_of(seal, line)
    except KeyError:
        return None
