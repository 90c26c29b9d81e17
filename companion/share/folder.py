"""The files in a carried folder: each device's own, copies that a carrier made of them, and everything else."""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

OWN = re.compile(r"mutuals-([0-9a-f]{16})\.log")
COPY = re.compile(r".*mutuals-([0-9a-f]{16})(?![0-9a-f]).*", re.IGNORECASE | re.DOTALL)
"""Such as ``mutuals-….sync-conflict-20261128-….log``, ``… (conflicted copy).log`` or ``Copy of mutuals-….log``."""
TEMPORARY = re.compile(r"[.~].*|.*(\.tmp|\.part|\.partial|\.crdownload|\.icloud|\.new|~)", re.IGNORECASE | re.DOTALL)
"""Files that a carrier is still writing, or keeps elsewhere: they are left alone."""


@dataclass(slots=True)
class Listing:
    """What lies in the folder.

    Attributes:
        own: device -> its file.
        copies: device -> copies that a carrier made of its file; they are read for missing lines, never written.
        signature: changes whenever a file does.
    """

    own: dict[str, Path] = field(default_factory=dict)
    copies: dict[str, list[Path]] = field(default_factory=dict)
    signature: tuple[tuple[str, int, int], ...] = ()


def file_of(folder: Path, device: str) -> Path:
    """Return the path of a device's file."""
    return folder / f"mutuals-{device}.log"


def listing(folder: Path) -> Listing:
    """Return what lies in a folder; costs one look at each name, and opens nothing."""
    found, marks = Listing(), list[tuple[str, int, int]]()
    for path in sorted(folder.iterdir()):
        if TEMPORARY.fullmatch(path.name) or "mutuals-" not in path.name.lower():
            continue
        try:
            status = path.stat()
        except OSError:
            continue  # a carrier renames its files at any moment, and a link may lead nowhere
        if not stat.S_ISREG(status.st_mode):
            continue  # a pipe would be waited for, and a folder cannot be read
        marks.append((path.name, status.st_size, status.st_mtime_ns))
        own, copy = OWN.fullmatch(path.name), COPY.fullmatch(path.name)
        if own:
            found.own[own[1]] = path
        elif copy:
            found.copies.setdefault(copy[1].lower(), []).append(path)
    found.signature = tuple(marks)
    return found
