"""The files in a carried folder: each device's own, copies that a carrier made of them, and everything else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

OWN = re.compile(r"mutuals-([0-9a-f]{16})\.log")
COPY = re.compile(r"mutuals-([0-9a-f]{16})\W.+|.*mutuals-([0-9a-f]{16}).*conflict.*", re.IGNORECASE | re.DOTALL)
"""Such as ``mutuals-….sync-conflict-20261128-….log``, ``mutuals-… (1).log`` or ``mutuals-… (conflicted copy).log``."""
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
        if TEMPORARY.fullmatch(path.name) or "mutuals-" not in path.name:
            continue
        try:
            status = path.stat()
        except FileNotFoundError:
            continue  # a carrier renames its files at any moment
        marks.append((path.name, status.st_size, status.st_mtime_ns))
        own, copy = OWN.fullmatch(path.name), COPY.fullmatch(path.name)
        if own:
            found.own[own[1]] = path
        elif copy:
            found.copies.setdefault(copy[1] or copy[2], []).append(path)
    found.signature = tuple(marks)
    return found
