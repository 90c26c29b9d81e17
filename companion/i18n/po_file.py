"""Parses the catalogues in gettext's text form (.po) into messages and a header (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_LINE = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) "(.*)"|"(.*)"')
_ESCAPED = re.compile(r"\\(.)")
CONTEXT_END = "\x04"
"""Stands between a message and the context that it is translated in, such as a button."""
_ESCAPES = {"n": "\n", "t": "\t"}


@dataclass(slots=True)
class Entry:
    """One message.

    Attributes:
        msgid: the English text, for one thing where things are counted; after its context, if it has one.
        plural: the English text for other numbers; empty where nothing is counted.
        forms: the translations: one, or one for each plural form of the language, in gettext's order.
    """

    msgid: str = ""
    plural: str = ""
    forms: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A catalogue's entries by msgid, and its header's fields (such as Plural-Forms)."""

    header: dict[str, str]
    entries: dict[str, Entry]


def parse(text: str) -> Parsed:
    """Return the entries of a .po file.

    Raises:
        ValueError: a line is neither empty, nor a comment, nor part of an entry, or a msgid stands there twice.
    """
    entries: dict[str, Entry] = {}
    for block in re.split(r"\n\s*\n", text.strip()):
        entry = _entry(block)
        if entry.msgid in entries:
            raise ValueError(f"twice in the catalogue: {entry.msgid!r}")
        entries[entry.msgid] = entry
    head = entries.pop("", Entry()).forms
    lines = [line.partition(":") for line in (head[0] if head else "").splitlines()]
    return Parsed({name: value.strip() for name, _, value in lines}, entries)


def _entry(block: str) -> Entry:
    """Return one entry; a text may go on in the next line, in quotes of its own."""
    parts: list[tuple[str, str]] = []
    for line in block.splitlines():
        if line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None or (not match[1] and not parts):
            raise ValueError(f"no line of a catalogue: {line!r}")
        if match[1]:
            parts.append((match[1], match[2]))
        else:
            parts[-1] = (parts[-1][0], parts[-1][1] + match[3])
    entry, context = Entry(), ""
    for name, quoted in parts:
        text = _ESCAPED.sub(lambda found: _ESCAPES.get(found[1], found[1]), quoted)
        if name == "msgctxt":
            context = text + CONTEXT_END
        elif name == "msgid":
            entry.msgid = context + text
        elif name == "msgid_plural":
            entry.plural = text
        else:
            entry.forms.append(text)
    return entry
