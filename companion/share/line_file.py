"""One device's file in a carried folder: a heading, then one sealed line after another; only that device writes it.

A line is ``n base64``: its number, and the sealed JSON. What is read is the whole lines; a line that is cut off at the
end may still be arriving, one that does not open in the middle is damaged and named.
"""

from __future__ import annotations

import base64
import binascii
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from companion.share.sealing import Seal
from companion.store.documents import Document, decode, encode
from companion.store.files import sync_data, write_private

HEADING = "mutuals-lines 1"
MAX_LINE = 256 * 1024


@dataclass(slots=True)
class Content:
    """What a file holds.

    Attributes:
        device: whose file it says it is; empty if it is no such file, or of another space.
        lines: the lines that open, by number.
        damaged: how many whole lines do not open.
        size: bytes up to the end of the last whole line.
        torn: whether bytes follow that are no whole line.
    """

    device: str = ""
    lines: dict[int, Document] = field(default_factory=dict)
    damaged: int = 0
    size: int = 0
    torn: bool = False

    def top(self) -> int:
        """Return the highest number, 0 if there is none."""
        return max(self.lines, default=0)


def read(path: Path, seal: Seal, after: int = 0) -> Content:
    """Return the content of a file; of lines up to number ``after`` nothing is opened."""
    (content,) = stream(path, seal, after, sys.maxsize)
    return content


def stream(path: Path, seal: Seal, after: int, at_once: int) -> Iterator[Content]:
    """Yield what is known of a file so far and its next lines, ``at_once`` of them; each time it holds others."""
    content = Content()
    with path.open("rb") as file:
        words = file.readline(200).decode("ascii", "replace").split()
        if " ".join(words[:2]) == HEADING and len(words) == 4 and words[2] == seal.space:
            content.device, content.size = words[3], file.tell()
            for line in file:
                if not line.endswith(b"\n"):
                    content.torn = True
                    break
                if len(content.lines) >= at_once:
                    yield content
                    content.lines = {}
                content.size += len(line)
                _take(content, seal, line, after)
    yield content


def _take(content: Content, seal: Seal, line: bytes, after: int) -> None:
    number, _, text = line.partition(b" ")
    if not number.isdigit() or len(line) > MAX_LINE or len(number) > 18:
        content.damaged += 1
    elif (n := int(number)) > after:
        opened = _opened(seal, content.device, n, text)
        if opened is None:
            content.damaged += 1
        else:
            content.lines[n] = opened


def _opened(seal: Seal, device: str, n: int, text: bytes) -> Document | None:
    try:
        data = seal.open(f"{device}|{n}", binascii.a2b_base64(text.strip(), strict_mode=True))
        line = decode(data, finite=True) if data is not None else None
    except (binascii.Error, ValueError):
        return None
    if not isinstance(line, dict):
        return None
    line["n"] = n
    return line


def append(path: Path, seal: Seal, device: str, lines: Iterable[Document]) -> None:
    """Append lines durably; a missing file is made, with its heading."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "ab") as file:
        if file.tell() == 0:
            file.write(_heading(seal, device))
        file.writelines(_sealed(seal, device, lines))
        file.flush()
        sync_data(file.fileno())


def rewrite(path: Path, seal: Seal, device: str, lines: Iterable[Document]) -> None:
    """Replace a file by one with these lines, atomically."""
    write_private(path, b"".join((_heading(seal, device), *_sealed(seal, device, lines))))


def _heading(seal: Seal, device: str) -> bytes:
    return f"{HEADING} {seal.space} {device}\n".encode()


def _sealed(seal: Seal, device: str, lines: Iterable[Document]) -> Iterator[bytes]:
    for line in lines:
        n = int(str(line["n"]))
        data = encode({key: value for key, value in line.items() if key != "n"})
        yield b"%d %s\n" % (n, base64.b64encode(seal.close(f"{device}|{n}", data)))
