"""Reads the facts in a table of `mutuals export` back: how you met, roles, context, addresses, manner, fitness."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping

from companion.domain.facts import CHANNELS, CONTEXTS, FITNESS, HOW_MET
from companion.sources.other_tools.notes import Fact

Body = dict[str, object]
GUESS = " (a guess)"
"""What the kind "origin" writes behind a way that was only guessed."""


def facts_in(cells: Mapping[str, str]) -> list[Fact]:
    """Return the facts in a row: the inverse of what `companion.export.csv_file` writes.

    Args:
        cells: heading -> cell, without what guards it from being a formula.
    """
    return [
        (kind, body)
        for heading, (kind, read) in _READERS.items()
        if (cell := cells.get(heading, "").strip())
        for body in read(listed(cell))
    ] + _manner(cells)


def listed(cell: str) -> list[str]:
    """Return the items of a cell as `mutuals export` writes it: "; " between them, quoted where one has that itself."""
    text = " ".join(cell.splitlines())
    try:
        items = next(csv.reader([text], delimiter=";", skipinitialspace=True), [])
    except csv.Error:
        return [cell]  # longer than anything that is kept: the import says so
    return list(dict.fromkeys(item for item in items if item))


def _named(told: str, names: Mapping[str, str], behind: str) -> tuple[str, str]:
    """Return which of the names a text begins with, and what follows; "" for none."""
    found = [name for name, words in names.items() if told == words or told.startswith(words + behind)]
    name = max(found, key=lambda one: len(names[one]), default="")
    return name, told[len(names[name]) :] if name else told


def _origin(items: list[str]) -> Iterator[Body]:
    for told in items[:1]:
        how, rest = _named(told, HOW_MET, " ")
        guess = bool(how) and (rest + " ").startswith(GUESS + " ")
        words = rest[len(GUESS) :].strip() if guess else rest.strip()
        body: Body = {"how": how or "other"}
        yield {**body, **({"words": words} if words else {}), **({"guess": True} if guess else {})}


def _roles(items: list[str]) -> Iterator[Body]:
    yield {"roles": [*items]}


def _context(items: list[str]) -> Iterator[Body]:
    known = {name for name, words in CONTEXTS.items() if {name, words.casefold()} & {one.casefold() for one in items}}
    yield {"context": known.pop() if len(known) == 1 else "both"} if known else {"context": "; ".join(items)}


def _addresses(what: str) -> Callable[[list[str]], Iterator[Body]]:
    def read(items: list[str]) -> Iterator[Body]:
        for address in items:
            yield {"what": what, "address": address}

    return read


def _channels(items: list[str]) -> Iterator[Body]:
    for told in items:
        what, address = _named(told, CHANNELS, ": ")
        yield {"what": what or "other", "address": address.removeprefix(": ")}


def _suited(items: list[str]) -> Iterator[Body]:
    for told in items:
        fits, rest = _named(told, FITNESS, " as ")
        purpose, _, basis = rest.removeprefix(" as ").partition(": ")
        yield {"purpose": purpose, "fits": fits, "basis": basis}


def _manner(cells: Mapping[str, str]) -> list[Fact]:
    told = {name: "; ".join(listed(cell)) for name in ("online", "in_person") if (cell := cells.get(name, "").strip())}
    return [("manner", {**told})] if told else []


_READERS: Mapping[str, tuple[str, Callable[[list[str]], Iterator[Body]]]] = {
    "how_met": ("origin", _origin),
    "roles": ("roles", _roles),
    "context": ("context", _context),
    "mail": ("channel", _addresses("mail")),
    "phone": ("channel", _addresses("phone")),
    "channels": ("channel", _channels),
    "suited": ("suited", _suited),
}
"""Heading of `companion.export.csv_file` -> the kind, and how its items are read."""
