"""Merges the notebook of an export into one that holds data, as one step that `mutuals import undo` reverts."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from companion.domain.handles import is_id
from companion.export.json_format.forgetting import Acts
from companion.sources.other_tools.match_person import match_person
from companion.sources.other_tools.merging import CONFLICT, DONE, NEW, RUNS, SAME, Merged, NotesImport, Outcome
from companion.sources.other_tools.notes import ImportedNote
from companion.store.documents import Document, Tables
from companion.store.faces import TABLE as FACES
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.asides import APART, PAUSED
from companion.store.notebook.forgotten import TABLE as FORGOTTEN
from companion.store.notebook.index import OPS, VERSIONS
from companion.store.notebook.kinds.fields import named_in
from companion.store.notebook.kinds.kind import all_kinds
from companion.store.notebook.named_rows import KEYS
from companion.store.notebook.notebook import Notebook

TOOL = "an export of Mutuals"
LEFT = frozenset({OPS, RUNS, DONE, PAUSED, APART, VERSIONS, FORGOTTEN})
"""Tables that mean nothing in another folder (write ids, undos, paused operations) or are taken in separately."""
NUMBERED = frozenset({"looks", FACES})
"""Tables whose rows are referred to by their id."""
NAMES = KEYS
"""Table -> the field by which its rows are unique; a row that exists here is kept."""

BLANK: dict[str, Document] = {"note": {"text": ""}, "tags": {"tags": []}, "alias": {"alias": ""}}
"""Kind that `mutuals import undo` restores -> the body of a document that did not exist."""


@dataclass(slots=True)
class NotebookMerge:
    """One merge; see `companion.export.json_format.importing.merge_export`.

    Attributes:
        notebook: the notebook to merge into.
        ledger: resolves handles to ids.
        importing: records the run, for the undo.
        known: the user's accounts that were known here before.
        acts: the acts of forgetting that each side knew.
        run: id of this merge for the undo.
    """

    notebook: Notebook
    ledger: Ledger
    importing: NotesImport
    known: frozenset[str]
    acts: Acts
    run: str = field(default_factory=lambda: secrets.token_hex(8))

    def merge(self, tables: Tables, name: str) -> Merged:
        """Write the union of both notebooks, all or nothing.

        Args:
            tables: the export's tables, each document validated.
            name: the name of the export's file.
        """
        with self.notebook.batch():
            apart = self._keep_apart(tables)
            self._others(tables)
            people = [self._person(pid, documents, apart) for pid, documents in _by_person(tables).items()]
            merged = Merged(TOOL, [person for person in people if person is not None], [])
            if any(person.outcome != SAME for person in merged.people):
                self.importing.note_run(name, TOOL, self.run)
                merged.run = self.run
        return merged

    def _keep_apart(self, tables: Tables) -> frozenset[str]:
        """Separate the notes of new accounts that the export separates; return all accounts with separate notes."""
        asides = self.notebook.asides
        for row in tables.get(APART, {}).values():
            if row.get("viewer") not in self.known:
                asides.keep_apart(str(row["viewer"]), on=True)
        return asides.apart()

    def _person(self, told: str, documents: dict[str, list[Document]], apart: frozenset[str]) -> Outcome | None:
        """Merge one person's documents; return what came of their note, tags and alias, None if there are none."""
        pid = self._place(told)
        if not self.acts.brings(told, pid):
            return None
        rows = {
            name: [(0, _placed(row, pid, apart)) for row in listed if self.acts.brings(*filter(None, [named_in(row)]))]
            for name, listed in documents.items()
        }
        taken = [taken for taken in self.notebook.unite(pid, rows).taken if taken.kind in BLANK]
        for change in taken:
            done: Document = {"pid": pid, "run": self.run, "kind": change.kind, "rev": change.rev, "base": change.base}
            before = BLANK[change.kind] if change.before is None else change.before
            self.notebook.table(DONE).insert({**done, "before": before})
        if not BLANK.keys() & documents.keys():
            return None
        return Outcome(pid, None, CONFLICT if any(one.beside for one in taken) else NEW if taken else SAME)

    def _others(self, tables: Tables) -> None:
        """Add the rows of the features' own tables that are not here yet."""
        for name in sorted(tables.keys() - all_kinds().keys() - LEFT):
            table = self.notebook.table(name)
            page = [dict(row) for row in table.all()]
            for doc_id, document in tables[name].items():
                told = document.get("pid")
                row = {**document, "pid": self._place(told)} if isinstance(told, str) else document
                if isinstance(told, str) and not self.acts.brings(told, self._place(told)):
                    continue
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
