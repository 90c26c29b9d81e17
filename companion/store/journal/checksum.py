"""The checksum at the end of a snapshot: a changed byte anywhere is found when the file is read.

A snapshot is a plain TinyDB file whose last table, ``_journal``, holds the SHA-256 of everything before it. TinyDB and
other programs that rewrite the file leave that table as it was but write everything in one of their own layouts, and
so such a file is told from a damaged one.
"""

from __future__ import annotations

import hashlib
import json
import re
from enum import Enum, auto
from pathlib import Path
from typing import BinaryIO

from companion.store.documents import Document, decode, encode_ascii

OWN_TABLE = "_journal"
"""The table of a snapshot that belongs to the journal itself; users of the database never see it."""
SUM = "sum"
_START = b'"' + OWN_TABLE.encode() + b'": {\n"1": '
_END = b"}\n}\n"
_FIRST = b"{\n" + _START
_PEEKED, _READ = 4096, 1024 * 1024
_LAYOUTS: tuple[dict[str, object], ...] = tuple(
    {"indent": indent, "ensure_ascii": ascii_only, "separators": separators}
    for indent in (None, 1, 2, 3, 4)
    for ascii_only in (True, False)
    for separators in (None, (",", ":"))
)
"""What other programs write JSON with."""


class State(Enum):
    """What a file's bytes say of themselves."""

    INTACT = auto()
    DAMAGED = auto()
    REWRITTEN = auto()
    """Whole, by another program or an earlier version: there is no checksum to compare."""
    UNKNOWN = auto()
    """JSON without a checksum, in nobody's layout."""


def ending(own: Document, digest: hashlib._Hash) -> bytes:
    """Return the end of a snapshot; ``digest`` has seen every byte before it."""
    digest = digest.copy()
    digest.update(encode_ascii(own))
    return _START + encode_ascii({**own, SUM: digest.hexdigest()}) + _END


def check(data: bytes) -> State:
    """Compare a snapshot with its checksum; ``ValueError`` if it is not JSON."""
    start = data.rfind(_START)
    own = _own(data, start)
    if own is not None and SUM in own:
        content = {name: value for name, value in own.items() if name != SUM}
        if data[start:] == ending(content, hashlib.sha256(memoryview(data)[:start])):
            return State.INTACT
    if data.startswith(_FIRST) and own is not None and SUM not in own:
        return State.REWRITTEN  # by a version before there were checksums
    read = decode(data)
    try:
        text = data.decode().strip()
    except UnicodeDecodeError:
        return State.DAMAGED
    if any(json.dumps(read, **layout) == text for layout in _LAYOUTS):  # type: ignore[arg-type]  # keyword arguments
        return State.REWRITTEN
    return State.DAMAGED if isinstance(read, dict) and OWN_TABLE in read else State.UNKNOWN


def check_file(path: Path) -> State:
    """Do as `check` with a file, without holding all of an intact one in memory."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _PEEKED))
        begin, end = file.tell(), file.read()
        own = _own(end, end.rfind(_START))
        if own is not None and SUM in own:
            start = begin + end.rfind(_START)
            file.seek(0)
            content = {name: value for name, value in own.items() if name != SUM}
            if end[start - begin :] == ending(content, _digest(file, start)):
                return State.INTACT
    return check(path.read_bytes())


def _digest(file: BinaryIO, size: int) -> hashlib._Hash:
    digest = hashlib.sha256()
    while size > 0 and (data := file.read(min(size, _READ))):
        digest.update(data)
        size -= len(data)
    return digest


def _own(data: bytes, start: int) -> Document | None:
    if start < 0:
        return None
    end = data.find(b"}", start + len(_START))
    try:
        own = decode(data[start + len(_START) : end + 1])
    except ValueError:
        return None
    return own if isinstance(own, dict) else None


def generation_of(path: Path) -> int:
    """Return the generation of an intact snapshot without reading it all; 0 where that is not to be seen."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _PEEKED))
            end = file.read(_PEEKED)
    except OSError:
        return 0
    match = re.search(rb'"generation":(\d{1,15})\b', end[end.rfind(_START) :]) if _START in end else None
    return int(match[1]) if match else 0
