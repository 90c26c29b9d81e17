"""Copies of the ledger: a daily one, the recovery of a damaged ledger from it, and the deletion of all copies."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from companion.domain.dates import DAY
from companion.store.files import replace_file
from companion.store.ledger import schema
from companion.store.ledger.connections import previous_of
from companion.store.ledger.page_sums import PageSums, sums_of

COPY_SECONDS = DAY
MOST_BYTES = 256 * 1024 * 1024
"""Larger ledgers are not copied daily: their content can be seen again."""


def keep(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the whole ledger if the last copy is a day old."""
    previous = previous_of(path)
    old = not previous.exists() or time.time() - previous.stat().st_mtime > COPY_SECONDS
    if old and path.stat().st_size <= MOST_BYTES:
        fresh = path.with_name(path.name + ".copy")
        fresh.unlink(missing_ok=True)
        schema.keep_copy(connection, fresh)
        sums = PageSums(fresh)
        sums.rebuild()
        sums.close()
        sums_of(previous).unlink(missing_ok=True)
        replace_file(fresh, previous)
        replace_file(sums_of(fresh), sums_of(previous))


def inspect(path: Path) -> list[str]:
    """Compare the daily copy with its sums; a damaged one is deleted, and the next closing makes another."""
    previous = previous_of(path)
    if not previous.exists() or _is_as_written(previous):
        return []
    previous.unlink()
    sums_of(previous).unlink(missing_ok=True)
    return [f"{previous.name}, the ledger's daily copy, was damaged and was deleted; the next one is made at the end."]


def missing(path: Path) -> bool:
    """Tell whether the ledger is gone or empty although there was one."""
    return missing_file(path) and (sums_of(path).exists() or previous_of(path).exists())


def recover(path: Path) -> str:
    """Set a damaged ledger aside, put the daily copy in its place if it is sound, and return what to tell the user."""
    sums_of(path).unlink(missing_ok=True)
    message = "The ledger was gone. " if missing_file(path) else _set_aside(path)
    previous = previous_of(path)
    if previous.exists() and _is_sound(previous):
        day = time.strftime("%Y-%m-%d", time.localtime(previous.stat().st_mtime))
        path.unlink(missing_ok=True)
        previous.rename(path)
        if sums_of(previous).exists():
            sums_of(previous).rename(sums_of(path))
        return message + f"The copy of {day} took its place; what was seen since comes back as you browse."
    return message + "A new one was begun: what was seen comes back as you browse, and your notes are not touched."


def missing_file(path: Path) -> bool:
    """Tell whether there is no ledger, or an empty one."""
    return not path.exists() or path.stat().st_size == 0


def _set_aside(path: Path) -> str:
    aside = _free_name(path)
    path.rename(aside)
    for ending in ("-wal", "-shm"):
        log = path.with_name(path.name + ending)
        if log.exists():
            log.rename(aside.with_name(aside.name + ending))
    return f"The ledger was damaged and lies now in {aside.name}. "


def forget_copies(path: Path) -> None:
    """Delete every copy: they hold what was to be forgotten."""
    for pattern in (".before-*", ".damaged-*", ".previous*", ".copy*"):
        for copy in path.parent.glob(path.name + pattern):
            copy.unlink()


def _free_name(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    return aside


def _is_sound(path: Path) -> bool:
    if not _is_as_written(path):
        return False
    connection = sqlite3.connect(path)
    try:
        return not schema.check(connection)
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()


def _is_as_written(path: Path) -> bool:
    """Compare a copy with its sums; one of an earlier version has none."""
    if not sums_of(path).exists():
        return True
    sums = PageSums(path)
    try:
        findings = sums.compare()
        return not sums.known or not findings.changed
    finally:
        sums.close()
