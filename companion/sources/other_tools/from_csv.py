"""Reads exports that are CSV tables: notes saved from Mastodon, and any table with handle, note and tags."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from companion.errors import SourceError
from companion.sources.other_tools.notes import ImportedNote, Parsed, named, readable, texts, when, who

HANDLE = (
    "handle",
    "username",
    "user",
    "screen name",
    "screen_name",
    "twitter",
    "x",
    "profile",
    "link",
    "url",
    "account",
)
MASTODON = ("account address", "acct", "address")
NOTE = ("note", "notes", "comment", "private note", "personal note", "memo", "text", "description")
TAGS = ("tags", "tag", "labels", "label")
ALIAS = ("alias", "nickname")
ID = ("id", "user id", "user_id", "userid")
DATE = ("date", "updated", "updated_at", "created", "created_at", "at")
MOST_CELL = 1_000_000
FORMULA = "=+-@\t"
"""What makes a cell a formula for a spreadsheet; an apostrophe before it, as Mutuals writes it, is taken off again."""


def read_table(text: str) -> Parsed | None:
    """Read a table with a line of headings; None if it has no column for people, or none for notes, tags or aliases."""
    try:
        rows = list(_rows(text))
    except csv.Error as error:
        raise SourceError(f"The table cannot be read ({error}); nothing of it was stored.") from error
    if not rows:
        return None
    headings = [heading.strip().lstrip("\ufeff").casefold() for heading in rows[0]]
    mastodon, handle, id = _column(headings, MASTODON), _column(headings, HANDLE), _column(headings, ID)
    note, tags, alias = _column(headings, NOTE), _column(headings, TAGS), _column(headings, ALIAS)
    person = mastodon if mastodon is not None else handle if handle is not None else id
    if person is None or (note is None and tags is None and alias is None):
        return None
    parsed = Parsed("Mastodon", elsewhere="Mastodon") if mastodon is not None else Parsed("a table")
    for number, row in enumerate(rows[1:], 2):
        cells = [_cell(row, column) for column in (person, id, note, tags, alias, _column(headings, DATE))]
        if any(cells):
            parsed.add(_note(cells, mastodon=mastodon is not None), f"Line {number}")
    return parsed


def _note(cells: Sequence[str], *, mastodon: bool) -> ImportedNote:
    name, id, note, tags, alias, date = cells
    found_id, handle = (None, named(name.strip().removeprefix("@").partition("@")[0])) if mastodon else who(name)
    if found_id is not None and found_id != id.strip():
        found_id, handle = None, named(name)  # digits under a heading for handles are a handle
    listed = texts(tags.replace(";", ","))
    number = who(id)[0] if id else found_id
    return ImportedNote(number, handle, readable(note), listed, " ".join(readable(alias).split()) or None,
                     when({"date": date}, "date"))  # fmt: skip


def _rows(text: str) -> Iterator[list[str]]:
    before = csv.field_size_limit(MOST_CELL)
    try:
        head = text[:4096]
        delimiter = max(",;\t", key=head.partition("\n")[0].count)
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    finally:
        csv.field_size_limit(before)


def _column(headings: Sequence[str], names: Sequence[str]) -> int | None:
    return next((headings.index(name) for name in names if name in headings), None)


def _cell(row: Sequence[str], column: int | None) -> str:
    value = row[column] if column is not None and column < len(row) else ""
    return value[1:] if len(value) > 1 and value[0] == "'" and value[1] in FORMULA else value
