"""Takes this device's place on the server up again, or becomes a new device where server and folder do not agree."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import cast

from companion.share.membership import Meeting
from companion.share.postgres.driver import Session
from companion.share.postgres.marks import marks_of
from companion.share.postgres.space import Space
from companion.share.sealing import Seal
from companion.store.documents import Document
from companion.store.notebook.shared import Shared


@dataclass(frozen=True, slots=True)
class Standing:
    """What the server knows of a device: the number of its last line, what follows from its lines, and its epoch."""

    top: int
    chain: bytes
    epoch: int = 0


def take(session: Session, seal: Seal, space: Space, shared: Shared, name: str, meeting: Meeting) -> Standing:
    """Return where this device stands; a device that is not this folder's own any more is left for a new one.

    A server or a data folder that came back from an old copy shows here: then everything is told anew, and what others
    have already changes nothing there.
    """
    device = shared.device
    standing = _standing(session, seal, device.id) if device is not None else None
    known = standing if standing is not None and standing.epoch == space.epoch else None
    if device is not None and known is not None and _fits(session, seal, device.id, device.n, known, shared):
        return known
    if device is not None and (standing is not None or _carried(shared, device.n)):
        meeting.former.append(device.id)
        device = None
    if device is None:
        shared.begin(secrets.token_hex(8), name, space.role)
        device = shared.device
    if device is not None:
        session.rows(
            "insert into mutuals.device (space, id, epoch) values (%(space)s, %(device)s, %(epoch)s)",
            {"space": seal.space, "device": device.id, "epoch": space.epoch},
        )
    return Standing(0, b"")


def _standing(session: Session, seal: Seal, device: str) -> Standing | None:
    found = session.rows(
        "select top, chain, member = session_user, epoch from mutuals.device"
        " where space = %(space)s and id = %(device)s",
        {"space": seal.space, "device": device},
    )
    if not found:
        return None
    top, chain, own, epoch = found[0]
    return Standing(int(str(top)) if own else -1, cast("bytes", chain), int(str(epoch)))


def _carried(shared: Shared, n: int) -> int:
    """Return the number up to which this device's lines are on the server, as far as it knows."""
    outgoing = shared.lines.outgoing()
    return _number(outgoing[0]) - 1 if outgoing else n


def _fits(session: Session, seal: Seal, device: str, n: int, standing: Standing, shared: Shared) -> bool:
    """Return whether the server's lines of a device are this folder's own."""
    carried = _carried(shared, n)
    if not carried <= standing.top <= n:
        return False
    found = session.rows(
        "select n, op from mutuals.line where space = %(space)s and device = %(device)s and n > %(carried)s",
        {"space": seal.space, "device": device, "carried": carried},
    )
    there = {int(str(one[0])): one[1] for one in found}
    here = {_number(line): marks_of(seal, line).op for line in shared.lines.outgoing()}
    return all(here.get(number) == op for number, op in there.items())


def _number(line: Document) -> int:
    return int(str(line["n"]))
