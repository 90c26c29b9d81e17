"""The common form of other tools' exports: one note per person, and the problems met while reading."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast

import msgspec

from companion.domain.handles import is_handle, same, without_at
from companion.errors import SourceError
from companion.sources.other_tools.person_names import visible
from companion.sources.times import from_iso, from_milliseconds

MOST_BYTES = 64 * 1024 * 1024
MOST_NOTES = 200_000
MOST_PROBLEMS = 100
Fields = Mapping[str, object]
Fact = tuple[str, dict[str, object]]
"""Kind of document and its body, not validated."""


class ImportedNote(msgspec.Struct, omit_defaults=True):
    """Another tool's note about one person; ``id`` or ``handle`` (no @) is present. ``at`` is epoch seconds."""

    id: str | None = None
    handle: str | None = None
    note: str = ""
    tags: list[str] = []
    alias: str | None = None
    at: int | None = None
    facts: list[Fact] = []

    @property
    def empty(self) -> bool:
        """Whether it has no text, tags, alias or facts."""
        return not (self.note.strip() or self.tags or self.alias or self.facts)

    def join(self, other: ImportedNote) -> None:
        """Add another entry about the same person: texts below each other, each tag once, a second alias as text."""
        self._add_text(other.note)
        if other.alias and self.alias and other.alias != self.alias:
            self._add_text(called(other.alias))
        self.tags = list(dict.fromkeys([*self.tags, *other.tags]))
        self.facts = [*self.facts, *(fact for fact in other.facts if fact not in self.facts)]
        self.alias = self.alias or other.alias
        self.handle = self.handle or other.handle
        self.at = max((at for at in (self.at, other.at) if at), default=None)

    def _add_text(self, text: str) -> None:
        if text and text not in self.note:
            self.note = f"{self.note}\n\n{text}" if self.note else text


class Parsed(msgspec.Struct):
    """The content of one file.

    Attributes:
        tool: which tool's export it is, in its own name.
        notes: one entry per person.
        problems: sentences about what could not be used.
        elsewhere: the site that the names are from, if not X (Reddit, Mastodon); on X they may be other people.
    """

    tool: str
    notes: list[ImportedNote] = []
    problems: list[str] = []
    elsewhere: str | None = None

    def add(self, note: ImportedNote, where: str) -> None:
        """Add one entry, or a problem if it names nobody."""
        if note.id is None and note.handle is None:
            self.trouble(f"{where} names nobody that could be on X; it was left out.")
        elif not note.empty:
            if len(self.notes) >= MOST_NOTES:
                raise SourceError(f"The file has more than {MOST_NOTES:,} notes; nothing of it was stored.")
            self.notes.append(note)

    def trouble(self, words: str) -> None:
        """Add a problem; only the first hundred are kept."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(words)


def called(alias: str) -> str:
    """Return what a note says of an alias that another one stands in the place of."""
    return f"Called “{alias}” there."


def named(name: object) -> str | None:
    """Return a handle given in a field of its own, which may be all digits; None for anything else."""
    bare = without_at(visible(name)) if isinstance(name, str) else ""
    return bare if is_handle(bare) else None


def text_of(fields: Fields, *names: str) -> str:
    """Return the first of the fields that has text, without control characters."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            return readable(value)
    return ""


_BREAKS = str.maketrans(dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n"))
"""What slides, Word and terminals write for a line break."""


def readable(text: str) -> str:
    """Return text with uniform line ends and without control characters and halves of characters."""
    text = text.replace("\r\n", "\n").translate(_BREAKS)
    characters = (
        c for c in text if c in "\n\t" or not ("\ud800" <= c <= "\udfff" or ord(c) < 32 or 127 <= ord(c) < 160)
    )
    return "".join(characters).strip()


def when(fields: Fields, *names: str) -> int | None:
    """Return the first of the fields that is a date: ISO 8601, or milliseconds since 1970."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, str):
            moment = from_iso(value)
        else:
            whole = isinstance(value, int) and not isinstance(value, bool)
            moment = from_milliseconds(cast("int", value)) if whole else None
        if moment is not None:
            return moment
    return None


def fields_of(value: object) -> Fields:
    """Return a JSON object's fields; an empty mapping for anything else."""
    return cast("Fields", value) if isinstance(value, dict) else {}


def texts(value: object) -> list[str]:
    """Return the texts in a list; a text alone is split at commas."""
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list):
        return []
    cleaned = (" ".join(readable(item).split()) for item in value if isinstance(item, str))
    return list(dict.fromkeys(item for item in cleaned if item))


def json_of(data: bytes) -> object:
    """Return decoded JSON.

    Raises:
        ValueError: It is not JSON, or nested too deeply.
    """
    try:
        return json.loads(data.decode("utf-8-sig"))
    except RecursionError:
        raise ValueError("nested too deeply") from None


def same_person(first: ImportedNote, second: ImportedNote) -> bool:
    """Tell whether two entries are about one person."""
    if first.id and second.id:
        return first.id == second.id
    return same(first.handle, second.handle)
