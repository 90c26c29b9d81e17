"""Merges another tool's notes into the notebook: nothing stored is overwritten, and one undo takes all of it back."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from companion.domain import limits
from companion.domain.dates import local_day
from companion.errors import ConflictError
from companion.machine_zone import MACHINE
from companion.settings import Settings
from companion.sources.other_tools.match_person import match_person, record_identity
from companion.sources.other_tools.merging_facts import BLANKS, Written, added, stored_fact
from companion.sources.other_tools.notes import ImportedNote, Parsed, called
from companion.store.documents import Document, Json
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.forgotten import hashed
from companion.store.notebook.kinds.kind import all_kinds
from companion.store.notebook.notebook import Notebook
from companion.store.notebook.results import LATEST, About

RUNS, DONE = "imported_runs", "imported"
"""Tables of the notebook: one row per run, and one per thing that a run wrote (it goes with its person)."""
NEW, SAME, CONFLICT, SKIPPED = "new", "same", "conflict", "skipped"
NEVER = 0
"""A base revision that nothing stored has, so that the text becomes a version beside the stored one."""


class Outcome(msgspec.Struct):
    """The outcome of one entry.

    Attributes:
        pid: the person.
        handle: as the other tool had it.
        outcome: new (nothing differing was there), same (all of it was there), conflict (something else was there:
            both are kept), skipped (it cannot be kept; ``why`` says it).
        note: the note's text as it would be afterwards, None if it stays as it is.
        tags: the tags as they would be afterwards, None likewise.
        alias: the alias likewise.
        aside: a text that does not fit below the stored note and is kept as a version of it.
        why: for what is skipped.
        facts: kind and body of what is added of a table of Mutuals' own.
        beside: sentences about facts that are not.
    """

    pid: str
    handle: str | None
    outcome: str
    note: str | None = None
    tags: list[str] | None = None
    alias: str | None = None
    aside: str | None = None
    why: str | None = None
    facts: list[Written] = []
    beside: list[str] = []


class Merged(msgspec.Struct):
    """The result of an import, or of its preview (``run`` is None then)."""

    tool: str
    people: list[Outcome]
    problems: list[str]
    run: str | None = None

    def count(self, outcome: str) -> int:
        """Return how many people had this outcome."""
        return sum(person.outcome == outcome for person in self.people)


@dataclass(frozen=True, slots=True)
class NotesImport:
    """One import into one pair of stores.

    Attributes:
        notebook: where the notes go.
        ledger: matches ids and handles to people.
        settings: the limits for texts.
        now: epoch seconds.
        viewer: the account it is written under.
    """

    notebook: Notebook
    ledger: Ledger
    settings: Settings
    now: int
    viewer: str = ""
    _forgotten: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Read once whom the user forgot."""
        object.__setattr__(self, "_forgotten", frozenset(self.notebook.forgotten.acts()))

    def preview(self, parsed: Parsed) -> Merged:
        """Return what `merge` would do; nothing is written."""
        people = [self._outcome(note, pid, parsed.tool) for pid, note in self._placed(parsed.notes).items()]
        problems = list(parsed.problems)
        if parsed.elsewhere:
            problems.append(
                f"The names are from {parsed.elsewhere}: people of the same name on X may be others. Look first."
            )
        told = ((person, words) for person in people for words in (person.why, *person.beside) if words)
        problems += [f"@{person.handle or person.pid}: {words}" for person, words in told]
        return Merged(parsed.tool, people, problems)

    def merge(self, parsed: Parsed, name: str, run: str | None = None) -> Merged:
        """Write what `preview` shows, in one transaction.

        Args:
            parsed: the file's content.
            name: the file's name.
            run: the run that this is a part of; None begins one.
        """
        for note in parsed.notes:
            record_identity(self.ledger, self.notebook, note, self.now)
        merged = self.preview(parsed)
        run = run or secrets.token_hex(8)
        with self.notebook.batch():
            for number, person in enumerate(merged.people):
                for kind, body in _bodies(person):
                    self._write(person.pid, kind, body, (run, number))
                for place, (kind, body) in enumerate(person.facts):
                    self._write_fact(person.pid, kind, body, run, f"import-{run}-{number}-{kind}-{place}")
            if any(person.outcome in (NEW, CONFLICT) for person in merged.people):
                self.note_run(name, parsed.tool, run)
                merged.run = run
        return merged

    def note_run(self, name: str, tool: str, run: str) -> None:
        """Record that a run wrote something, so that it can be undone."""
        row: Document = {"run": run, "name": name, "tool": tool, "at": self.now}
        self.notebook.table(RUNS).insert(row)

    def _placed(self, notes: list[ImportedNote]) -> dict[str, ImportedNote]:
        """Return the entries by person: the file may have somebody under an id and under a handle."""
        by_person: dict[str, ImportedNote] = {}
        for note in notes:
            pid = match_person(self.ledger, note)
            if pid in by_person:
                by_person[pid].join(note)
            else:
                by_person[pid] = msgspec.structs.replace(note)
        return by_person

    def _outcome(self, note: ImportedNote, pid: str, tool: str) -> Outcome:
        person = Outcome(pid, note.handle, SAME)
        about = self.notebook.about(person.pid, self.viewer)
        person.why = _too_long(note, about, self.settings)
        if not self.notebook.knows(pid) and hashed(pid) in self._forgotten:
            person.why = "you forgot them; write something about them by hand first"
        if person.why:
            person.outcome = SKIPPED
            return person
        _add_tags(person, note, about)
        differs = _add_alias(person, note, about, self.settings)
        text = "\n".join(part for part in (note.note, called(note.alias or "") if differs else "") if part)
        heading = f"{local_day(note.at or self.now, MACHINE).isoformat()}, from {tool}:"
        differs = _add_note(person, f"{heading}\n{text}", text, about, self.settings) or differs
        if person.aside and any(
            version.text == person.aside for version in self.notebook.versions(person.pid, self.viewer)
        ):
            person.aside = None
        person.facts, person.beside = added(note.facts, about, self.settings)
        changed = any(part is not None for part in (person.note, person.tags, person.alias, person.aside))
        changed = changed or bool(person.facts)
        person.outcome = CONFLICT if differs and changed else NEW if changed else SAME
        return person

    def _write(self, pid: str, kind: str, body: Document, step: tuple[str, int]) -> None:
        """Write one body and record the one before it, for the undo."""
        run, op = step[0], f"import-{step[0]}-{step[1]}-{kind}"
        if kind == "aside":
            try:
                self.notebook.write(op, "note", pid, body, NEVER, self.now, self.viewer)
            except ConflictError:
                return  # which kept the text as a version: that is what it was written for
            raise AssertionError("a note with another text was stored")
        revision, before = stored_body(self.notebook.about(pid, self.viewer), kind)
        result = self.notebook.write(op, kind, pid, body, revision, self.now, self.viewer)
        row: Document = {"pid": pid, "run": run, "kind": kind, "rev": result.rev, "base": revision, "before": before}
        self.notebook.table(DONE).insert(row)

    def _write_fact(self, pid: str, kind: str, body: Document, run: str, op: str) -> None:
        """Write one fact and record what takes it back."""
        item = op if all_kinds()[kind].many else None
        revision, before = stored_fact(self.notebook.about(pid, self.viewer), kind, item)
        rev = self.notebook.write(op, kind, pid, body, revision or LATEST, self.now, self.viewer).rev
        row: Document = {"pid": pid, "run": run, "kind": kind, "rev": rev, "base": revision, "before": before}
        self.notebook.table(DONE).insert(row)


def _too_long(note: ImportedNote, about: About, settings: Settings) -> str | None:
    if len(note.note) > settings.note_characters:
        return f"the note has {len(note.note):,} characters, more than {settings.note_characters:,}; shorten it first"
    too_many = len({tag.casefold() for tag in (*note.tags, *about.tags)}) > max(limits.TAGS, len(about.tags))
    if too_many or any(len(tag) > settings.tag_characters for tag in note.tags):
        return f"a tag is longer than {settings.tag_characters} characters, or there are more than {limits.TAGS}"
    return None


def _add_tags(person: Outcome, note: ImportedNote, about: About) -> None:
    tags = {tag.casefold(): tag for tag in (*reversed(note.tags), *reversed(about.tags))}
    joined = list(reversed(tags.values()))
    if len(joined) > len(about.tags):
        stored = {tag.casefold() for tag in about.tags}
        person.tags = [*about.tags, *(tag for tag in joined if tag.casefold() not in stored)]


def _add_alias(person: Outcome, note: ImportedNote, about: About, settings: Settings) -> bool:
    """Set the alias where there is none; return whether the note must name it: another one stays, or it is too long."""
    alias = (note.alias or "").strip()
    if not alias or about.alias == alias:
        return False
    if about.alias is None and len(alias) <= settings.alias_characters:
        person.alias = alias
        return False
    return called(note.alias or "") not in (about.note.text if about.note else "")


def _add_note(person: Outcome, dated: str, text: str, about: About, settings: Settings) -> bool:
    """Set the note if there is none, else append to it; return whether another text was stored."""
    if not text or (about.note and text in about.note.text):
        return False
    if about.note is None:
        person.note = text
        return False
    joined = f"{about.note.text}\n\n{dated}"
    if len(joined) <= settings.note_characters:
        person.note = joined
    else:
        person.aside = text
    return True


def _bodies(person: Outcome) -> Iterator[tuple[str, Document]]:
    if person.note is not None:
        yield "note", {"text": person.note}
    if person.tags is not None:
        tags: list[Json] = list(person.tags)
        yield "tags", {"tags": tags}
    if person.alias is not None:
        yield "alias", {"alias": person.alias}
    if person.aside is not None:
        yield "aside", {"text": person.aside}


def stored_body(about: About, kind: str, item: str | None = None) -> tuple[int, Document]:
    """Return the revision and body of what is stored of a kind; a blank body where there is nothing."""
    if item is not None or kind in BLANKS:
        return stored_fact(about, kind, item)
    if kind == "tags":
        tags: list[Json] = list(about.tags)
        return about.tags_rev, {"tags": tags}
    if kind == "alias":
        return about.alias_rev, {"alias": about.alias or ""}
    body: Document = {"text": about.note.text if about.note else ""}
    if about.note and about.note.post:
        body["post"] = about.note.post
    return about.note_rev, body
