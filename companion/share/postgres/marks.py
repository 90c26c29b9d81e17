"""What stands beside a sealed line, so that a server can keep rules about what it cannot read: keyed hashes.

Only who has the key can make them or find out whom one means. A receiver makes them anew from the line that it opened;
a line that stands under other marks is not applied.
"""

from __future__ import annotations

import hmac
from typing import NamedTuple

from companion.share.sealing import Seal
from companion.store.documents import Document
from companion.store.notebook.forgotten import hashed
from companion.store.notebook.kinds.fields import named_in
from companion.store.notebook.lines import DEVICE, FORGET

LENGTH, CHAIN_LENGTH = 16, 8


class Marks(NamedTuple):
    """The marks of one line.

    Attributes:
        op: of the operation's id.
        matter: ``device``, ``forget`` or ``other``: what a reader may tell, and what an owner alone may.
        person: of whom it is about.
        other: of a second key of theirs, in a line that says that two are the same, or of a person whom the line names.
        whom: of whom an act of forgetting concerns.
        act: of that act.
    """

    op: bytes
    matter: str
    person: bytes | None = None
    other: bytes | None = None
    whom: bytes | None = None
    act: bytes | None = None


def marks_of(seal: Seal, line: Document) -> Marks:
    """Return the marks of a line."""
    op, kind = mark(seal, "op", str(line.get("op"))), line.get("kind")
    if kind == FORGET:
        return Marks(op, "forget", whom=_person(seal, str(line["who"])), act=mark(seal, "act", str(line["act"])))
    if kind == DEVICE:
        return Marks(op, "device")
    keys = [str(line[name]) for name in ("pid", "stub") if line.get(name)] + list(filter(None, [named_in(line)]))
    person, other = (*(_person(seal, hashed(key)) for key in keys), None, None)[:2]
    return Marks(op, "other", person, other)


def mark(seal: Seal, purpose: str, text: str) -> bytes:
    """Return a keyed hash of a text."""
    return hmac.digest(seal.root, f"mutuals {seal.space} {purpose} {text}".encode(), "sha256")[:LENGTH]


def link(seal: Seal, chain: bytes, op: bytes) -> bytes:
    """Return what follows from a chain of operations and one more."""
    return hmac.digest(seal.root, b"mutuals chain " + chain + op, "sha256")[:CHAIN_LENGTH]


def person_mark(seal: Seal, pid: str) -> bytes:
    """Return the mark of a person's key, as it stands beside lines about them."""
    return _person(seal, hashed(pid))


def _person(seal: Seal, who: str) -> bytes:
    return mark(seal, "person", who)
