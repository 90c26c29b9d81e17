"""A second copy of the journal, written after each line without waiting for the disk.

It costs some microseconds a line. A journal that lost a line, or its end, is mended from it; after a kill the copy has
every line that was acknowledged, for the system keeps what a process has written. After a power cut it may lack some.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

log = logging.getLogger(__name__)


class Mirror:
    """The copy of one journal; never the reason why a change fails."""

    def __init__(self, path: Path, content: bytes) -> None:
        """Open the copy and let it hold ``content``, what the journal holds."""
        self._path = path
        self._descriptor: int | None = None
        try:
            present = path.read_bytes()
        except OSError:
            present = None
        self.reset(content, fresh=present != content)

    def append(self, line: bytes) -> None:
        """Add a line that is in the journal by now."""
        if self._descriptor is not None:
            self._attempt(self._descriptor, line)

    def reset(self, content: bytes, *, fresh: bool = True) -> None:
        """Begin anew with what the journal holds now."""
        self.close()
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        try:
            self._descriptor = os.open(self._path, flags | (os.O_TRUNC if fresh else 0), 0o600)
        except OSError as error:
            log.warning("The journal's copy cannot be written (%s).", error)
            return
        if fresh:
            self._attempt(self._descriptor, content)

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            os.close(descriptor)

    def _attempt(self, descriptor: int, data: bytes) -> None:
        """Write, or leave the copy as it is until it begins anew: a gap in it would be taken for a lost line."""
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        except OSError as error:
            log.warning("The journal's copy could not be written (%s); it rests until the next compaction.", error)
            self.close()
