"""Exports people as vCard 3.0 (RFC 2426) or 4.0 (RFC 6350): name, channels, note, tags, profile and relationship.

3.0 comes first: the address books of Apple, Google, Outlook and Android read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from companion.domain.handles import is_id, profile_address, without_at
from companion.export.people import ExportedPerson
from companion.store.notebook.kinds.roles import names

MOST_OCTETS = 75
"""Longest line before it is folded, in octets without the line end (RFC 6350, 3.2)."""
OLD, NEW = "3.0", "4.0"
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_UNSAFE = re.compile(r"[^!#-\[\]-~]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def cards(people: Iterable[ExportedPerson], version: str = OLD) -> Iterator[bytes]:
    """Yield one vCard per person, of version "3.0" or "4.0"."""
    for person in people:
        yield b"".join(folded(line) for line in lines(person, version))


def lines(person: ExportedPerson, version: str = OLD) -> Iterator[str]:
    """Yield the lines of a card, escaped and not yet folded. The UID of a person is the same in every export."""
    yield "BEGIN:VCARD"
    yield f"VERSION:{version}"
    yield f"UID{'' if version == OLD else ';VALUE=text'}:{escaped('x:' + person.pid)}"
    yield f"FN:{escaped(person.name)}"
    yield f"N:;{escaped(person.name)};;;"  # 3.0 must have one; nobody can tell which word is the family name
    if changed := max(person.written_at, person.last_in or 0, person.last_out or 0):
        yield f"REV:{datetime.fromtimestamp(changed, UTC):%Y%m%dT%H%M%SZ}"
    nicknames = [name for name in (person.handle, person.alias) if name]
    if nicknames:
        yield "NICKNAME:" + ",".join(escaped(name) for name in nicknames)
    yield from _channels(person, version)
    if person.profile.get("location"):
        yield f"ADR:;;;{escaped(person.profile['location'])};;;"
    note = "\n\n".join([person.note] * bool(person.note) + [f"{kind}: {words}" for kind, words in person.others])
    if note:
        yield f"NOTE:{escaped(note)}"
    if _BASE64.fullmatch(person.face):
        yield f"PHOTO{';ENCODING=b;TYPE=JPEG:' if version == OLD else ':data:image/jpeg;base64,'}{person.face}"
    if categories := [*person.tags, *_roles(person)]:
        yield "CATEGORIES:" + ",".join(escaped(tag) for tag in dict.fromkeys(categories))
    if version != OLD:
        yield from _related(person)
    yield "END:VCARD"


def _channels(person: ExportedPerson, version: str) -> Iterator[str]:
    """Yield the profile on X, and the mail addresses, phone numbers and profiles elsewhere that the user wrote."""
    if person.link:
        yield f"URL:{uri(person.link)}"
        yield f"X-SOCIALPROFILE;TYPE=x:{uri(person.link)}"
    if person.profile.get("link"):
        yield f"URL;TYPE=home:{uri(person.profile['link'])}"
    for one in person.facts.get("channel", []):
        what, address = str(one["what"]), str(one["address"])
        if what == "mail":
            yield f"EMAIL{';TYPE=INTERNET' if version == OLD else ''}:{escaped(address)}"
        elif what == "phone":
            yield f"TEL{';TYPE=VOICE' if version == OLD else ';TYPE=voice'}:{escaped(address)}"
        elif address.startswith(("https://", "http://")):
            yield f"URL:{uri(address)}" if what in ("feed", "site") else f"X-SOCIALPROFILE;TYPE={what}:{uri(address)}"
        else:
            yield f"X-SOCIALPROFILE;TYPE={what}:{escaped(address)}"


def _roles(person: ExportedPerson) -> list[str]:
    return [role for document in person.facts.get("roles", []) for role in names(document)]


def _related(person: ExportedPerson) -> Iterator[str]:
    """Yield the relationship to each of the user's accounts, in the terms of RFC 6350 (6.6.6), and ties to others."""
    kinds = ["met"] if person.met else []
    kinds += ["contact"] if person.you and person.they else ["acquaintance"]
    types = ",".join(kinds)
    for viewer in dict.fromkeys(person.viewers):
        yield f'RELATED;TYPE="{types}";VALUE=uri:{uri("https://x.com/" + viewer)}'

    for kind, tie in (("referral", "sent-by"), ("vouch", "vouched-by")):
        for whom in person.texts(kind, "whom"):
            address = profile_address(whom, None if is_id(whom) else without_at(whom))
            yield f"RELATED;TYPE=acquaintance;X-TIE={tie};VALUE=uri:{uri(address or '')}"


def escaped(text: str) -> str:
    """Return text as a value: backslash, comma, semicolon and line ends escaped, control characters removed."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")


def uri(link: str) -> str:
    """Return a link as a value: characters that could end the line or the value are percent-encoded."""
    return _UNSAFE.sub(lambda found: _quoted(found[0]), link)


def _quoted(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def folded(line: str) -> bytes:
    """Return a line in UTF-8, folded between characters, with its line ending."""
    data = line.encode()
    start, end = 0, MOST_OCTETS
    parts = []
    while end < len(data):
        while data[end] & 0xC0 == 0x80:  # in the midst of a character
            end -= 1
        parts.append(data[start:end])
        start, end = end, end + MOST_OCTETS - 1  # a space begins the next line
    return b"\r\n ".join([*parts, data[start:]]) + b"\r\n"
