"""Reads exports that are CSV tables: notes saved from Mastodon, and any table with handle, note and tags."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from companion.errors import SourceError
from companion.sources.other_tools.notes import Parsed
from companion.sources.other_tools.person_names import NOBODY, who_plainly
from companion.sources.other_tools.table_columns import Columns

MOST_CELL = 1_000_000
SEPARATORS = ",;\t|，；"
LINES_ABOVE = 10
"""How many lines, such as a title or blank ones, may stand above the headings."""

_SEPARATOR = re.compile(r"\ufeff?\"?sep=([^\r\n])\"?[ ,;\t|]*(?:\r\n|\r|\n|$)", re.IGNORECASE)


class _Row(NamedTuple):
    """A row of the table and the number of the line on which it begins."""

    line: int
    cells: list[str]


def read_table(text: str) -> Parsed | None:
    """Read a table with a line of headings; None if it has no column for people, or none for notes, tags or aliases."""
    try:
        return _read(text)
    except csv.Error as error:
        raise SourceError(f"The table cannot be read ({error}); nothing of it was stored.") from error


def _read(text: str) -> Parsed | None:
    told = _SEPARATOR.match(text)  # a line that spreadsheets understand
    body, above = (text[told.end() :], 1) if told else (text, 0)
    found = [(columns, at, delimiter) for delimiter in (told[1] if told else SEPARATORS)
             for columns, at in [_headings(body, delimiter)] if columns is not None]  # fmt: skip
    if not found:
        return _without_headings(body, above)
    columns, at, delimiter = max(found, key=lambda one: len(one[0].used))
    _check_quotes(body, delimiter, above)
    parsed = Parsed("Mastodon", elsewhere="Mastodon") if columns.mastodon else Parsed("a table")
    width = 0
    for number, row in enumerate(_rows(body, delimiter)):
        if number == at:
            width = len(row.cells)
        elif number > at and columns.fills(row.cells):
            cells, where = columns.whole(row.cells, width, delimiter), f"Line {row.line + above}"
            if any(cell.strip() for cell in cells[width:]):
                parsed.trouble(f"{where} has more cells than there are headings; what is beyond them was left out.")
            parsed.add(columns.note_in(cells), where)
    return parsed


def _check_quotes(text: str, delimiter: str, above: int) -> None:
    """Raise ``SourceError`` where a quotation mark is opened and never closed: all that follows would be one cell."""
    rows, line = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1
    try:
        for _ in rows:
            line = rows.line_num + 1
    except csv.Error as error:
        if "end of data" in str(error):
            raise SourceError(
                f"A quotation mark in line {line + above} is opened and never closed. Close it, or take it away, and "
                "try again; nothing was stored."
            ) from error


def _without_headings(text: str, above: int) -> Parsed | None:
    """Read a table that begins with its first person: each line an @name or a link to X, then notes."""
    for delimiter in SEPARATORS:
        rows = [row for row in _rows(text, delimiter) if any(cell.strip() for cell in row.cells)]
        width = max((len(row.cells) for row in rows), default=0)
        if width > 1 and all(who_plainly(row.cells[0]) != NOBODY for row in rows):
            columns, parsed = Columns.without_headings(width), Parsed("a table")
            for row in rows:
                parsed.add(columns.note_in(row.cells), f"Line {row.line + above}")
            return parsed
    return None


def _headings(text: str, delimiter: str) -> tuple[Columns | None, int]:
    """Return the columns by the first row that reads like headings, and that row's number."""
    for number, row in enumerate(_rows(text, delimiter)):
        if number > LINES_ABOVE:
            break
        if (columns := Columns.of(row.cells)) is not None:
            return columns, number
    return None, 0


def _rows(text: str, delimiter: str) -> Iterator[_Row]:
    before = csv.field_size_limit(MOST_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        line = 1
        for cells in reader:
            yield _Row(line, cells)
            line = reader.line_num + 1
    finally:
        csv.field_size_limit(before)
