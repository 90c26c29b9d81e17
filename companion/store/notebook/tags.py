"""Colours of tags: assigned automatically so that tags differ as much as possible; the user can change them."""

from __future__ import annotations

import colorsys
from collections.abc import Iterable

from companion.errors import BodyError, UnknownError
from companion.store.documents import Document
from companion.store.journal.database import JournalDB
from companion.store.notebook.index import Index
from companion.store.notebook.lines import Lines
from companion.store.notebook.named_rows import COLOUR, save_row
from companion.store.notebook.results import Tag

TABLE = "colours"
GOLDEN = 0.618033988749895
"""Steps of the golden ratio around the colour circle never come close to an earlier step."""
FIRST_HUE = 0.58
"""A calm blue for the first tag."""


def colour_number(number: int) -> str:
    """Return the colour of the n-th tag: hues far apart, in three shades so that close hues differ too."""
    hue = (FIRST_HUE + number * GOLDEN) % 1
    lightness = (0.42, 0.62, 0.30)[number % 3]
    red, green, blue = colorsys.hls_to_rgb(hue, lightness, 0.62)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


def rows(db: JournalDB) -> dict[str, tuple[int, Document]]:
    """Return the rows of the colour table by casefolded tag."""
    stored = db.storage.rows(TABLE)
    return {str(row["name"]).casefold(): (doc_id, row) for doc_id, row in stored.items()}


def give_colours(db: JournalDB, names: Iterable[str]) -> None:
    """Assign each tag without a colour one that no other tag has; part of the caller's batch."""
    known = rows(db)
    taken = {str(row["colour"]) for _, row in known.values()}
    number = len(known)
    for name in names:
        if name.casefold() in known:
            continue
        while (colour := colour_number(number)) in taken:
            number += 1
        taken.add(colour)
        known[name.casefold()] = (db.table(TABLE).put({"name": name, "colour": colour}), {})


def set_colour(db: JournalDB, lines: Lines, name: str, colour: str) -> None:
    """Set the colour of a tag that exists, as ``#rrggbb``."""
    if not COLOUR.fullmatch(colour):
        raise BodyError(f"{colour!r} is no colour. Write it like #1d9bf0.", field="colour")
    entry = rows(db).get(name.casefold())
    if entry is None:
        raise UnknownError(f"There is no tag {name!r}. Give it to somebody first.")
    save_row(db, lines, TABLE, {**entry[1], "colour": colour.lower()})


def used_tags(db: JournalDB, index: Index) -> list[Tag]:
    """Return the tags in use with colour and count, the most used first, then by name."""
    tags = [
        Tag(name=str(row["name"]), colour=str(row["colour"]), count=index.tag_counts[key])
        for key, (_, row) in rows(db).items()
        if index.tag_counts[key] > 0
    ]
    return sorted(tags, key=lambda tag: (-tag["count"], tag["name"].casefold()))
