"""Takes an export in: into empty stores exactly, into others by merging, where nothing stored is overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import msgspec

from companion.errors import BodyError, ConflictError, SourceError
from companion.handles import is_id
from companion.seen import take
from companion.settings import Settings
from companion.sources.rivals.merging import NEVER, Merged, NotesImport
from companion.sources.rivals.notes import Parsed, RivalNote, texts
from companion.sources.sightings import Interaction, Person, Post, Relation, Understanding
from companion.store.documents import Document
from companion.store.kinds import all_kinds
from companion.store.ledger import Ledger
from companion.store.notebook import Notebook
from companion.stores import Stores
from companion.wayout.exported import Export, rows

TOOL = "an export of Mutuals"
OP = "archive:export"
"""Like an archive: it shows nothing about when inbound contact could have been seen."""
MERGED_KINDS = "note", "tags", "alias"


class TakenIn(msgspec.Struct):
    """What taking an export in did: people seen and written, and the merge of notes if the stores were not empty."""

    seen: int = 0
    written: int = 0
    merged: Merged | None = None


def is_empty(stores: Stores) -> bool:
    """Tell whether the stores hold nothing of the user's yet."""
    return not stores.ledger.owners() and not stores.notebook.people()


def merge_export(export: Export, stores: Stores, settings: Settings, now: int) -> TakenIn:
    """Merge an export into stores that hold something already.

    What was seen is recorded as if it were seen again at its own time; notes, tags and aliases are merged as those of
    other tools (and `mutuals import undo` takes them back); other things the user wrote are added where nothing is.
    """
    taken = TakenIn()
    for entry in export.seen():
        _record(entry, export, stores.ledger, stores.notebook, now)
        taken.seen += 1
    notes, others = [], []
    for entry in export.written():
        taken.written += 1
        notes.append(_note(entry))
        others.append(entry)
    viewer = next(iter(stores.ledger.owners()), "")
    importing = NotesImport(stores.notebook, stores.ledger, settings, now, viewer)
    taken.merged = importing.merge(Parsed(TOOL, [note for note in notes if not note.empty]), export.path.name)
    for entry in others:
        _write_others(entry, stores.notebook, now)
    return taken


def _note(entry: Document) -> RivalNote:
    pid = str(entry["pid"])
    note = RivalNote(pid, None) if is_id(pid) else RivalNote(None, pid.removeprefix("@"))
    for row in rows(entry.get("note")):
        note.note, note.at = str(_body(row).get("text") or ""), cast("int", row.get("at"))
    for row in rows(entry.get("tags")):
        note.tags = texts(_body(row).get("tags"))
    for row in rows(entry.get("alias")):
        note.alias = str(_body(row).get("alias") or "") or None
    return note


def _write_others(entry: Document, notebook: Notebook, now: int) -> None:
    """Write what further kinds keep; what is there already stays, and the other is kept as a version of it."""
    pid = str(entry["pid"])
    for name in sorted(set(entry) & set(all_kinds()) - set(MERGED_KINDS)):
        for row in rows(entry[name]):
            item, viewer = row.get("item"), str(row.get("viewer") or "")
            body: dict[str, object] = {**_body(row), **({"item": item} if item else {})}
            op = f"export-{pid}-{name}-{row.get('_id')}-{row.get('at')}"
            try:
                notebook.write(op[:200], name, pid, body, NEVER, cast("int", row.get("at")) or now, viewer)
            except ConflictError:
                continue  # which kept it as a version
            except BodyError as error:
                raise SourceError(f"The export has a {name} that cannot be kept: {error.message}") from error


def _body(row: Document) -> Document:
    body = row.get("body")
    return body if isinstance(body, dict) else {}


def _record(entry: Document, export: Export, ledger: Ledger, notebook: Notebook, now: int) -> None:
    viewer, pid = str(entry.get("viewer")), str(entry["pid"])
    handle = next((str(row.get("handle")) for row in export.viewers() if row.get("name") == viewer), None)
    shown = None if handle in (None, "None") else handle
    owner = ledger.owner_for(viewer if is_id(viewer) else None, shown or viewer.removeprefix("@"), now)
    try:
        told = _understood(entry, pid)
    except (msgspec.MsgspecError, TypeError, ValueError) as error:
        raise SourceError(f"The export has an entry about {pid} that cannot be read; it ended there.") from error
    last = next((row.get("last_seen") for row in rows(entry.get("person"))), None)
    take(ledger, notebook, owner, told, min(last, now) if isinstance(last, int) else now)


def _understood(entry: Document, pid: str) -> Understanding:
    """Return an entry's rows as a source's sightings."""
    told = Understanding(op=OP)
    id, stub = (pid, None) if is_id(pid) else (None, pid.removeprefix("@"))
    for row in rows(entry.get("person")):
        fields: dict[str, object] = {name: row[name] for name in Person.__struct_fields__ if name in row}
        for name in ("protected", "verified", "blue", "default_avatar", "automated"):
            fields[name] = bool(fields[name]) if name in fields else None
        links = fields.get("bio_links")
        fields["bio_links"] = msgspec.json.decode(links) if isinstance(links, str) else None
        told.people.append(msgspec.convert({**fields, "id": id, "handle": row.get("handle") or stub}, Person))
    relation = {str(row.get("field")): row.get("value") for row in rows(entry.get("relation"))}
    if relation:
        counted = relation.pop("mutuals_shown", None)
        flags = {name: bool(value) for name, value in relation.items()}
        told.relations.append(msgspec.convert({"id": id, "handle": stub, "mutuals_shown": counted, **flags}, Relation))
    for row in rows(entry.get("post")):
        post = msgspec.json.decode(str(row.get("rest")), type=Post)
        told.posts.append(msgspec.structs.replace(post, text=row.get("text"), promoted=bool(row.get("promoted"))))
    for row in rows(entry.get("event")):
        told.interactions += _interactions(row, id, stub)
    return told


def _interactions(row: Document, id: str | None, handle: str | None) -> Iterator[Interaction]:
    """Give one stored act as what was seen of it: done, done again, undone."""
    parts = ("direction", "kind", "ref", "source", "post", "chat")
    act: dict[str, object] = {name: row[name] for name in parts if row.get(name)}
    act |= {"id": id, "handle": handle, "partial": bool(row.get("partial")), "automatic": bool(row.get("automatic"))}
    for name in ("at", "last", "gone"):
        if row.get(name) is not None:
            yield msgspec.convert({**act, "at": row[name], "removed": name == "gone"}, Interaction)
