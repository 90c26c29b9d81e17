"""Reads exports that are CSV tables: notes saved from Mastodon, and any table with handle, note and tags."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from companion.domain.csv_cells import original
from companion.errors import SourceError
from companion.sources.other_tools.notes import ImportedNote, Parsed, named, readable, texts, when
from companion.sources.other_tools.person_names import Named, who

HANDLE = (
    "handle",
    "username",
    "user name",
    "user",
    "screen name",
    "twitter",
    "x",
    "profile",
    "profile url",
    "profile link",
    "link",
    "url",
    "account",
)
MASTODON = ("account address", "acct", "address")
NOTE = ("note", "notes", "comment", "private note", "personal note", "memo", "text", "description")
TAGS = ("tags", "tag", "labels", "label")
ALIAS = ("alias", "nickname")
ID = ("id", "user id", "userid")
DATE = ("date", "updated", "updated at", "created", "created at", "at")
OWN = frozenset({"days you", "days they", "last from them", "last from you"})
"""Headings that only a table of `mutuals export` has."""
MOST_CELL = 1_000_000
FORMULA = "=+-@\t"
"""What makes a cell a formula for a spreadsheet; an apostrophe before it, as tools write it, is taken off again."""

_SEPARATOR = re.compile(r'"?sep=(.)"?', re.IGNORECASE)


def read_table(text: str) -> Parsed | None:
    """Read a table with a line of headings; None if it has no column for people, or none for notes, tags or aliases."""
    try:
        rows = list(_rows(text))
    except csv.Error as error:
        raise SourceError(f"The table cannot be read ({error}); nothing of it was stored.") from error
    columns = _Columns.of(rows[0]) if rows else None
    if columns is None:
        return None
    parsed = Parsed("Mastodon", elsewhere="Mastodon") if columns.mastodon else Parsed("a table")
    for number, row in enumerate(rows[1:], 2):
        if any(_cell(row, column, own=False).strip() for column in columns.used):
            parsed.add(columns.note_in(row), f"Line {number}")
    return parsed


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a table has what; None for what it does not have.

    Attributes:
        people: the columns that may name the person, the best first.
        mastodon: whether these hold addresses of Mastodon.
        own: whether it is a table of `mutuals export`.
    """

    people: list[int]
    id: int | None
    note: int | None
    tags: int | None
    alias: int | None
    date: int | None
    mastodon: bool
    own: bool

    @classmethod
    def of(cls, row: Sequence[str]) -> _Columns | None:
        """Return the columns by their headings, None if they say too little."""
        headings = [_heading(cell) for cell in row]
        mastodon = _column(headings, MASTODON)
        people = [headings.index(name) for name in HANDLE if name in headings] if mastodon is None else [mastodon]
        id, note, tags, alias, date = (_column(headings, names) for names in (ID, NOTE, TAGS, ALIAS, DATE))
        if (not people and id is None) or (note is None and tags is None and alias is None):
            return None
        return cls(people, id, note, tags, alias, date, mastodon is not None, OWN.issubset(headings))

    @property
    def used(self) -> list[int]:
        """Every column that is read."""
        single = (self.id, self.note, self.tags, self.alias, self.date)
        return [*self.people, *(column for column in single if column is not None)]

    def note_in(self, row: Sequence[str]) -> ImportedNote:
        """Return what a line says."""
        note, tags, alias, date = (
            _cell(row, column, own=self.own) for column in (self.note, self.tags, self.alias, self.date)
        )
        id, handle = self._person(row)
        return ImportedNote(id, handle, readable(note), _own_tags(tags) if self.own else texts(tags.replace(";", ",")),
                            " ".join(readable(alias).split()) or None, when({"date": date}, "date"))  # fmt: skip

    def _person(self, row: Sequence[str]) -> Named:
        """Return the id and handle of the first column that names somebody, and the id in a column of its own."""
        number = who(_cell(row, self.id, own=self.own))[0]
        for name in (_cell(row, column, own=self.own) for column in self.people):
            if self.mastodon:
                return number, named(name.strip().removeprefix("@").partition("@")[0])
            person, handle = who(name)
            if person is not None and "/" not in name and person != number:
                person, handle = None, named(name)  # digits under a heading for handles are a handle
            if person is not None or handle is not None:
                return number or person, handle
        return number, None


def _heading(cell: str) -> str:
    """Return a heading in plain form: "Twitter_Handle", "X (Twitter) handle" and "handle" are one."""
    words = re.sub(r"[^\w]+|_", " ", cell.lstrip("\ufeff").casefold()).split()
    while len(words) > 1 and words[0] in ("x", "twitter"):
        words = words[1:]
    return " ".join(words)


def _own_tags(cell: str) -> list[str]:
    """Return the tags of a cell as `mutuals export` writes it: "; " between them, quoted where one has that itself."""
    try:
        cells = next(csv.reader([" ".join(cell.split())], delimiter=";", skipinitialspace=True), [])
    except csv.Error:
        return [cell]  # longer than any tag: the import says so
    return list(dict.fromkeys(tag for tag in cells if tag))


def _rows(text: str) -> Iterator[list[str]]:
    before = csv.field_size_limit(MOST_CELL)
    try:
        first, _, rest = text.partition("\n")
        separator = _SEPARATOR.fullmatch(first.strip())  # a line that spreadsheets understand
        text = rest if separator else text
        delimiter = separator[1] if separator else max(",;\t", key=text[:4096].partition("\n")[0].count)
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    finally:
        csv.field_size_limit(before)


def _column(headings: Sequence[str], names: Sequence[str]) -> int | None:
    return next((headings.index(name) for name in names if name in headings), None)


def _cell(row: Sequence[str], column: int | None, *, own: bool) -> str:
    """Return a cell without the apostrophe that keeps it from being a formula."""
    value = row[column] if column is not None and column < len(row) else ""
    if own:
        return original(value)
    return value[1:] if len(value) > 1 and value[0] == "'" and value[1] in FORMULA else value
