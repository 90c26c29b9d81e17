"""Copies of the ledger: a daily one, the recovery of a damaged ledger from it, and the deletion of all copies."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from companion.store.ledger import schema

COPY_SECONDS = 86_400
MOST_BYTES = 256 * 1024 * 1024
"""Larger ledgers are not copied daily: their content can be seen again."""


def previous_of(path: Path) -> Path:
    """Return the path of the daily copy."""
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
    """Rename a damaged ledger, replace it by the daily copy if that is intact, and return a sentence for the user."""
    aside = _free_name(path)
    path.rename(aside)
    for ending in ("-wal", "-shm"):
        log = path.with_name(path.name + ending)
        if log.exists():
            log.rename(aside.with_name(aside.name + ending))
    sentence = f"The ledger was damaged and lies now in {aside.name}. "
    previous = previous_of(path)
    if previous.exists() and _is_sound(previous):
        day = time.strftime("%Y-%m-%d", time.localtime(previous.stat().st_mtime))
        previous.rename(path)
        return sentence + f"The copy of {day} took its place; what was seen since comes back as you browse."
    return sentence + "A new one was begun: what was seen comes back as you browse, and your notes are not touched."


def forget_copies(path: Path) -> None:
    """Delete every copy, because they still hold what was to be forgotten."""
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
