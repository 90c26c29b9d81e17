"""Copies of a store's files as a kill would leave them, and waiting for what a background thread does."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE_SECONDS = 20.0


def as_after_a_kill(path: Path, name: str = "killed") -> Path:
    """Copy the files of an open store to a folder of their own and return the copy's path."""
    folder = path.parent / name
    folder.mkdir()
    for file in path.parent.glob(f"{path.name}*"):
        shutil.copy2(file, folder)
    if (path.parent / "snapshots").is_dir():
        shutil.copytree(path.parent / "snapshots", folder / "snapshots")
    return folder / path.name


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for a condition; an assertion fails if it does not come true."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.005)
