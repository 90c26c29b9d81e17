"""What a command handed to the running companion works on and gives back."""

from __future__ import annotations

from contextvars import ContextVar

import msgspec

from companion.settings import Settings
from companion.stores import Stores

OPEN: ContextVar[tuple[Settings, Stores] | None] = ContextVar("the stores that this process has open", default=None)
"""Set while the companion carries out a command: it uses these stores and takes no lock."""


class Handed(msgspec.Struct):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str
