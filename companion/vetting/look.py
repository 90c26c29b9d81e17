"""Looks at a link and a picture on the user's click, within a time that nothing can stretch, and keeps what was found.

What was found lies in the notebook's table ``looks``, one row a person, so that it is merged and forgotten with them;
its picture hashes tell later that two accounts have the same picture. Nothing of it leaves the machine.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from companion.domain.dates import DAY
from companion.domain.handles import is_id
from companion.domain.sightings import Person
from companion.store.documents import Document
from companion.store.notebook.notebook import Notebook
from companion.vetting.checks.photo import is_default_address
from companion.vetting.network.results import Opened, Picture

TABLE = "looks"
SECONDS = 6.0
"""For link and picture together; each has five of its own, and names may be slow to resolve."""
KEPT_DAYS = 30
"""After this, what a link led to then says nothing about now."""
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a look found, and when; either part is None where there was nothing to look at."""

    at: int | None = None
    opened: Opened | None = None
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Inspectors:
    """How a link is opened and a picture looked at: the real ones, unless a test hands in its own."""

    link: Callable[[str], Opened]
    picture: Callable[[str, Mapping[str, str]], Picture]


def network_inspectors() -> Inspectors:
    """Return those that go out; loaded on the first click, not at the start."""
    from companion.vetting.network.avatar import look_at
    from companion.vetting.network.link_opener import open_link

    return Inspectors(open_link, look_at)


def inspect_person(notebook: Notebook, pid: str, person: Person, now: int, eyes: Inspectors) -> Inspection:
    """Open the person's link and look at their picture, both at once, and keep what was found.

    Args:
        notebook: where it is kept.
        pid: the person's key.
        person: their profile as seen.
        now: epoch seconds UTC.
        eyes: what looks.
    """
    link, avatar = (person.link or "").strip(), (person.avatar or "").strip()
    hashes = known_hashes(notebook, pid)
    default = not avatar or person.default_avatar or is_default_address(avatar)
    waits = [
        _started(lambda: eyes.link(link), Opened(link, problem="time", detail=LATE)) if link else None,
        None if default else _started(lambda: eyes.picture(avatar, hashes), Picture(problem="time")),
    ]
    opened, picture = (wait() if wait else None for wait in waits)
    inspection = Inspection(
        now, opened if isinstance(opened, Opened) else None, picture if isinstance(picture, Picture) else None
    )
    _store(notebook, pid, person, inspection)
    return inspection


LATE = f"It did not answer within {SECONDS:g} seconds."


def _started(work: Callable[[], Found], late: Found) -> Callable[[], Found]:
    """Start work in a thread of its own and return what waits for it: its outcome, or ``late`` when time is up.

    The thread is a daemon: a name that takes a minute to resolve neither holds the answer nor the companion's end.
    """
    outcome: list[Found] = []
    thread = threading.Thread(target=lambda: outcome.append(work()), name="vetting look", daemon=True)
    thread.start()

    def wait() -> Found:
        thread.join(SECONDS)
        return outcome[0] if outcome else late

    return wait


def stored_inspection(notebook: Notebook, pid: str, person: Person, now: int) -> Inspection:
    """Return what was found the last time, as far as link and picture are still the same and it is not old."""
    row = _row(notebook, pid)[1]
    at = row.get("at")
    if not isinstance(at, int) or now - at > KEPT_DAYS * DAY:
        return Inspection()
    same_link = row.get("link") == (person.link or "").strip()
    same_photo = row.get("avatar") == (person.avatar or "").strip()
    return Inspection(
        at,
        msgspec.convert(row["opened"], Opened) if same_link and "opened" in row else None,
        msgspec.convert(row["picture"], Picture) if same_photo and "picture" in row else None,
    )


def known_hashes(notebook: Notebook, without: str) -> dict[str, str]:
    """Return handle -> picture hash of everybody looked at, but for one person."""
    rows = (row for row in notebook.table(TABLE) if row.get("pid") != without and row.get("hash"))
    return {str(row.get("handle") or row["pid"]): str(row["hash"]) for row in rows}


def _store(notebook: Notebook, pid: str, person: Person, inspection: Inspection) -> None:
    doc_id, before = _row(notebook, pid)
    row: Document = {"pid": pid, "handle": person.handle or "", "at": inspection.at or 0}
    row["link"], row["avatar"] = (person.link or "").strip(), (person.avatar or "").strip()
    if inspection.opened is not None:
        row["opened"] = msgspec.to_builtins(inspection.opened)
    if inspection.picture is not None:
        row["picture"] = msgspec.to_builtins(inspection.picture)
        row["hash"] = inspection.picture.hash
    elif before.get("avatar") == row["avatar"] and "hash" in before:
        row["hash"] = before["hash"]
    notebook.table(TABLE).put(row, doc_id)


def _row(notebook: Notebook, pid: str) -> tuple[int, Document]:
    """Return where a person's row lies, or would, and what is in it: found by its number, without a walk."""
    place = int(pid) if is_id(pid) else zlib.crc32(pid.encode())
    row = notebook.table(TABLE).get(doc_id=place)
    return (place, dict(row)) if isinstance(row, dict) and row.get("pid") == pid else (place, {})
