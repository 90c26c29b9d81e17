"""Decodes JSON into typed values; the description of each type is made once, by one thread at a time."""

from __future__ import annotations

import threading
from typing import TypeVar, cast

import msgspec

T = TypeVar("T")
_MAKING = threading.Lock()
"""msgspec 0.22 describes a struct when it is first needed, and fills the description in after others can see it. A
second thread that needed the same struct meanwhile read an empty place of it, and the process ended."""


_made: dict[object, object] = {}


def decoder(kind: type[T]) -> msgspec.json.Decoder[T]:
    """Return the decoder of a type; every struct in the type is described when this returns."""
    with _MAKING:
        if kind not in _made:
            _made[kind] = msgspec.json.Decoder(kind)
        return cast("msgspec.json.Decoder[T]", _made[kind])


def decoded(data: bytes | str, kind: type[T]) -> T:
    """Return JSON as a value of a type.

    Raises:
        msgspec.DecodeError: it is no JSON.
        msgspec.ValidationError: it is something else than the type.
    """
    return decoder(kind).decode(data)


def converted(value: object, kind: type[T]) -> T:
    """Return a value that was read from JSON as one of a type.

    Raises:
        msgspec.ValidationError: it is something else than the type.
    """
    decoder(kind)
    return msgspec.convert(value, kind)
