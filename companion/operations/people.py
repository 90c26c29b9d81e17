"""Whom an operation is about: stubs that turned out to be an id, and people who were forgotten (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Same(NamedTuple):
    """The statement that a stub (a handle alone) is a person.

    Attributes:
        stub: the stub's key.
        pid: the person's id.
        upto: what was written about the stub until then is about that person, epoch seconds.
    """

    stub: str
    pid: str
    upto: int


def belongs(key: str, at: int, statements: Iterable[Same]) -> str:
    """Return the key of whom an operation is about: the person of the first statement after it, or the stub itself."""
    after = [(same.upto, same.pid) for same in statements if same.stub == key and same.upto >= at]
    return min(after)[1] if after else key


def is_dead(n: int, acts: Iterable[str], heard: Mapping[str, int]) -> bool:
    """Return whether an operation is about somebody whom its device had not yet heard to be forgotten.

    Args:
        n: the operation's number on its device.
        acts: the acts of forgetting that concern the person as the operation names them.
        heard: act -> number of the line in which the device said that it had heard of it. Lines of a device come
            without holes, so an answer that is not here yet has a higher number.
    """
    return any(act not in heard or n < heard[act] for act in acts)
