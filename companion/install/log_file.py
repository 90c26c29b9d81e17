"""The companion's log file: rotated, private, UTF-8 on every system; the only place to look when it has no terminal."""

from __future__ import annotations

import logging
import os
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from companion.store.files import private_folder

BYTES = 1_000_000
FILES = 3
"""Earlier files that are kept beside the current one."""
LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
LAST_BYTES = 4096

log = logging.getLogger("mutuals")


class PrivateLog(RotatingFileHandler):
    """A rotating file that only its owner can read, whatever the umask is."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace")


def log_to(path: Path, *, verbose: bool) -> logging.Handler:
    """Send what the companion logs to a file as well, and return its handler, to be closed at the end.

    Args:
        path: the file; its folder is made.
        verbose: also what is of use only when something is wrong.

    Raises:
        OSError: it cannot be written.
    """
    private_folder(path.parent)
    handler = PrivateLog(path, maxBytes=BYTES, backupCount=FILES, encoding="utf-8", delay=False)
    handler.setFormatter(logging.Formatter(LINE))
    logging.getLogger().addHandler(handler)
    log.setLevel(logging.DEBUG if verbose else logging.INFO)
    return handler


def end_log(handler: logging.Handler) -> None:
    """Stop logging to the file and close it."""
    logging.getLogger().removeHandler(handler)
    handler.close()


def last_line(path: Path) -> str | None:
    """Return the last line of a log file, or None if there is none."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - LAST_BYTES))
            lines = file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return None
    return lines[-1] if lines else None
