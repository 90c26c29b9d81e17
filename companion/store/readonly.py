"""Opens both stores for reading only, so that exports and backups work while a companion runs.

The ledger is read as of one commit. The notebook is read from its files as a start would read them: the snapshot and
the complete lines of the journal, which is every acknowledged write.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from companion.errors import NewerDataError, TornDataError
from companion.settings import Settings
from companion.store.documents import Tables, without_collection
from companion.store.journal.loader import Paths, load
from companion.store.journal.snapshots import Snapshots
from companion.store.ledger import schema
from companion.store.notebook import migrations

TRIES = 5
"""A compaction may replace the files between two reads of them; then they are read again."""


@dataclass(frozen=True, slots=True)
class ReadOnlyStores:
    """Both stores as of one moment; ``ledger`` is None if there is no ledger yet."""

    notebook: Tables
    ledger: sqlite3.Connection | None


@contextmanager
def open_read_only(settings: Settings) -> Iterator[ReadOnlyStores]:
    """Open the stores of a data folder for reading while the block runs.

    Raises:
        NewerDataError: a newer Mutuals wrote them.
        TornDataError: one is damaged beyond what a start could repair.
    """
    tables = notebook_tables(settings)
    if not settings.ledger_path.exists():
        yield ReadOnlyStores(tables, None)
        return
    with closing(ledger_connection(settings.ledger_path)) as connection:
        connection.execute("begin")
        yield ReadOnlyStores(tables, connection)


def notebook_tables(settings: Settings) -> Tables:
    """Return every table of the notebook; empty if there is no notebook yet."""
    path = settings.notebook_path
    for turn in range(TRIES):
        try:
            with without_collection():
                tables = load(Paths(path), Snapshots(path, settings.snapshots).all()).tables
            break
        except TornDataError:
            if turn == TRIES - 1:
                raise
    migrations.refuse_newer(tables)
    return tables


def ledger_connection(path: Path) -> sqlite3.Connection:
    """Return a read-only connection to the ledger; rows come as `sqlite3.Row`."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        connection.execute("pragma query_only = 1")
        connection.execute("pragma busy_timeout = 5000")
        number, known = schema.schema_number(connection), schema.MIGRATIONS[-1].number
    except sqlite3.DatabaseError as error:
        connection.close()
        raise schema.unopened(path, error) from error
    if number > known:
        connection.close()
        raise NewerDataError(f"{path.name} was written by a newer Mutuals. Update Mutuals and try again.")
    connection.row_factory = sqlite3.Row
    return connection
