"""JSON documents of the notebook: their types, encoding, decoding and copying."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import TypeAlias, cast

import msgspec

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Document: TypeAlias = dict[str, Json]
Table: TypeAlias = MutableMapping[int, Document]
Tables: TypeAlias = dict[str, Table]
SELDOM = 20_000
"""New objects between two collections while documents pass: those of some thousand lines."""
_STRICT = json.JSONEncoder(allow_nan=False)


@contextmanager
def without_collection() -> Iterator[None]:
    """Disable the cyclic garbage collector while many documents are read: it would run often and find nothing."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let the cyclic garbage collector run less often while many documents pass, of which none is part of a cycle."""
    first, *others = gc.get_threshold()
    gc.set_threshold(max(first, SELDOM) if first else 0, *others)
    try:
        yield
    finally:
        gc.set_threshold(first, *others)


def copied(value: Json) -> Json:
    """Return a deep copy of a JSON value; several times faster than ``copy.deepcopy``."""
    if isinstance(value, dict):
        return {key: copied(item) if isinstance(item, (dict, list)) else item for key, item in value.items()}
    if isinstance(value, list):
        return [copied(item) if isinstance(item, (dict, list)) else item for item in value]
    return value


def copied_document(document: Document) -> Document:
    """Return a deep copy of a document."""
    return {key: copied(item) if isinstance(item, (dict, list)) else item for key, item in document.items()}


def as_stored(document: Mapping[str, object]) -> Document:
    """Return the document as it will be read back from the file: a deep copy of JSON values only.

    Raises:
        TypeError: a value cannot be written as JSON (TinyDB raises the same error).
        ValueError: a number is not finite.
    """
    return cast(Document, json.loads(_STRICT.encode(document)))


def encode(value: object) -> bytes:
    """Encode JSON values as one line of ASCII or UTF-8 bytes.

    msgspec is several times faster than the standard library but refuses lone surrogates and integers beyond 64 bits;
    values with those are encoded by the standard library.
    """
    try:
        return msgspec.json.encode(value)
    except (UnicodeEncodeError, OverflowError):
        return json.dumps(value, separators=(",", ":")).encode("ascii")


def encode_ascii(value: object) -> bytes:
    """Encode JSON values as ASCII, which stock ``TinyDB(path)`` reads whatever the system's text encoding is."""
    data = encode(value)
    return data if data.isascii() else json.dumps(value, separators=(",", ":")).encode("ascii")


def decode(data: bytes, *, finite: bool = False) -> Json:
    """Decode JSON bytes.

    Raises:
        ValueError: they are not JSON, or nested deeper than any document of Mutuals is; with ``finite`` also if a
            number is infinite or none, as no document holds it but another program may write it.
    """
    try:
        return cast(Json, msgspec.json.decode(data))
    except (msgspec.DecodeError, UnicodeDecodeError):
        pass
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    try:
        value = cast(Json, json.loads(data))
        if finite:
            _STRICT.encode(value)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return value


def decode_tables(data: bytes) -> Tables:
    """Decode the bytes of a TinyDB JSON file; raises ``ValueError`` if they are anything else."""
    tables = decode(data)
    if not isinstance(tables, dict):
        raise ValueError("not an object of tables")  # noqa: TRY004 -- callers treat every unreadable file alike
    return {name: _table(rows) for name, rows in tables.items()}


def _table(rows: Json) -> Table:
    if not isinstance(rows, dict):
        raise ValueError("a table is not an object")  # noqa: TRY004
    table: Table = {}
    for key, document in rows.items():
        if not isinstance(document, dict):
            raise ValueError("a document is not an object")  # noqa: TRY004
        table[int(key)] = document
    return table
