"""Reads another tool's export; its format is recognised by the content, not by the file's name."""

from __future__ import annotations

import codecs
import locale
import re
from pathlib import Path

from companion.domain.handles import fold
from companion.errors import SourceError
from companion.sources.other_tools.from_csv import read_table
from companion.sources.other_tools.from_json import READERS
from companion.sources.other_tools.notes import MOST_BYTES, ImportedNote, Parsed, fields_of, json_of

WORKBOOK = b"PK\x03\x04"
"""How Excel's and other programs' workbooks begin, and every zip."""
ANSI = "cp1252"
"""The code page of Windows in western Europe and the Americas, where the system's own is none."""
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]")
KNOWN = (
    "X User Notes, XMark, Profile Notes, UTags, Reddit Enhancement Suite, Mastodon, or a table with handle, note, tags"
)


def read_notes(path: Path) -> Parsed:
    """Return the notes in another tool's file; several entries about one person are joined.

    Raises:
        SourceError: The file is too large, damaged, or of no known tool.
    """
    if path.stat().st_size > MOST_BYTES:
        raise SourceError(f"{path.name} is larger than {MOST_BYTES // 2**20} MB; no notes of one person's are.")
    return parse(path.read_bytes(), path.name)


def parse(data: bytes, name: str) -> Parsed:
    """Return the notes in a file's bytes; see `read_notes`."""
    parsed = _as_json(data, name) if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") else _as_table(data, name)
    if parsed is None:
        raise SourceError(f"{name} is not an export that Mutuals knows: {KNOWN}. Nothing was stored.")
    parsed.notes = _joined(parsed.notes)
    return parsed


def _as_json(data: bytes, name: str) -> Parsed | None:
    try:
        body = json_of(data)
    except ValueError:
        raise SourceError(f"{name} begins like JSON but is damaged or cut off; export it again.") from None
    return next((parsed for reader in READERS if (parsed := reader(fields_of(body)))), None)


def _as_table(data: bytes, name: str) -> Parsed | None:
    if data.startswith(WORKBOOK):
        raise SourceError(f"{name} is a workbook or a zip. Save its table as CSV UTF-8 and give that file.")
    try:
        text = data.decode(_encoding(data))
    except UnicodeDecodeError:
        parsed = _of_a_code_page(data)
        if parsed is None:
            raise SourceError(f"{name} is not text in UTF-8; save the table as CSV UTF-8 and try again.") from None
        return parsed
    if "\0" in text:
        raise SourceError(f"{name} is not a text file. Nothing was stored.")
    return read_table(text)


def _of_a_code_page(data: bytes) -> Parsed | None:
    """Read a table in the system's code page, as Excel on Windows writes "CSV"; None if it is none."""
    own = codecs.lookup(locale.getencoding()).name
    page = ANSI if own in ("utf-8", "ascii") else own
    try:
        parsed = None if _CONTROLS.search(data) else read_table(data.decode(page))
    except (UnicodeDecodeError, SourceError):
        return None
    if parsed is not None:
        told = f"The file is not in UTF-8; it was read as {page}. If letters are wrong, save it as CSV UTF-8."
        parsed.problems.insert(0, told)
    return parsed


def _encoding(data: bytes) -> str:
    """Return UTF-16 where a byte order mark or every second byte says so, as spreadsheets write it; else UTF-8."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    even, odd = data[:64:2].count(0), data[1:64:2].count(0)
    if max(even, odd) < len(data[:64]) // 4:
        return "utf-8-sig"
    return "utf-16-le" if odd > even else "utf-16-be"


def _joined(notes: list[ImportedNote]) -> list[ImportedNote]:
    """Join entries about one person; one by handle alone is of the id that another has with that handle."""
    by_person: dict[str, ImportedNote] = {}
    numbers = {fold(note.handle): note.id for note in notes if note.id and note.handle}
    for note in notes:
        handle = fold(note.handle or "")
        key = note.id or numbers.get(handle) or f"@{handle}"
        known = by_person.setdefault(key, note)
        if known is not note:
            known.join(note)
    return list(by_person.values())
