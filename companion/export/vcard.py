"""Exports people as vCard 4.0 (RFC 6350) for address books: name, note, tags, profile on X and relationship."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from companion.export.people import ExportedPerson

MOST_OCTETS = 75
"""Longest line before it is folded, in octets without the line end (RFC 6350, 3.2)."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def cards(people: Iterable[ExportedPerson]) -> Iterator[bytes]:
    """Yield one vCard per person."""
    for person in people:
        yield b"".join(folded(line) for line in lines(person))


def lines(person: ExportedPerson) -> Iterator[str]:
    """Yield the lines of a card, escaped and not yet folded."""
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield f"UID;VALUE=text:{escaped('x:' + person.pid)}"
    yield f"FN:{escaped(person.name)}"
    nicknames = [name for name in (person.handle, person.alias) if name]
    if nicknames:
        yield "NICKNAME:" + ",".join(escaped(name) for name in nicknames)
    if person.link:
        yield f"URL:{uri(person.link)}"
        yield f"X-SOCIALPROFILE;TYPE=x:{uri(person.link)}"
    if person.profile.get("link"):
        yield f"URL;TYPE=home:{uri(person.profile['link'])}"
    if person.profile.get("location"):
        yield f"ADR:;;;{escaped(person.profile['location'])};;;"
    note = "\n\n".join([person.note] * bool(person.note) + [f"{kind}: {words}" for kind, words in person.others])
    if note:
        yield f"NOTE:{escaped(note)}"
    if person.tags:
        yield "CATEGORIES:" + ",".join(escaped(tag) for tag in person.tags)
    yield from _related(person)
    yield "END:VCARD"


def _related(person: ExportedPerson) -> Iterator[str]:
    """Yield the relationship to each of the user's accounts, in the terms of RFC 6350 (6.6.6)."""
    kinds = ["met"] if person.met else []
    kinds += ["contact"] if person.you and person.they else ["acquaintance"]
    types = ",".join(kinds)
    for viewer in dict.fromkeys(person.viewers):
        yield f'RELATED;TYPE="{types}";VALUE=uri:{uri("https://x.com/" + viewer)}'


def escaped(text: str) -> str:
    """Return text as a value: backslash, comma, semicolon and line ends escaped, control characters removed."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")


def uri(link: str) -> str:
    """Return a link as a value: characters that could end the line or the value are percent-encoded."""
    return "".join(c if c.isascii() and c.isprintable() and c not in ' "\\' else _quoted(c) for c in link)


def _quoted(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def folded(line: str) -> bytes:
    """Return a line in UTF-8, folded between characters, with its line ending."""
    parts: list[bytes] = []
    part = b""
    for character in line:
        data = character.encode()
        if len(part) + len(data) > MOST_OCTETS - (1 if parts else 0):
            parts.append(part)
            part = b""
        part += data
    return b"\r\n ".join([*parts, part]) + b"\r\n"
