"""What the notebook hands out: copies, never the stored documents themselves. Times are epoch seconds UTC."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple, TypedDict

import msgspec

from companion.store.documents import Document, Json

LATEST = -1
"""As the base of a write: on top of whatever is stored, without looking."""

NOTHING_MARKED: Mapping[str, Json] = MappingProxyType({})


class Note(msgspec.Struct, frozen=True):
    """The note about a person; ``viewer`` is the account it was written under, ``post`` the post in view then."""

    text: str
    rev: int
    at: int
    viewer: str | None
    post: str | None


class Version(msgspec.Struct, frozen=True):
    """One text that the note had; ``conflict`` marks one that was refused in favour of another and kept."""

    rev: int
    text: str
    at: int
    viewer: str | None
    conflict: bool = False


class Summary(NamedTuple):
    """What a badge needs of a person; immutable, so the very same object serves every reader.

    Attributes:
        note: whether there is a note.
        tags: the first three.
        alias: the user's own name for them.
        marks: what other kinds add, by their own keys.
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
        versions: how many texts of the note are kept, the present one included.
        others: what further kinds keep, by kind: the body's fields with ``item``, ``rev``, ``at`` and ``viewer``.
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
    """The outcome of a write, which is on the disk.

    Attributes:
        rev: the revision that is stored now.
        at: when it was written, as its writer said.
        repeated: this op was done before; nothing was done again.
        item: which one of many was written, for kinds that keep several per person.
    """

    rev: int
    at: int
    repeated: bool = False
    item: str | None = None


class Found(NamedTuple):
    """A search result: whom, in which kind of thing, and the words around it."""

    pid: str
    where: str
    excerpt: str


class Tag(TypedDict):
    """A tag in use: its name as first written, ``#rrggbb``, and how many people carry it."""

    name: str
    colour: str
    count: int


class Pause(NamedTuple):
    """Sightings of one operation that are paused because X changed its shape."""

    op: str
    since: int
    why: str
