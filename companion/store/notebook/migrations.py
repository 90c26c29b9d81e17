"""Migrates the notebook's tables from an older schema to the present one, step by step.

A step is a number and a pure function from tables to tables. Each step is written as one line of the journal together
with the new number, so that a kill leaves it done or not begun, and the next start continues from there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from companion.errors import NewerDataError
from companion.store.documents import Document, Tables, copied_document
from companion.store.journal.database import JournalDB

META = "_meta"
META_ID = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One migration.

    Attributes:
        number: the schema number that it leads to, from the one below.
        words: what it does, for the log and the user.
        change: returns the new tables; it may change the old ones.
    """

    number: int
    words: str
    change: Callable[[Tables], Tables]


STEPS: tuple[Step, ...] = ()
"""In order. The first schema is number 1, so the first step will be number 2."""


def newest(steps: Sequence[Step] = STEPS) -> int:
    """Return the schema number that this version writes."""
    return max((step.number for step in steps), default=1)


def schema_of(tables: Tables) -> int:
    """Return the schema number of tables; tables without one have the first."""
    number = tables.get(META, {}).get(META_ID, {}).get("schema", 1)
    return number if isinstance(number, int) else 1


def refuse_newer(tables: Tables, steps: Sequence[Step] = STEPS) -> None:
    """Raise ``NewerDataError`` for tables of a later version: misreading them could lose data that it added."""
    number, known = schema_of(tables), newest(steps)
    if number > known:
        raise NewerDataError(
            f"This notebook was written by a newer Mutuals (its form is number {number}, this version knows up to "
            f"{known}). Nothing was changed. Install the newer version again, or start with --data and another folder."
        )


def migrate(db: JournalDB, snapshot: Callable[[int], object], steps: Sequence[Step] = STEPS) -> list[str]:
    """Apply the missing steps and return their descriptions.

    Args:
        db: the opened notebook.
        snapshot: copies the notebook; called once, with the old number, before the first step.
        steps: all existing steps.
    """
    number = schema_of({META: db.storage.rows(META)})
    missing = [step for step in steps if step.number > number]
    if missing:
        snapshot(number)
    for step in missing:
        tables = step.change(_tables(db))
        meta: Document = {**tables.get(META, {}).get(META_ID, {}), "schema": step.number}
        tables[META] = {**tables.get(META, {}), META_ID: meta}
        with db.storage.lock:
            db.storage.write({name: {str(key): row for key, row in rows.items()} for name, rows in tables.items()})
            db.forget_counts()
    return [step.words for step in missing]


def _tables(db: JournalDB) -> Tables:
    return {
        name: {key: copied_document(row) for key, row in db.storage.rows(name).items()} for name in db.storage.names()
    }
