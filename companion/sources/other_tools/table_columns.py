"""Finds what a table's columns hold by their headings, and reads its rows."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from companion.domain.csv_cells import original
from companion.sources.other_tools.notes import ImportedNote, named, readable, texts, when
from companion.sources.other_tools.own_facts import facts_in, listed
from companion.sources.other_tools.person_names import NOBODY, Named, who, who_plainly
from companion.sources.other_tools.table_headings import (
    ALIAS,
    DATE,
    ID,
    MASTODON,
    NAMED,
    NOTE,
    PERSON,
    TAGS,
    TEXT,
    heading,
    names_x,
)

OWN = frozenset({"days you", "days they", "last from them", "last from you"})
"""Headings that only a table of `mutuals export` has."""
FORMULA = "=+-@\t"
"""What makes a cell a formula for a spreadsheet; an apostrophe before it, as tools write it, is taken off again."""
ID_DIGITS = 6
"""An "id" of fewer digits is the number of the line in somebody's own list: X's ids have been longer since 2006."""

HANDLE = 15
"""Characters of the longest handle that X gives; more digits are an id."""

_DASHES = re.compile(r":?-{2,}:?")
_TAG_ENDS = re.compile(r"[,;|\n、，；]")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table has what; None or empty for what it does not have.

    Attributes:
        people: the columns that may name the person, the best first.
        named: columns that name the person only by an @name or a link.
        mastodon: whether the people's are addresses of Mastodon.
        own: heading -> column of a table of `mutuals export`; None for any other.
        listed: whether the id's heading may also be that of a list's numbers.
        called: whether the id's heading is one under which people write handles too, such as "Twitter ID".
    """

    people: list[int]
    named: list[int]
    id: int | None
    notes: list[int]
    tags: int | None
    alias: int | None
    date: int | None
    mastodon: bool
    own: dict[str, int] | None
    listed: bool
    called: bool

    @classmethod
    def of(cls, row: Sequence[str]) -> Columns | None:
        """Return the columns by their headings, None if they say too little."""
        headings = [heading(cell) for cell in row]
        if OWN.issubset(headings):
            return cls._of_own(row)
        people, named = _all(headings, PERSON), _all(headings, NAMED)
        mastodon = _column(headings, MASTODON if people else {*MASTODON, "address"})
        if mastodon is not None:
            people, named = [mastodon], []
        notes = _all(headings, NOTE) or [headings.index(name) for name in TEXT if name in headings][:1]
        id, tags, alias, date = (_column(headings, names) for names in (ID, TAGS, ALIAS, DATE))
        if not (people or named or id is not None) or not (notes or tags is not None or alias is not None):
            return None
        listed = id is not None and row[id].strip().casefold() == "id"
        called = id is not None and names_x(row[id])
        return cls(people, named, id, notes, tags, alias, date, mastodon is not None, None, listed, called)

    @classmethod
    def _of_own(cls, row: Sequence[str]) -> Columns:
        """Return the columns of a table of `mutuals export`, whose headings are its own."""
        own = {cell.strip().lstrip("\ufeff").casefold(): number for number, cell in enumerate(row)}
        people, notes = ([own[name] for name in names if name in own] for names in (("handle", "profile"), ("note",)))
        id, tags, alias = (own.get(name) for name in ("id", "tags", "alias"))
        return cls(people, [], id, notes, tags, alias, None, mastodon=False, own=own, listed=False, called=False)

    @classmethod
    def without_headings(cls, width: int) -> Columns:
        """Return the columns of a table whose first says who, and whose others are notes."""
        notes = list(range(1, width))
        return cls([0], [], None, notes, None, None, None, mastodon=False, own=None, listed=False, called=False)

    @property
    def used(self) -> list[int]:
        """Every column that is read."""
        single = (self.id, self.tags, self.alias, self.date)
        return [*self.people, *self.named, *self.notes, *(column for column in single if column is not None)]

    def fills(self, row: Sequence[str]) -> bool:
        """Return whether a row has anything in a column that is read, and is no line of dashes (Markdown)."""
        cells = [cell for column in self.used if (cell := _cell(row, column, own=False).strip())]
        return any(not _DASHES.fullmatch(cell) for cell in cells)

    def whole(self, row: Sequence[str], width: int, delimiter: str) -> list[str]:
        """Return a row's cells; a last cell of notes takes in what separators in it, typed without quotes, cut off."""
        if self.own is None and width - 1 in self.notes and any(cell.strip() for cell in row[width:]):
            return [*row[: width - 1], delimiter.join(row[width - 1 :])]
        return list(row)

    def note_in(self, row: Sequence[str]) -> ImportedNote:
        """Return what a row says."""
        tags, alias, date = (self._cell(row, column) for column in (self.tags, self.alias, self.date))
        said = [readable(self._cell(row, column)) for column in self.notes]
        note = "\n".join(dict.fromkeys(text for text in said if text))
        id, handle = self._person(row)
        facts = facts_in({name: self._cell(row, column) for name, column in (self.own or {}).items()})
        return ImportedNote(id, handle, note, listed(tags) if self.own else texts(_TAG_ENDS.sub(",", tags)),
                            " ".join(readable(alias).split()) or None, when({"date": date}, "date"), facts)  # fmt: skip

    def _cell(self, row: Sequence[str], column: int | None) -> str:
        return _cell(row, column, own=self.own is not None)

    def _person(self, row: Sequence[str]) -> Named:
        """Return the id and handle of the first column that names somebody, and the id in a column of its own."""
        number = self._number(row)
        for name in (self._cell(row, column) for column in self.people):
            if self.mastodon:
                return number, named(name.strip().removeprefix("@").partition("@")[0])
            person, handle = who(name)
            if person is not None and "/" not in name and len(person) <= HANDLE and person != number:
                person, handle = None, person  # digits under a heading for handles are a handle
            if person is not None or handle is not None:
                return number or person, handle
        plainly = [column for column in (self.id, *self.named) if column is not None]
        told = (
            (who if self.called and column == self.id else who_plainly)(self._cell(row, column)) for column in plainly
        )
        person, handle = next((one for one in told if one != NOBODY), NOBODY)
        if number is None and (person, handle) == NOBODY:
            person, handle = self._linked(row)
        return number or person, handle

    def _linked(self, row: Sequence[str]) -> Named:
        """Return the one person whose profile another column links to, whatever that column is called."""
        others = (cell for column, cell in enumerate(row) if column not in self.used and "/" in cell)
        told = {who_plainly(cell) for cell in others} - {NOBODY}
        return told.pop() if len(told) == 1 else NOBODY

    def _number(self, row: Sequence[str]) -> str | None:
        """Return the id in the column for ids, None for a number that only counts the lines."""
        number = who(self._cell(row, self.id))[0]
        return None if number is None or (self.listed and len(number) < ID_DIGITS) else number


def _column(headings: Sequence[str], names: Collection[str]) -> int | None:
    return next((number for number, name in enumerate(headings) if name in names), None)


def _all(headings: Sequence[str], names: Collection[str]) -> list[int]:
    """Return the columns with one of these headings; those that say "handle" or "user" stand before links."""
    found = [number for number, name in enumerate(headings) if name in names]
    return sorted(found, key=lambda number: headings[number] in ("link", "url", "account", "lien", "enlace"))


def _cell(row: Sequence[str], column: int | None, *, own: bool) -> str:
    """Return a cell without the apostrophe that keeps it from being a formula."""
    value = row[column] if column is not None and column < len(row) else ""
    if own:
        return original(value)
    return value[1:] if len(value) > 1 and value[0] == "'" and value[1] in FORMULA else value
