"""Result types of the notebook: copies, never the stored documents themselves; times are epoch seconds UTC."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple, TypedDict

import msgspec

from companion.store.documents import Document, Json

LATEST = -1
"""Base of a write that replaces whatever is stored, without a check for conflicts."""

NOTHING_MARKED: Mapping[str, Json] = MappingProxyType({})


class Note(msgspec.Struct, frozen=True):
    """The note about a person.

    Attributes:
        text: the text.
        rev: its revision.
        at: when it was written.
        viewer: the account it was written under.
        post: the post in view then.
        by: the device that wrote it, None for this one, or where several texts are joined.
    """

    text: str
    rev: int
    at: int
    viewer: str | None
    post: str | None
    by: str | None = None


class Version(msgspec.Struct, frozen=True):
    """One version of the note; ``conflict`` marks a refused one that was stored beside the accepted one.

    ``by`` is the device that wrote it, None for this one.
    """

    rev: int
    text: str
    at: int
    viewer: str | None
    conflict: bool = False
    by: str | None = None


class Summary(NamedTuple):
    """The summary of a person for a badge; immutable, so that all readers share one object.

    Attributes:
        note: whether there is a note.
        tags: the first three.
        alias: the user's own name for them.
        marks: fields that other kinds add, by their own keys.
        known: whether anything at all is written about them.
    """

    note: bool = False
    tags: tuple[str, ...] = ()
    alias: str | None = None
    marks: Mapping[str, Json] = NOTHING_MARKED
    known: bool = False


class About(msgspec.Struct, frozen=True):
    """Everything that is written about a person.

    Attributes:
        pid: the person.
        note: the note, None if there is none or it was cleared.
        note_rev: the note's revision, also when it was cleared; 0 if there never was one. The same for tags and alias.
        versions: how many versions of the note are stored, the present one included.
        others: kind -> documents of the further kinds: the body's fields with ``item``, ``rev``, ``at`` and ``viewer``.
    """

    pid: str
    note: Note | None
    note_rev: int
    versions: int
    tags: list[str]
    tags_rev: int
    alias: str | None
    alias_rev: int
    others: dict[str, list[Document]]


class Result(msgspec.Struct, frozen=True):
    """The outcome of a durable write.

    Attributes:
        rev: the stored revision.
        at: when it was written, as its client gave it.
        repeated: whether this op had been applied before; then nothing was changed.
        item: id of the written item, for kinds with several per person.
    """

    rev: int
    at: int
    repeated: bool = False
    item: str | None = None


class SearchHit(NamedTuple):
    """A search result: the person, the kind of document, and an excerpt around the match."""

    pid: str
    where: str
    excerpt: str


class Tag(TypedDict):
    """A tag in use: its name as first written, its colour ``#rrggbb``, and how many people have it."""

    name: str
    colour: str
    count: int


class Pause(NamedTuple):
    """An operation of X's page whose sightings are paused because X changed their format."""

    op: str
    since: int
    why: str
