"""Circles, the user's own lists of people: four exist from the start, and two of those fill themselves.

People are put into a circle by hand, never by a rule, and a circle's size is a soft limit: past it the page suggests
whom to reconsider, and nobody is refused or moved.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from companion.domain import limits
from companion.errors import BodyError, UnknownError
from companion.store.documents import Document, Json
from companion.store.notebook.notebook import Notebook
from companion.store.notebook.results import LATEST

KIND = "circle"
TABLE = "circles"
AMBER = 1.2
"""A circle this much over its size is marked; The Watchlist is described as "little over 100"."""


@dataclass(frozen=True, slots=True)
class Circle:
    """One circle.

    Attributes:
        id: stable; made from the first name.
        name: what the user calls it.
        cap: the size it is meant for, None for no limit.
        fills_itself: the interactions that put people into it; None for one that the user fills.
    """

    id: str
    name: str
    cap: int | None = None
    fills_itself: tuple[str, str] | None = None

    def state(self, members: int) -> str:
        """Return room, full or over."""
        if self.cap is None or members < self.cap:
            return "room"
        return "over" if members >= self.cap * AMBER else "full"


FIRST = (
    Circle("watchlist", "The Watchlist", 100),
    Circle("say-things", "People Who Say Things", 10),
    Circle("favorited", "People I've Favorited", None, ("out", "like")),
    Circle("mentioned", "Mentioned You", None, ("in", "mention")),
)
"""The four core lists of essay 2, with its own sizes."""


class Circles:
    """The circles of one notebook."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook

    def all(self) -> list[Circle]:
        """Return all circles: the first four, then further ones as they were made."""
        circles = {circle.id: circle for circle in FIRST}
        for row in self._notebook.table(TABLE):
            if row.get("gone"):
                circles.pop(str(row["id"]), None)
                continue
            circle_id = str(row["id"])
            first = circles.get(circle_id, Circle(circle_id, circle_id))
            cap = row.get("cap")
            circles[circle_id] = replace(first, name=str(row["name"]), cap=cap if isinstance(cap, int) else None)
        return list(circles.values())

    def by_hand(self) -> list[Circle]:
        """Return those that the user fills."""
        return [circle for circle in self.all() if circle.fills_itself is None]

    def get(self, circle_id: str) -> Circle:
        """Return a circle by its id; ``UnknownError`` if there is none."""
        match = next((circle for circle in self.all() if circle.id == circle_id), None)
        if match is None:
            raise UnknownError("There is no such circle (any more). Go back to the circles and choose another.")
        return match

    def define(self, circle_id: str | None, name: str, cap: int | None) -> Circle:
        """Create a circle, or change the name or size of one.

        Raises:
            BodyError: The name is empty, too long or taken, or the size is no number of people.
        """
        name = " ".join(name.split())
        if not 0 < len(name) <= limits.CIRCLE or not name.isprintable():
            raise BodyError(f"A circle needs a name of at most {limits.CIRCLE} characters.", field="name")
        if cap is not None and not 0 < cap <= 100_000:
            raise BodyError("The size is a number of people; leave it empty for none.", field="cap")
        others = [circle for circle in self.all() if circle.id != circle_id]
        if name.casefold() in {circle.name.casefold() for circle in others}:
            raise BodyError(f"There is a circle called {name} already. Choose another name.", field="name")
        if len(others) >= limits.CIRCLES:
            raise BodyError(
                f"{limits.CIRCLES} circles are the most. Give one you no longer need another name.", field="name"
            )
        known = self.get(circle_id).id if circle_id else _free(name, self._taken())
        self._save({"id": known, "name": name, "cap": cap})
        return self.get(known)

    def _taken(self) -> set[str]:
        """Return every id that was ever used: a deleted circle's members do not turn up in another one."""
        return {circle.id for circle in FIRST} | {str(row["id"]) for row in self._notebook.table(TABLE)}

    def drop(self, circle_id: str) -> Circle:
        """Delete a circle of the user's own; who was in it is found again when it is brought back.

        Raises:
            BodyError: It is one of the first four, which can be renamed only.
        """
        circle = self.get(circle_id)
        if circle_id in {first.id for first in FIRST}:
            raise BodyError("The first four circles stay; give one another name or size instead.", field="circle")
        self._save({"id": circle.id, "name": circle.name, "cap": circle.cap, "gone": True})
        return circle

    def bring_back(self, circle: Circle) -> None:
        """Undo the deletion of a circle, with everybody in it."""
        self._save({"id": circle.id, "name": circle.name, "cap": circle.cap})

    def _save(self, row: Document) -> None:
        self._notebook.shared.save_row(TABLE, row)

    def of(self, pid: str, owner: str) -> list[str]:
        """Return the ids of the circles that the user put a person into."""
        marks = self._notebook.summary(pid, owner).marks.get("circles")
        return [str(circle_id) for circle_id in marks] if isinstance(marks, list) else []

    def members(self, owner: str) -> dict[str, list[str]]:
        """Return circle id -> pids, for the circles that the user fills."""
        members: dict[str, list[str]] = {circle.id: [] for circle in self.by_hand()}
        for pid in self._notebook.people():
            for circle_id in self.of(pid, owner):
                if circle_id in members:
                    members[circle_id].append(pid)
        return members

    def put(self, pid: str, owner: str, ids: Iterable[str], *, op: str, at: int) -> list[str]:
        """Set a person's circles and return those they were in before, for the undo."""
        before = self.of(pid, owner)
        circles: list[Json] = list(ids)
        self._notebook.write(op, KIND, pid, {"circles": circles}, LATEST, at, owner)
        return before


def _free(name: str, taken: set[str]) -> str:
    """Return a new id made from the name.

    On two machines that share, equal names give equal ids and others do not: an id that does not hold the whole name,
    as of one in another script, ends with a hash of it.
    """
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    base = re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[:30] or "circle"
    number, candidate = 0, base
    while candidate in taken or (number == 0 and base.replace("-", " ") != name.casefold()):
        number += 1
        candidate = f"{base}-{hashlib.sha256(f'{name.casefold()} {number}'.encode()).hexdigest()[:6]}"
    return candidate
