"""One language's catalogue: looks messages up, chooses plural forms, and says recognised English sentences in it."""

from __future__ import annotations

import gettext
import re
import struct
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from io import BytesIO

from companion.i18n import formats
from companion.i18n.languages import ENGLISH, LANGUAGES, RIGHT_TO_LEFT
from companion.i18n.po_file import Entry, Parsed, parse
from companion.i18n.sentences import (
    DATE,
    DAY_OF_YEAR,
    MOMENT,
    NUMBER,
    PLACE,
    Recognised,
    Recogniser,
    is_number,
    parts,
    pattern,
    tells,
)

_DATE, _DAY_OF_YEAR, _NUMBER = re.compile(DATE), re.compile(DAY_OF_YEAR), re.compile(NUMBER)
_MOMENT = re.compile(MOMENT)
_ISOLATE, _END = "\u2068", "\u2069"
HELP = "help"
LEAP_YEAR = 2024
"""A year that has every day."""
_MOST_LETTERS = 2_000
"""A longer text is no sentence of ours."""
_MOST_PARTS, _DEEPEST = 600, 40
"""A text in which more parts would be read, or parts within parts so often, is no sentence of ours."""


class Said(dict[str, str | None]):
    """What was found of each part of one text: the readings of a list share its parts, and would be tried for ever."""

    depth = 0


class Catalogue:
    """The messages of one language; English has none, and says everything as it stands.

    Args:
        language: a code of `companion.i18n.languages`.
        parsed: its catalogue.
    """

    def __init__(self, language: str, parsed: Parsed) -> None:
        self.language, self.entries = language, parsed.entries
        self._messages = gettext.GNUTranslations(BytesIO(machine_form(parsed)))
        texts = {
            (text, entry.msgid)
            for entry in parsed.entries.values()
            for text in (entry.msgid, entry.plural)
            if tells(text)
        }
        self._recogniser = Recogniser(pattern(text, msgid) for text, msgid in sorted(texts))

    def gettext(self, message: str) -> str:
        """Return a message in this language, the English one where it is missing."""
        return self._messages.gettext(message)

    def pgettext(self, context: str, message: str) -> str:
        """Return a message that says another thing elsewhere, such as "Close" on a button."""
        return self._messages.pgettext(context, message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return a message in the form for a number of things."""
        return self._messages.ngettext(one, many, number)

    def say(self, text: str) -> str:
        """Return an English text in this language: a message, a day, a number, a share, or sentences with values.

        What is not known stays English.
        """
        if self.language == ENGLISH or not text or len(text) > _MOST_LETTERS:
            return text
        sentences, known = parts(text), Said()
        whole = len(sentences) == 1 or text in self.entries
        said = [None] if whole else [self._said(part, known) for part in sentences]
        if None not in said:
            return ("" if self.language == "ja" else " ").join(filter(None, said))
        return self._said(text, known) or text

    def _said(self, text: str, known: Said) -> str | None:
        """Return a text in this language, None if it is not known; each is read once."""
        if text not in known and len(known) < _MOST_PARTS and known.depth < _DEEPEST:
            known[text] = None  # so that parts within parts count as well
            known.depth += 1
            known[text] = self._read(text, known)
            known.depth -= 1
        return known.get(text)

    def _read(self, text: str, known: Said) -> str | None:
        if text in self.entries:
            return self._form(self.entries[text], 1).replace("{n}", "1")
        if _DATE.fullmatch(text):
            return formats.day(_day(text), self.language)
        if _DAY_OF_YEAR.fullmatch(text):
            return formats.day_of_year(_day(f"{text} {LEAP_YEAR}"), self.language)
        if _NUMBER.fullmatch(text.removesuffix("%")):
            write = formats.share if text.endswith("%") else formats.number
            return write(text, self.language)
        read = (self._filled(reading, known) for reading in self._recogniser.all(text))
        return next((said for said in read if said is not None), None)

    def _filled(self, reading: Recognised, known: Said) -> str | None:
        """Return a recognised sentence with its values; None if one of its parts is not known after all."""
        values = {"n": "1", **{name: self._value(name, value, known) for name, value in reading.values.items()}}
        if None in values.values():
            return None
        count = reading.values.get("n", "1").replace(",", "").partition(".")[0]
        form = self._form(self.entries[reading.msgid], int(count))
        return PLACE.sub(lambda place: values.get(place[1]) or "", form)

    def _value(self, name: str, value: str, known: Said) -> str | None:
        if name.startswith("said_"):
            return self._said(value, known) or self._said(value[:1].upper() + value[1:], known)
        if name.startswith("list_"):
            words = [self._said(word, known) or word for word in value.split(", ")]
            return self.pgettext("list", ", ").join(words)
        if is_number(name):
            return formats.number(value, self.language)
        if name.startswith("date"):
            return self._moment(value) if _MOMENT.fullmatch(value) else self._said(value, known)
        if name.startswith("known_") and value in self.entries:
            return self.gettext(value)
        return f"{_ISOLATE}{value}{_END}" if self.language in RIGHT_TO_LEFT else value

    def _moment(self, text: str) -> str:
        """Return a day of ISO 8601 as the language writes it, and its time of day as it stands."""
        day, _, time = text.partition(" ")
        try:
            return " ".join(filter(None, (formats.day(date.fromisoformat(day), self.language), time)))
        except ValueError:  # there is no such day
            return text

    def _form(self, entry: Entry, number: int) -> str:
        return self.ngettext(entry.msgid, entry.plural, number) if entry.plural else self.gettext(entry.msgid)


def _day(text: str) -> date:
    """Return a day written as in English, such as 3 Mar 2026."""
    day, month, year = text.split()
    return date(int(year), formats.FORMATS[ENGLISH].months.index(month) + 1, int(day))


def machine_form(parsed: Parsed) -> bytes:
    """Return a catalogue as the bytes of a .mo file, which the standard library's gettext reads (little endian)."""
    header = "".join(f"{name}: {value}\n" for name, value in parsed.header.items())
    pairs = {
        "": header,
        **{_key(entry): "\0".join(entry.forms) for entry in parsed.entries.values() if all(entry.forms)},
    }
    rows = sorted((key.encode(), text.encode()) for key, text in pairs.items())
    start = 28 + 16 * len(rows)
    keys, texts, body = b"", b"", b""
    for column in (0, 1):
        table = b""
        for row in rows:
            table += struct.pack("<II", len(row[column]), start + len(body))
            body += row[column] + b"\0"
        keys, texts = (table, texts) if column == 0 else (keys, table)
    return struct.pack("<7I", 0x950412DE, 0, len(rows), 28, 28 + 8 * len(rows), 0, 28) + keys + texts + body


def _key(entry: Entry) -> str:
    return f"{entry.msgid}\0{entry.plural}" if entry.plural else entry.msgid


@cache
def catalogue(language: str) -> Catalogue:
    """Return the catalogue of a language, read once."""
    if language == ENGLISH:
        return Catalogue(ENGLISH, Parsed({"Content-Type": "text/plain; charset=UTF-8"}, {}))
    return Catalogue(language, parse(text_of(language)))


@cache
def help_catalogue(language: str) -> Catalogue:
    """Return the catalogue of the command line's help, which stands in a file of its own: few ever need it."""
    return Catalogue(language, parse(text_of(language, HELP)))


def text_of(language: str, folder: str = "") -> str:
    """Return the .po file of a language; the folder is ``HELP`` for the command line's help."""
    parts = filter(None, ("locales", folder, f"{language}.po"))
    return resources.files("companion.i18n").joinpath(*parts).read_text(encoding="utf-8")


TRANSLATED: Mapping[str, str] = {code: name for code, name in LANGUAGES.items() if code != ENGLISH}
"""Languages that have a catalogue."""
