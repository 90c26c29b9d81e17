"""Exports people as CSV (UTF-8) for spreadsheets; no cell can be read as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from companion.domain.csv_cells import harmless
from companion.domain.dates import local_day
from companion.domain.facts import CHANNELS
from companion.export.people import ExportedPerson
from companion.machine_zone import MACHINE
from companion.store.notebook.kinds.kind import all_kinds
from companion.store.notebook.kinds.roles import names
from companion.store.touches import first_met

HEADINGS = (
    "handle", "id", "name", "alias", "note", "tags", "score", "state", "follows_me", "i_follow", "days_you",
    "days_they", "last_from_them", "last_from_you", "bio", "location", "link", "profile",
    "how_met", "roles", "context", "mail", "phone", "channels", "met_in_person", "online", "in_person", "suited",
)  # fmt: skip
FACTS = len(HEADINGS) - HEADINGS.index("how_met")
"""How many columns are facts that the user wrote down; most people have none."""


def table(people: Iterable[ExportedPerson]) -> Iterator[bytes]:
    """Yield the table line by line, headings first."""
    yield b"\xef\xbb\xbf" + line(HEADINGS)
    for person in people:
        yield line([harmless(cell) for cell in cells(person)])


def cells(person: ExportedPerson) -> list[str]:
    """Return one person's cells, in the order of the headings."""
    profile = person.profile
    return [
        person.handle or "", person.pid if person.pid.isdigit() else "", profile.get("name", ""), person.alias or "",
        person.note, _tags(person.tags), "" if person.score is None else str(person.score), person.state,
        _flag(person.follows_me), _flag(person.i_follow), str(person.you), str(person.they),
        _day(person.last_in), _day(person.last_out), profile.get("bio", ""), profile.get("location", ""),
        profile.get("link", ""), person.link or "", *_facts(person),
    ]  # fmt: skip


def _facts(person: ExportedPerson) -> list[str]:
    if not person.facts:
        return [""] * FACTS
    origins, met = person.facts.get("origin", []), first_met(person.facts.get("touch", []))
    others = [
        f"{CHANNELS[str(one['what'])]}: {one['address']}"
        for one in person.facts.get("channel", [])
        if one["what"] not in ("mail", "phone")
    ]
    kinds = all_kinds()
    return [
        _tags([kinds["origin"].words(one) for one in origins]),
        _tags([role for document in person.facts.get("roles", []) for role in names(document)]),
        _tags(person.texts("context", "context")),
        _tags(person.texts("channel", "address", "mail")), _tags(person.texts("channel", "address", "phone")),
        _tags(others), met.isoformat() if met else "",
        _tags(person.texts("manner", "online")), _tags(person.texts("manner", "in_person")),
        _tags([kinds["suited"].words(one) for one in person.facts.get("suited", [])]),
    ]  # fmt: skip


def _tags(tags: Sequence[str]) -> str:
    """Return tags with "; " between them; one that has a semicolon or quotation mark itself is quoted as in CSV."""
    return "; ".join('"' + tag.replace('"', '""') + '"' if ";" in tag or '"' in tag else tag for tag in tags)


def line(values: Iterable[str]) -> bytes:
    """Return one line of the table (RFC 4180)."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(values)
    return out.getvalue().encode("utf-8", "replace")


def _flag(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def _day(at: int | None) -> str:
    return "" if at is None else local_day(at, MACHINE).isoformat()
