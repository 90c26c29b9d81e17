"""Merges what an export has in its notebook into one that holds something already, as one step that undo takes back."""

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
"""Tables that mean nothing elsewhere (writes done, undos, what is paused), and those that are merged by themselves."""
NUMBERED = frozenset({"looks"})
"""Tables whose rows are found by their number."""
NAMES = {"colours": "name", "circles": "id"}
"""Tables of which one row for each of these is enough; it stays as it is here."""


BLANK: dict[str, Document] = {"note": {"text": ""}, "tags": {"tags": []}, "alias": {"alias": ""}}


@dataclass(slots=True)
class WrittenUnion:
    """One merge; see `companion.export.json_format.importing.merge_export`.

    Attributes:
        notebook: where it goes.
        ledger: who is who.
        importing: joins what stands against another text here.
        known: the user's accounts that were known here before.
        run: names this merge for the undo.
    """

    notebook: Notebook
    ledger: Ledger
    importing: NotesImport
    known: frozenset[str]
    run: str = field(default_factory=lambda: secrets.token_hex(8))
    _new: set[str] = field(default_factory=set)
    """People of whom something came that was not here at all."""

    def merge(self, tables: Tables, name: str) -> Merged:
        """Write the union, whole or not at all.

        Args:
            tables: the export's, each document checked.
            name: the file's.
        """
        with self.notebook.batch():
            apart = self._keep_apart(tables)
            self._others(tables)
            people = _by_person(tables)
            left = [self._person(self._place(pid), told, apart) for pid, told in people.items()]
            noted = [note for note, told in zip(left, people.values(), strict=True) if BESIDE & told.keys()]
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
        """Keep those accounts apart that were and are new here; return all that are kept apart."""
        asides = self.notebook.asides
        for row in tables.get(APART, {}).values():
            if row.get("viewer") not in self.known:
                asides.keep_apart(str(row["viewer"]), on=True)
        return asides.apart()

    def _person(self, pid: str, told: dict[str, list[Document]], apart: frozenset[str]) -> ImportedNote:
        """Unite what is written about a person; return what stands against another text here."""
        rows = {name: [(0, _placed(row, pid, apart)) for row in found] for name, found in told.items()}
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
        """Add the rows of tables that features keep for themselves, as far as they are not here."""
        for name in sorted(tables.keys() - all_kinds().keys() - LEFT):
            table = self.notebook.table(name)
            page = [dict(row) for row in table.all()]
            for doc_id, told in tables[name].items():
                row = {**told, "pid": self._place(str(told["pid"]))} if isinstance(told.get("pid"), str) else told
                if name in NUMBERED and table.get(doc_id=doc_id) is None:
                    table.put(row, doc_id)
                elif name not in NUMBERED and not any(_same(name, row, known) for known in page):
                    table.put(row)
                    page.append(dict(row))

    def _place(self, pid: str) -> str:
        """Return the person's key here: a stub may be known by id by now."""
        if is_id(pid):
            return pid
        return match_person(self.ledger, ImportedNote(None, pid.removeprefix("@")))


def _by_person(tables: Tables) -> dict[str, dict[str, list[Document]]]:
    """Return pid, as in the export -> table -> documents: what is written, with its versions."""
    people: dict[str, dict[str, list[Document]]] = {}
    for name in tables.keys() & {*all_kinds(), VERSIONS}:
        for row in tables[name].values():
            if isinstance(row.get("pid"), str):
                people.setdefault(str(row["pid"]), {}).setdefault(name, []).append(row)
    return dict(sorted(people.items()))


def _placed(row: Document, pid: str, apart: frozenset[str]) -> Document:
    """Return a document under the person's key here, with everybody's where its account is not kept apart."""
    kept = {key: value for key, value in row.items() if key != "apart" or value in apart}
    return {**kept, "pid": pid}


def _same(table: str, row: Document, known: dict[str, object]) -> bool:
    key = NAMES.get(table)
    return str(known.get(key)).casefold() == str(row.get(key)).casefold() if key else known == row
