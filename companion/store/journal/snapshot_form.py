"""The form of a snapshot: a plain TinyDB file with one document a line, and the checksum of all of it at the end."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from companion.store.documents import Document, encode_ascii
from companion.store.journal.checksum import OWN_TABLE, SUM, ending
from companion.store.journal.lines import FORMAT
from companion.store.journal.row_places import row_head
from companion.store.journal.written_rows import STEP, FrozenRows, ListedRows

Rows: TypeAlias = "list[tuple[int, Document]] | FrozenRows | ListedRows"
"""A table at one moment."""


def snapshot_bytes(tables: Mapping[str, Rows], pause: float = 0.0) -> Iterator[bytes]:
    """Yield tables as TinyDB's JSON, one document a line, in steps with a pause of so many seconds between them.

    Last comes the journal's own table with the checksum of all that was yielded before it.
    """
    header: Document = {"format": FORMAT, "generation": 0, "serial": 0}
    listed = tables.get(OWN_TABLE, [])
    own = (dict(listed) if isinstance(listed, list) else {}).get(1, header)
    digest = hashlib.sha256()
    for part in _table_bytes({name: rows for name, rows in tables.items() if name != OWN_TABLE}, pause):
        digest.update(part)
        yield part
    yield ending({name: value for name, value in own.items() if name != SUM}, digest)


def _table_bytes(tables: Mapping[str, Rows], pause: float) -> Iterator[bytes]:
    position = len(begin := b"{\n")
    yield begin
    for name, rows in tables.items():
        yield (head := encode_ascii(name) + b": {")
        position += len(head)
        for piece in _pieces(rows, pause) if isinstance(rows, list) else rows.pieces(position, pause):
            yield piece
            position += len(piece)
        yield (end := b"},\n")
        position += len(end)


def _pieces(rows: list[tuple[int, Document]], pause: float) -> Iterator[bytes]:
    for start in range(0, len(rows), STEP):
        step = b",".join(row_head(doc_id) + encode_ascii(document) for doc_id, document in rows[start : start + STEP])
        yield b"," + step if start else step
        if pause:
            time.sleep(pause)
