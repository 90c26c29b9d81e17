"""The latest check of X's page, kept beside the data: which of X's clients drew it, and what was not found on it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from companion.store.files import write_private

FILE = "page_health.json"


class Missing(msgspec.Struct):
    """One place that was missed on several visits in a row.

    Attributes:
        place: its name in the selector table.
        page: the kind of page.
        since: when it was first missed, epoch seconds UTC.
    """

    place: str
    page: str
    since: int


class PageHealth(msgspec.Struct):
    """What the extension found when it last counted the places of X's page; nothing in it is about a person.

    Attributes:
        at: when, epoch seconds UTC.
        client: ``classic`` or ``x-web``; None where the page did not tell.
        missing: the places that a change of X has broken.
    """

    at: int
    client: str | None = None
    missing: list[Missing] = []


def read_page_health(data: Path) -> PageHealth | None:
    """Return the latest check; None if there was none, or its file is damaged: the next one replaces it."""
    try:
        return msgspec.json.decode((data / FILE).read_bytes(), type=PageHealth)
    except (FileNotFoundError, msgspec.MsgspecError, RecursionError):
        return None


def write_page_health(data: Path, health: PageHealth) -> None:
    """Keep a check in place of the one before."""
    write_private(data / FILE, msgspec.json.encode(health))
