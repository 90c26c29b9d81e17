"""Tries mutants one by one in a copy of the checkout: a mutant is killed if the tests fail or take too long."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "node_modules", "__pycache__", ".hypothesis", ".*_cache")
GRACE_SECONDS = 30
SLOWER = 4
"""A mutant whose tests take this many times as long, plus the grace, runs in circles and counts as killed."""
Z95 = 1.96


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change of one file: where, which, and the whole changed text."""

    file: str
    line: int
    change: str
    text: str


@contextmanager
def copy_of(root: Path) -> Iterator[Path]:
    """Yield a copy of the checkout, so that no mutant is ever written into it."""
    with tempfile.TemporaryDirectory(prefix="mutuals-mutants-") as folder:
        copy = Path(folder, "checkout")
        shutil.copytree(root, copy, ignore=LEFT_OUT)
        if (root / "node_modules").exists():
            (copy / "node_modules").symlink_to((root / "node_modules").resolve())
        yield copy


def passes(command: Sequence[str], folder: Path, seconds: float | None = None) -> bool:
    """Return whether a command succeeds in a folder within a time."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def seconds_of(command: Sequence[str], folder: Path) -> float:
    """Return how long the tests may take with a mutant, judged by a run without one.

    Raises:
        RuntimeError: the tests fail without any mutant.
    """
    began = time.monotonic()
    if not passes(command, folder):
        raise RuntimeError(f"These tests fail without any change: {' '.join(command)}")
    return SLOWER * (time.monotonic() - began) + GRACE_SECONDS


def survives(mutant: Mutant, command: Sequence[str], folder: Path, seconds: float) -> bool:
    """Return whether the tests pass with a mutant in the copy; the file is put back afterwards."""
    file = folder / mutant.file
    original = file.read_text("utf-8")
    file.write_text(mutant.text, "utf-8")
    try:
        return passes(command, folder, seconds)
    finally:
        file.write_text(original, "utf-8")


def wilson(killed: int, count: int) -> tuple[float, float]:
    """Return the 95 % confidence interval of a rate (Wilson 1927).

    >>> [round(bound, 2) for bound in wilson(9, 13)]
    [0.42, 0.87]
    """
    rate = killed / count
    centre = rate + Z95**2 / (2 * count)
    half = Z95 * sqrt(rate * (1 - rate) / count + Z95**2 / (4 * count**2))
    return (centre - half) / (1 + Z95**2 / count), (centre + half) / (1 + Z95**2 / count)
