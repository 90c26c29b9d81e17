"""Inspects a person's link and picture on the user's click, within a fixed time, and stores the results.

The results are in the notebook's table ``looks``, one row per person, so that they are merged and forgotten with the
person; the picture hashes show later that two accounts have the same picture. No result leaves the machine.
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
from companion.domain.typed_json import converted
from companion.store.documents import Document
from companion.store.faces import keep_face
from companion.store.notebook.notebook import Notebook
from companion.vetting.checks.photo import is_default_address
from companion.vetting.network.results import Opened, Picture

TABLE = "looks"
SECONDS = 6.0
"""For link and picture together; each has five of its own, and names may be slow to resolve."""
STORED_DAYS = 30
"""Results that are older say nothing about now."""
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Inspection:
    """The results of one inspection and its time; a part is None if there was no link or picture."""

    at: int | None = None
    opened: Opened | None = None
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Inspectors:
    """The functions that open a link and inspect a picture; tests pass their own."""

    link: Callable[[str], Opened]
    picture: Callable[[str, Mapping[str, str]], Picture]


def network_inspectors() -> Inspectors:
    """Return the functions that use the network; they are imported on the first click, not at the start."""
    from companion.vetting.network.avatar import look_at
    from companion.vetting.network.link_opener import open_link

    return Inspectors(open_link, look_at)


def inspect_person(notebook: Notebook, pid: str, person: Person, now: int, inspectors: Inspectors) -> Inspection:
    """Open the person's link and inspect their picture, both at once; what was not seen of them is not looked at.

    Args:
        notebook: where the results of others are stored, for comparison.
        pid: the person's key.
        person: their profile as seen.
        now: epoch seconds UTC.
        inspectors: the functions that use the network.
    """
    link, avatar = (person.link or "").strip(), (person.avatar or "").strip()
    hashes = known_hashes(notebook, pid)
    waits = [
        _started(lambda: inspectors.link(link), Opened(link, problem="time", detail=LATE)) if link else None,
        _started(lambda: inspectors.picture(avatar, hashes), Picture(problem="time")) if _has_photo(person) else None,
    ]
    opened, picture = (wait() if wait else None for wait in waits)
    return Inspection(
        now, opened if isinstance(opened, Opened) else None, picture if isinstance(picture, Picture) else None
    )


def _has_photo(person: Person) -> bool:
    """Return whether a picture of their own is known."""
    avatar = (person.avatar or "").strip()
    return bool(avatar) and not person.default_avatar and not is_default_address(avatar)


def has_unlooked(person: Person, seen: Inspection) -> bool:
    """Return whether a link or picture is known that the inspection does not cover."""
    link = (person.link or "").strip()
    return (bool(link) and seen.opened is None) or (_has_photo(person) and seen.picture is None)


LATE = f"It did not answer within {SECONDS:g} seconds."


def _started(work: Callable[[], Result], late: Result) -> Callable[[], Result]:
    """Start work in a thread and return a function that waits for it: its result, or ``late`` when time is up.

    The thread is a daemon: a name that takes a minute to resolve delays neither the answer nor the companion's exit.
    """
    outcome: list[Result] = []
    thread = threading.Thread(target=lambda: outcome.append(work()), name="vetting look", daemon=True)
    thread.start()

    def wait() -> Result:
        thread.join(SECONDS)
        return outcome[0] if outcome else late

    return wait


def stored_inspection(notebook: Notebook, pid: str, person: Person, now: int) -> Inspection:
    """Return the latest results, as far as link and picture are unchanged and the results are not too old."""
    row = _row(notebook, pid)[1]
    at = row.get("at")
    if not isinstance(at, int) or now - at > STORED_DAYS * DAY:
        return Inspection()
    same_link = row.get("link") == (person.link or "").strip()
    same_photo = row.get("avatar") == (person.avatar or "").strip()
    return Inspection(
        at,
        converted(row["opened"], Opened) if same_link and "opened" in row else None,
        converted(row["picture"], Picture) if same_photo and "picture" in row else None,
    )


def known_hashes(notebook: Notebook, without: str) -> dict[str, str]:
    """Return handle -> picture hash of everybody inspected except one person."""
    rows = (row for row in notebook.table(TABLE) if row.get("pid") != without and row.get("hash"))
    return {str(row.get("handle") or row["pid"]): str(row["hash"]) for row in rows}


def store_inspection(notebook: Notebook, pid: str, person: Person, inspection: Inspection) -> None:
    """Store the results with the link and picture they are of; where there was nothing to look at, nothing.

    Args:
        notebook: where.
        pid: the person's key now.
        person: the profile that was inspected.
        inspection: the results.
    """
    if inspection.opened is None and inspection.picture is None and person.link is None and person.avatar is None:
        return
    doc_id, before = _row(notebook, pid)
    row: Document = {"pid": pid, "handle": person.handle or "", "at": inspection.at or 0}
    row["link"], row["avatar"] = (person.link or "").strip(), (person.avatar or "").strip()
    if inspection.opened is not None:
        row["opened"] = msgspec.to_builtins(inspection.opened)
    if inspection.picture is not None:
        keep_face(notebook, pid, inspection.picture.face, inspection.at or 0)
        row["picture"] = msgspec.to_builtins(msgspec.structs.replace(inspection.picture, face=b""))
        row["hash"] = inspection.picture.hash
    elif before.get("avatar") == row["avatar"] and "hash" in before:
        row["hash"] = before["hash"]
    notebook.table(TABLE).put(row, doc_id)


def _row(notebook: Notebook, pid: str) -> tuple[int, Document]:
    """Return number and content of a person's row (empty if there is none), found by number without a search."""
    place = int(pid) if is_id(pid) else zlib.crc32(pid.encode())
    row = notebook.table(TABLE).get(doc_id=place)
    return (place, dict(row)) if isinstance(row, dict) and row.get("pid") == pid else (place, {})
