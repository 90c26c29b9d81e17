"""Exports all data, or some people, as one JSON file that `mutuals import mutuals` reads (docs/export.md).

The file is JSON, and at the same time one person a line, so that it is written and read in little memory however large
the ledger is. Its last line is the SHA-256 of all bytes before it.
"""

from __future__ import annotations

import hashlib
import heapq
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from companion import __version__
from companion.store.documents import Document, Json, Tables, encode_ascii
from companion.store.ledger.dump import Table, rows_by_person, shared_rows, tables_of, viewers_of
from companion.store.notebook.forgotten import TABLE as FORGOTTEN
from companion.store.notebook.forgotten import hashed
from companion.store.readonly import ReadOnlyStores

FORMAT, VERSION = "mutuals-export", 1
SEEN, WRITTEN, SHARED = b'"seen":[\n', b'],"written":[\n', b'],"shared":'
CHECKSUM = b'"checksum":"sha256:'

Part = tuple[str, str, list[Document]]
"""(person, table, rows)."""


class _Sum:
    """Forwards bytes to a writer and computes their SHA-256."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write, self._sha = write, hashlib.sha256()

    def __call__(self, data: bytes) -> None:
        self._sha.update(data)
        self._write(data)

    def hex(self) -> bytes:
        """Return the SHA-256 of the bytes so far, in hexadecimal."""
        return self._sha.hexdigest().encode()


@dataclass(slots=True)
class Counts:
    """How many entries were written of the ledger (``seen``) and of the notebook (``written``)."""

    seen: int = 0
    written: int = 0


def write_json(
    stores: ReadOnlyStores, now: int, write: Callable[[bytes], object], pids: frozenset[str] | None = None
) -> Counts:
    """Write the export.

    Args:
        stores: the stores, open for reading.
        now: epoch seconds, for the heading.
        write: receives the bytes in order.
        pids: only these people; None is everything.
    """
    out, counts = _Sum(write), Counts()
    out(encode_ascii(_heading(stores, now, pids))[:-1] + b",\n" + SEEN)
    counts.seen = _lines(out, _seen(stores, pids))
    out(WRITTEN)
    counts.written = _lines(out, _written(stores.notebook, pids))
    shared = _shared(stores) if pids is None else _forgotten(stores, pids)
    out(SHARED + encode_ascii(shared) + b',"counts":' + encode_ascii({"seen": counts.seen, "written": counts.written}))
    out(b",\n")
    write(CHECKSUM + out.hex() + b'"}\n')
    return counts


def _heading(stores: ReadOnlyStores, now: int, pids: frozenset[str] | None) -> Document:
    viewers: list[Json] = []
    if stores.ledger is not None:
        rows = stores.ledger.execute("select * from viewer order by owner")
        viewers = [{key: row[key] for key in row.keys() if key != "owner" and row[key] is not None} for row in rows]  # noqa: SIM118
    people: list[Json] | None = None if pids is None else [*sorted(pids)]
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_by": f"Mutuals {__version__}",
        "made_at": now,
        "only": people,
        "viewers": viewers,
    }


def _lines(out: Callable[[bytes], object], entries: Iterator[Document]) -> int:
    count = 0
    for entry in entries:
        out((b",\n" if count else b"") + encode_ascii(entry))
        count += 1
    if count:
        out(b"\n")
    return count


def _seen(stores: ReadOnlyStores, pids: frozenset[str] | None) -> Iterator[Document]:
    """Yield one entry per viewer and person with all ledger rows about them."""
    if stores.ledger is None:
        return
    tables = [table for table in tables_of(stores.ledger) if table.personal]
    for owner, viewer in viewers_of(stores.ledger).items():
        for only in sorted(pids) if pids is not None else [None]:
            streams = [_parts(stores.ledger, table, owner, only) for table in tables]
            yield from _joined(viewer, heapq.merge(*streams, key=lambda part: part[0]))


def _parts(connection: sqlite3.Connection, table: Table, owner: int, pid: str | None) -> Iterator[Part]:
    for person, rows in rows_by_person(connection, table, owner, pid):
        yield person, table.name, rows


def _joined(viewer: str, parts: Iterable[Part]) -> Iterator[Document]:
    """Join one person's rows of all tables into one entry."""
    entry: Document = {}
    for pid, table, rows in parts:
        if entry and entry["pid"] != pid:
            yield entry
            entry = {}
        entry = entry or {"viewer": viewer, "pid": pid}
        listed: list[Json] = [{key: value for key, value in row.items() if key != "owner"} for row in rows]
        entry[table] = listed
    if entry:
        yield entry


def _written(tables: Tables, pids: frozenset[str] | None) -> Iterator[Document]:
    """Yield one entry per person with every document of the notebook about them."""
    people: dict[str, Document] = {}
    for name in sorted(tables):
        for doc_id, row in tables[name].items():
            pid = row.get("pid")
            if isinstance(pid, str) and (pids is None or pid in pids) and not name.startswith("_"):
                listed = people.setdefault(pid, {"pid": pid}).setdefault(name, [])
                if isinstance(listed, list):
                    listed.append({"_id": doc_id, **{key: value for key, value in row.items() if key != "pid"}})
    yield from (people[pid] for pid in sorted(people))


def _shared(stores: ReadOnlyStores) -> Document:
    """Return the rows that are about no person: colours of tags, options, lists.

    Tables whose names begin with ``_`` are left out: they describe this folder (its instance and schema).
    """
    notebook: Document = {}
    for name, rows in sorted(stores.notebook.items()):
        listed: list[Json] = [
            {"_id": doc_id, **row} for doc_id, row in rows.items() if not isinstance(row.get("pid"), str)
        ]
        if listed and not name.startswith("_"):
            notebook[name] = listed
    ledger: Document = {}
    if stores.ledger is not None:
        names = viewers_of(stores.ledger)
        for table in tables_of(stores.ledger):
            if not table.personal and table.name != "viewer":
                listed_rows: list[Json] = [_named(row, names) for row in shared_rows(stores.ledger, table)]
                ledger[table.name] = listed_rows
    return {"notebook": notebook, "ledger": ledger}


def _forgotten(stores: ReadOnlyStores, pids: frozenset[str]) -> Document:
    """Return the acts of forgetting these people, without which what was written since would count as older."""
    whom = {hashed(pid) for pid in pids}
    rows = stores.notebook.get(FORGOTTEN, {})
    listed: list[Json] = [{"_id": doc_id, **row} for doc_id, row in rows.items() if row.get("who") in whom]
    return {"notebook": {FORGOTTEN: listed}} if listed else {}


def _named(row: Document, names: dict[int, str]) -> Document:
    """Return a row with the viewer's key instead of its number, which is valid in this ledger only."""
    owner = row.get("owner")
    rest = {key: value for key, value in row.items() if key != "owner"}
    return {**rest, "viewer": names.get(owner, "")} if isinstance(owner, int) else rest
