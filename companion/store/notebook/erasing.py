"""Computes the changes that erase a person, or what is kept apart for an account, from the tables (pure)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from companion.operations.members import Members
from companion.operations.register import Register
from companion.settings import Settings
from companion.store.documents import Document, Tables
from companion.store.journal.lines import Change
from companion.store.journal.stored_rows import last_id
from companion.store.notebook.asides import APART
from companion.store.notebook.entries import ADDITIONS, TOLD, Entry, entries, told_under
from companion.store.notebook.index import OPS, VERSIONS, body_of
from companion.store.notebook.kinds.fields import named_in
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.tags import names
from companion.store.notebook.lines import OUTGOING, STATEMENTS
from companion.store.notebook.rewriting import rewrite_members, rewrite_register
from companion.store.notebook.tags import TABLE as COLOURS

CONTENT_ID = re.compile(r"[0-9a-f]{24}")
"""What `entries.content_id` gives."""
NUMBERS: Mapping[str, tuple[str, ...]] = {OPS: ("op",), OUTGOING: ("n", "op")}
"""Table -> the fields that stay of a row about a forgotten person: they name nobody, and numbers have no holes."""


def stubs_of(tables: Tables, pid: str) -> set[str]:
    """Return the stubs that turned out to be a person."""
    return {str(row["stub"]) for row in tables.get(STATEMENTS, {}).values() if row.get("pid") == pid}


def erasure_changes(
    tables: Tables, keys: Collection[str], kinds: Mapping[str, Kind], settings: Settings
) -> list[Change]:
    """Return the changes after which no table holds anything about a person.

    Of an op only its id stays, which names nobody, so that a late repeat of a forgotten write is not applied again.
    The colours of tags that no other person has are removed too.

    Args:
        tables: the notebook's tables, or those of a copy.
        keys: the person's keys; what was written under one of them goes also where it is somebody else's by now.
        kinds: every kind by name.
        settings: how long a joined text may be.
    """
    changes = [change for key in sorted(keys) for change in _without(tables, "pid", key)]
    for name in (STATEMENTS, OUTGOING):
        only = {doc_id: row for doc_id, row in tables.get(name, {}).items() if row.get("pid") not in keys}
        changes += [change for key in sorted(keys) for change in _without({name: only}, "stub", key)]
    changes += _remembered(tables, keys)
    changes += _naming(tables, keys)
    changes += _elsewhere(tables, keys, kinds, settings)
    if changes:
        lonely = _lonely_colours(tables, keys)
        if lonely:
            changes.append(Change(COLOURS, removed=lonely))
    return changes


def part_changes(tables: Tables, viewer: str) -> list[Change]:
    """Return the changes after which no table holds what was kept apart for an account."""
    return _without(tables, "apart", viewer) + _without({APART: tables.get(APART, {})}, "viewer", viewer)


def _without(tables: Tables, field: str, value: str) -> list[Change]:
    changes = []
    for name, rows in tables.items():
        theirs = [doc_id for doc_id, row in rows.items() if row.get(field) == value]
        if theirs and name in NUMBERS:
            stays = [(doc_id, {key: rows[doc_id][key] for key in NUMBERS[name]}) for doc_id in theirs]
            changes.append(Change(name, put=stays))
        elif theirs:
            changes.append(Change(name, removed=theirs))
    return changes


def _remembered(tables: Tables, keys: Collection[str]) -> list[Change]:
    """Return the changes that keep the ids of others' writes too: a browser may hand one of them over here later.

    An id that was made from a text is not kept.
    """
    told = (row.get("op") for rows in tables.values() for row in rows.values() if row.get("pid") in keys)
    known = {row.get("op") for row in tables.get(OPS, {}).values()}
    new = {op for op in told if isinstance(op, str) and not CONTENT_ID.fullmatch(op)} - known
    free = max(tables.get(OPS, {}), default=0) + 1
    return [Change(OPS, put=[(free + place, {"op": op}) for place, op in enumerate(sorted(new))])] if new else []


def _naming(tables: Tables, keys: Collection[str]) -> list[Change]:
    """Return the changes that take away other people's documents that name the person, such as who sent whom."""
    changes = []
    for name, rows in tables.items():
        naming = [doc_id for doc_id, row in rows.items() if named_in(row) in keys and row.get("pid") not in keys]
        if naming and name in NUMBERS:
            stays = [(doc_id, {key: rows[doc_id][key] for key in NUMBERS[name]}) for doc_id in naming]
            changes.append(Change(name, put=stays))
        elif naming:
            changes.append(Change(name, removed=naming))
    return changes


def _elsewhere(tables: Tables, keys: Collection[str], kinds: Mapping[str, Kind], settings: Settings) -> list[Change]:
    """Return the changes that take what was written under the keys out of other people's documents."""
    free, changes = last_id(tables.get(VERSIONS, {})) + 1, list[Change]()
    for pid in sorted(with_told(tables, keys, kinds)):
        rows = {
            name: [(doc_id, row) for doc_id, row in tables.get(name, {}).items() if row.get("pid") == pid]
            for name in (*kinds, VERSIONS)
        }
        for entry in entries(rows, kinds).values():
            told = _without_told(entry, keys, settings, free)
            free += sum(len(change.put) for change in told)
            changes += told
    return changes


def with_told(tables: Tables, keys: Collection[str], kinds: Mapping[str, Kind]) -> set[str]:
    """Return the others about whom there is something that was written under one of the keys."""
    found = set[str]()
    for name in (*kinds, VERSIONS):
        for row in tables.get(name, {}).values():
            if (TOLD in row or ADDITIONS in row) and told_under(row, keys) and row.get("pid") not in keys:
                found.add(str(row.get("pid")))
    return found


def _without_told(entry: Entry, keys: Collection[str], settings: Settings, free: int) -> list[Change]:
    """Return the changes of one entry; new versions get ids from ``free`` on."""
    present = [entry.present[0]] if entry.present else []
    if entry.kind.members:
        members: Members = entry.members()
        living = {key: one for key, one in members.additions.items() if one.told not in keys}
        rewrite = rewrite_members(entry, replace(members, additions=living))
        rewrite.put = [put for put in rewrite.put if put[0] != VERSIONS]
        rewrite.removed, shows = [doc_id for doc_id, _ in entry.versions], True
    else:
        register = entry.register()
        stays = [one for one in register.operations.values() if one.told not in keys]
        left = Register.of(stays, register.past).kept(entry.kind.versions)
        rewrite, shows = rewrite_register(entry, left, settings), bool(left.shown())
    changes = [] if shows or not present else [Change(entry.kind.name, removed=present)]
    changes += [Change(VERSIONS, removed=rewrite.removed)] if rewrite.removed else []
    for place, (table, doc_id, row) in enumerate(rewrite.put):
        changes.append(Change(table, put=[(free + place if doc_id is None else doc_id, row)]))
    return changes


def _lonely_colours(tables: Tables, keys: Collection[str]) -> list[int]:
    """Return the ids of the colours of tags that only this person had."""
    page, elsewhere = set[str](), set[str]()
    for name, row in _tag_rows(tables):
        (page if row.get("pid") in keys else elsewhere).add(name)
    lonely = page - elsewhere
    return [doc_id for doc_id, row in tables.get(COLOURS, {}).items() if str(row["name"]).casefold() in lonely]


def _tag_rows(tables: Tables) -> Iterator[tuple[str, Document]]:
    versions = (row for row in tables.get(VERSIONS, {}).values() if row.get("kind") == "tags")
    for row in (*tables.get("tags", {}).values(), *versions):
        for name in names(body_of(row)) if "tags" in body_of(row) else ():
            yield name.casefold(), row
