"""Exports people as Markdown: one heading each, the user's notes as quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from companion.domain.dates import local_day
from companion.export.people import ExportedPerson
from companion.machine_zone import MACHINE

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def pages(people: Iterable[ExportedPerson], now: int) -> Iterator[bytes]:
    """Yield a heading and then each person."""
    yield f"# People, {local_day(now, MACHINE).isoformat()}\n".encode()
    for person in people:
        yield ("\n" + "\n".join(lines(person)) + "\n").encode("utf-8", "replace")


def lines(person: ExportedPerson) -> Iterator[str]:
    """Yield the lines of one person."""
    handle = f" (@{plain(person.handle)})" if person.handle and person.name != f"@{person.handle}" else ""
    yield f"## {plain(person.name)}{handle}"
    yield ""
    if person.link:
        yield f"- Profile: <{person.link}>"
    if person.alias:
        yield f"- Alias: {plain(person.alias)}"
    if person.tags:
        yield f"- Tags: {', '.join(plain(tag) for tag in person.tags)}"
    yield f"- Relation: {person.state.replace('_', ' ')}" + ("" if person.score is None else f", {person.score} of 100")
    if person.you or person.they:
        yield f"- Days with contact: you {person.you}, they {person.they}"
    if person.profile.get("bio"):
        yield f"- Bio: {plain(person.profile['bio'])}"
    for kind, text in [("note", person.note)] * bool(person.note) + person.others:
        yield ""
        yield from [f"{plain(kind)}:", ""] * (kind != "note")
        yield from (f"> {plain(line)}".rstrip() for line in text.split("\n"))


def plain(text: str) -> str:
    """Return text with Markdown's special characters escaped, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(text.split("\n")).replace("\r", " "))
