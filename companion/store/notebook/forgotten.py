"""Remembers that somebody was forgotten, without whom: a hash of the person's key, and a random id of the act.

Two notebooks that exchange exports compare these ids: what one of them holds of a person counts only if it knew of
every act of forgetting that the other knows. What is written by hand afterwards therefore stays.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping

from companion.store.documents import Document, Table
from companion.store.journal.database import JournalDB
from companion.store.journal.stored_rows import StoredRows
from companion.store.notebook.index import Whose
from companion.store.notebook.kinds.fields import WHOM, named_in
from companion.store.notebook.lines import FORGET, Lines

TABLE = "forgotten"
"""Table of the acts: ``{who, act}``."""
NAMING = (b'"told":', b'"stub":', b'"additions":', b'"%b":' % WHOM.encode())
"""What is in the JSON of a document that names more people than its own."""


def new_act() -> str:
    """Return the id of a new act of forgetting."""
    return secrets.token_hex(8)


def hashed(pid: str) -> str:
    """Return what is stored in the place of a person's key."""
    return hashlib.sha256(f"mutuals forgotten {pid}".encode()).hexdigest()[:32]


def acts_in(rows: Mapping[int, Document]) -> dict[str, frozenset[str]]:
    """Return the acts in a table by the hash of whom they concern."""
    acts: dict[str, frozenset[str]] = {}
    for row in rows.values():
        acts[str(row.get("who"))] = acts.get(str(row.get("who")), frozenset()) | {str(row.get("act"))}
    return acts


class Forgotten:
    """The acts of forgetting of one notebook."""

    def __init__(self, db: JournalDB, lines: Lines) -> None:
        self._db, self._lines = db, lines

    def acts(self) -> dict[str, frozenset[str]]:
        """Return every act by the hash of whom it concerns."""
        with self._db.storage.lock:
            return acts_in(self._db.storage.rows(TABLE))

    def holds(self) -> set[str]:
        """Return the keys of all people about whom any table has a row, an earlier text or a removed document too.

        The keys under which something was written count too, where it is about another key by now.
        """
        storage = self._db.storage
        with storage.lock:
            tables = [storage.rows(name) for name in storage.names()]
            return {key for rows in tables for row in _naming(rows) for key in _keys(row)}

    def mark(self, who: str, act: str) -> None:
        """Store an act for a hash of `hashed`, and tell other machines; one that is there already stays alone."""
        with self._db.storage.lock, self._db.batch():
            if act not in self.acts().get(who, frozenset()):
                row: Document = {"who": who, "act": act}
                self._db.table(TABLE).put(row)
                self._lines.tell({"op": f"forget:{act}:{who}", "kind": FORGET, **row})


def _naming(rows: Table) -> Iterator[Document]:
    """Yield the documents of a table, of those that name nobody but their own person only that."""
    if isinstance(rows, StoredRows):
        yield from rows.having(NAMING).values()
        for _, row in rows.parts(Whose):
            yield row if isinstance(row, dict) else {"pid": row.pid}
    else:
        yield from rows.values()


def _keys(row: Document) -> Iterator[str]:
    yield from (str(row[name]) for name in ("pid", "told", "stub") if row.get(name))
    if whom := named_in(row):
        yield whom
    added = row.get("additions")
    for one in added.values() if isinstance(added, dict) else ():
        if isinstance(one, list) and len(one) > 3:
            yield str(one[3])
