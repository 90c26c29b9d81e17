"""Earlier generations of the ledger: a daily copy, and what happens when the file itself is damaged."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from companion.store.ledger import schema

COPY_SECONDS = 86_400
MOST_BYTES = 256 * 1024 * 1024
"""Larger ledgers are not copied every day: what was seen can be seen again."""


def previous_of(path: Path) -> Path:
    """Return where the daily copy lies."""
    return path.with_name(path.name + ".previous")


def keep(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the whole ledger if the last copy is a day old."""
    previous = previous_of(path)
    old = not previous.exists() or time.time() - previous.stat().st_mtime > COPY_SECONDS
    if old and path.stat().st_size <= MOST_BYTES:
        fresh = path.with_name(path.name + ".copy")
        fresh.unlink(missing_ok=True)
        schema.keep_copy(connection, fresh)
        fresh.replace(previous)


def recover(path: Path) -> str:
    """Set a damaged ledger aside, put the daily copy in its place if it is sound, and return what to tell the user."""
    aside = _free_name(path)
    path.rename(aside)
    for ending in ("-wal", "-shm"):
        log = path.with_name(path.name + ending)
        if log.exists():
            log.rename(aside.with_name(aside.name + ending))
    told = f"The ledger was damaged and lies now in {aside.name}. "
    previous = previous_of(path)
    if previous.exists() and _is_sound(previous):
        day = time.strftime("%Y-%m-%d", time.localtime(previous.stat().st_mtime))
        previous.rename(path)
        return told + f"The copy of {day} took its place; what was seen since comes back as you browse."
    return told + "A new one was begun: what was seen comes back as you browse, and your notes are not touched."


def forget_copies(path: Path) -> None:
    """Delete every copy: they hold what was to be forgotten."""
    for pattern in (".before-*", ".damaged-*", ".previous", ".copy*"):
        for copy in path.parent.glob(path.name + pattern):
            copy.unlink()


def _free_name(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    return aside


def _is_sound(path: Path) -> bool:
    connection = sqlite3.connect(path)
    try:
        return not schema.check(connection)
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()
