"""Merges the notebook of an export into one that holds data, as one step that `mutuals import undo` reverts."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import cast

from companion.domain.handles import is_id
from companion.sources.other_tools.match_person import match_person
from companion.sources.other_tools.merging import DONE, NEW, RUNS, SAME, Merged, NotesImport
from companion.sources.other_tools.notes import ImportedNote, Parsed, texts
from companion.store.documents import Document, Tables
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.asides import APART, PAUSED
from companion.store.notebook.index import OPS, VERSIONS, body_of
from companion.store.notebook.kinds.kind import all_kinds
from companion.store.notebook.notebook import Notebook

TOOL = "an export of Mutuals"
BESIDE = frozenset({"note", "tags", "alias"})
LEFT = frozenset({OPS, RUNS, DONE, PAUSED, APART, VERSIONS})
"""Tables that mean nothing in another folder (write ids, undos, paused operations) or are merged separately."""
NUMBERED = frozenset({"looks"})
"""Tables whose rows are referred to by their id."""
NAMES = {"colours": "name", "circles": "id"}
"""Table -> the field by which its rows are unique; a row that exists here is kept."""


BLANK: dict[str, Document] = {"note": {"text": ""}, "tags": {"tags": []}, "alias": {"alias": ""}}


@dataclass(slots=True)
class NotebookMerge:
    """One merge; see `companion.export.json_format.importing.merge_export`.

    Attributes:
        notebook: the notebook to merge into.
        ledger: resolves handles to ids.
        importing: merges documents that differ from those here.
        known: the user's accounts that were known here before.
        run: id of this merge for the undo.
    """

    notebook: Notebook
    ledger: Ledger
    importing: NotesImport
    known: frozenset[str]
    run: str = field(default_factory=lambda: secrets.token_hex(8))
    _new: set[str] = field(default_factory=set)
    """People who got a document that did not exist here."""

    def merge(self, tables: Tables, name: str) -> Merged:
        """Write the union of both notebooks, all or nothing.

        Args:
            tables: the export's tables, each document validated.
            name: the name of the export's file.
        """
        with self.notebook.batch():
            apart = self._keep_apart(tables)
            self._others(tables)
            people = _by_person(tables)
            left = [self._person(self._place(pid), documents, apart) for pid, documents in people.items()]
            noted = [note for note, documents in zip(left, people.values(), strict=True) if BESIDE & documents.keys()]
            together = next((owner for owner in self.ledger.owners() if owner not in apart), "")
            importing = replace(self.importing, viewer=together)
            merged = importing.merge(Parsed(TOOL, noted), name, self.run)
            if self._new and merged.run is None:
                importing.note_run(name, TOOL, self.run)
                merged.run = self.run
        for person in merged.people:
            if person.pid in self._new and person.outcome == SAME:
                person.outcome = NEW
        return merged

    def _keep_apart(self, tables: Tables) -> frozenset[str]:
        """Separate the notes of new accounts that the export separates; return all accounts with separate notes."""
        asides = self.notebook.asides
        for row in tables.get(APART, {}).values():
            if row.get("viewer") not in self.known:
                asides.keep_apart(str(row["viewer"]), on=True)
        return asides.apart()

    def _person(self, pid: str, documents: dict[str, list[Document]], apart: frozenset[str]) -> ImportedNote:
        """Merge one person's documents; return those that differ from a document here, as a note to import."""
        rows = {name: [(0, _placed(row, pid, apart)) for row in listed] for name, listed in documents.items()}
        union = self.notebook.unite(pid, rows, BESIDE)
        for kind, revision, before in union.taken:
            if kind in BESIDE:
                done: Document = {"pid": pid, "run": self.run, "kind": kind, "rev": revision}
                self.notebook.table(DONE).insert({**done, "before": BLANK[kind] if before is None else before})
                self._new.add(pid)
        note = ImportedNote(pid, None) if is_id(pid) else ImportedNote(None, pid.removeprefix("@"))
        for kind, row in union.differing:
            body, note.at = body_of(row), cast("int", row["at"])
            note.note = str(body["text"]) if kind == "note" else note.note
            note.tags = texts(body["tags"]) if kind == "tags" else note.tags
            note.alias = str(body["alias"]) if kind == "alias" else note.alias
        return note

    def _others(self, tables: Tables) -> None:
        """Add the rows of the features' own tables that are not here yet."""
        for name in sorted(tables.keys() - all_kinds().keys() - LEFT):
            table = self.notebook.table(name)
            page = [dict(row) for row in table.all()]
            for doc_id, document in tables[name].items():
                row = (
                    {**document, "pid": self._place(str(document["pid"]))}
                    if isinstance(document.get("pid"), str)
                    else document
                )
                if name in NUMBERED and table.get(doc_id=doc_id) is None:
                    table.put(row, doc_id)
                elif name not in NUMBERED and not any(_same(name, row, known) for known in page):
                    table.put(row)
                    page.append(dict(row))

    def _place(self, pid: str) -> str:
        """Return the person's key in this ledger, which may know a stub's id."""
        if is_id(pid):
            return pid
        return match_person(self.ledger, ImportedNote(None, pid.removeprefix("@")))


def _by_person(tables: Tables) -> dict[str, dict[str, list[Document]]]:
    """Return pid (as in the export) -> table -> documents, versions included."""
    people: dict[str, dict[str, list[Document]]] = {}
    for name in tables.keys() & {*all_kinds(), VERSIONS}:
        for row in tables[name].values():
            if isinstance(row.get("pid"), str):
                people.setdefault(str(row["pid"]), {}).setdefault(name, []).append(row)
    return dict(sorted(people.items()))


def _placed(row: Document, pid: str, apart: frozenset[str]) -> Document:
    """Return a document under the person's key here, shared unless its account's notes are kept apart."""
    fields = {key: value for key, value in row.items() if key != "apart" or value in apart}
    return {**fields, "pid": pid}


def _same(table: str, row: Document, known: dict[str, object]) -> bool:
    key = NAMES.get(table)
    return str(known.get(key)).casefold() == str(row.get(key)).casefold() if key else known == row
