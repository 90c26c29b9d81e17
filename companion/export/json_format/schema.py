"""The schema of an export's ledger rows: one struct per table, against which every entry is checked before merging."""

from __future__ import annotations

from typing import Literal

import msgspec

from companion.domain.handles import is_id
from companion.domain.kinds import KINDS
from companion.domain.sightings import Person, Post
from companion.domain.typed_json import converted, decoded
from companion.errors import SourceError
from companion.export.json_format.reader import Export, rows
from companion.store.documents import Document

FLAGS = frozenset(field.name for field in msgspec.structs.fields(Person) if field.type == bool | None)
"""Profile fields that are yes or no; a row has 1 or 0."""


class PersonRow(msgspec.Struct):
    """A person's row without the profile fields, which `Person` checks."""

    held: int
    fields_at: int
    posts_kept: int
    posts_seen: int
    first_seen: int
    last_seen: int
    handle: str | None = None
    handle_since: int | None = None
    handle_at: int | None = None
    field_times: str | None = None


class FormerRow(msgspec.Struct, forbid_unknown_fields=True):
    """A handle that the person had."""

    hkey: str
    handle: str
    since: int
    until: int


class RelationRow(msgspec.Struct, forbid_unknown_fields=True):
    """One dated statement about a relation flag (follows, blocks, mutes)."""

    field: str
    value: int
    source: str
    at: int


class EventRow(msgspec.Struct, forbid_unknown_fields=True):
    """One interaction between the viewer and the person."""

    direction: Literal["in", "out"]
    kind: str
    ref: str
    partial: int
    automatic: int
    source: str
    at: int | None = None
    last: int | None = None
    gone: int | None = None
    post: str | None = None
    chat: str | None = None


class PostRow(msgspec.Struct, forbid_unknown_fields=True):
    """One post; ``rest`` is a `Post` as JSON."""

    id: str
    seen_at: int
    promoted: int
    rest: str
    at: int | None = None
    text: str | None = None
    pages: int | None = None


class SnapshotRow(msgspec.Struct, forbid_unknown_fields=True):
    """Follower counts and follow flags of one day."""

    day: int
    at: int
    followers: int | None = None
    following: int | None = None
    follows_me: int | None = None
    i_follow: int | None = None


ROW_SCHEMAS: dict[str, type[msgspec.Struct]] = {
    "person": PersonRow, "handle_was": FormerRow, "relation": RelationRow, "event": EventRow, "post": PostRow,
    "snapshot": SnapshotRow,
}  # fmt: skip
"""Table -> struct of its rows, for the tables that are merged."""
NOT_MERGED = frozenset({"badge", "contact_day", "list_member"})
"""Tables that are not merged: they are derived from the others, or belong to one visit only."""


def check_seen(export: Export) -> None:
    """Check every ledger entry, so that nothing is stored of an export with an invalid one.

    Raises:
        SourceError: an entry does not fit the schema, or names an unknown viewer.
    """
    known = {str(viewer.get("name")) for viewer in export.viewers()}
    for entry in export.seen():
        try:
            _check(entry)
        except (msgspec.MsgspecError, TypeError, ValueError) as error:
            words = f"The export has an entry about {str(entry.get('pid'))[:40]} that cannot be read ({error})"
            raise SourceError(f"{words}; nothing was stored.") from error
        if entry.get("viewer") not in known:
            raise SourceError(f"{export.path.name} has people seen by nobody; nothing was stored.")


def _check(entry: Document) -> None:
    pid = str(entry["pid"])
    if not (is_id(pid) or pid.startswith("@")) or " " in pid:
        raise ValueError("neither an id nor a handle")
    if not entry.keys() <= {"viewer", "pid", *ROW_SCHEMAS, *NOT_MERGED}:
        raise ValueError("a table that this Mutuals does not know")
    for name, schema in ROW_SCHEMAS.items():
        converted(entry.get(name, []), list[schema])  # type: ignore[valid-type]  # the struct of this table
    for row in rows(entry.get("person")):
        _check_profile(row)
    for row in rows(entry.get("event")):
        if row["kind"] not in KINDS:
            raise ValueError("an act of no known kind")
    for row in rows(entry.get("post")):
        decoded(str(row["rest"]), Post)


def _check_profile(row: Document) -> None:
    if not row.keys() <= {*PersonRow.__struct_fields__, *Person.__struct_fields__} - {"id", "rich"}:
        raise ValueError("a field that this Mutuals does not know")
    fields: dict[str, object] = {name: row[name] for name in Person.__struct_fields__ if name in row}
    fields.update({name: bool(fields[name]) for name in FLAGS if name in fields})
    links = fields.get("bio_links")
    if isinstance(links, str):
        fields["bio_links"] = msgspec.json.decode(links)
    converted(fields, Person)
    if "field_times" in row:
        decoded(str(row["field_times"]), dict[str, int])
