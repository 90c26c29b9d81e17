"""How often to be in touch with everybody in a circle or with a tag; a person's own rhythm goes before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from companion.domain.recurrence import Every, every_of
from companion.errors import BodyError
from companion.practice.circles import Circles
from companion.store.documents import Document
from companion.store.notebook.named_rows import RHYTHMS
from companion.store.notebook.notebook import Notebook

CIRCLE, TAG = "circle", "tag"


@dataclass(frozen=True, slots=True)
class GroupRhythm:
    """A rhythm of a circle or a tag.

    Attributes:
        kind: ``CIRCLE`` or ``TAG``.
        group: the circle's id or the tag.
        name: as the user calls it.
        every: how often.
        since: from when it counts without contact.
    """

    kind: str
    group: str
    name: str
    every: Every
    since: date

    @property
    def whom(self) -> str:
        """Return the key under which it is kept."""
        return f"{self.kind}:{self.group}"


def all_rhythms(notebook: Notebook) -> list[GroupRhythm]:
    """Return the rhythms of circles and tags; one of a circle that was deleted is left out."""
    names = {circle.id: circle.name for circle in Circles(notebook).by_hand()}
    found = []
    for row in notebook.shared.rows(RHYTHMS):
        kind, _, group = str(row["whom"]).partition(":")
        if row.get("every") and kind in (CIRCLE, TAG) and (kind == TAG or group in names):
            since = date.fromisoformat(str(row["since"]))
            found.append(GroupRhythm(kind, group, names.get(group, group), every_of(str(row["every"])), since))
    return found


def set_rhythm(notebook: Notebook, kind: str, group: str, every: str, today: date) -> str:
    """Set how often, "" for never mind; return what was set before, for the undo.

    Raises:
        BodyError: It is no circle of the user's or no tag, or not understood as "3 weeks".
    """
    if kind == CIRCLE:
        circle = Circles(notebook).get(group)
        if circle.fills_itself:
            raise BodyError("A circle that fills itself has no rhythm. Choose one of your own.", field="group")
    elif kind != TAG or not group.strip():
        raise BodyError("Choose a circle or a tag.", field="group")
    whom = f"{kind}:{group.strip() if kind == CIRCLE else group.strip().casefold()}"
    before = next((str(one.every) for one in all_rhythms(notebook) if one.whom == whom), "")
    if every.strip():
        row: Document = {"whom": whom, "every": str(every_of(every)), "since": today.isoformat()}
    else:
        row = {"whom": whom, "gone": True}
    notebook.shared.save_row(RHYTHMS, row)
    return before


def members(notebook: Notebook, owner: str) -> dict[str, GroupRhythm]:
    """Return pid -> the shortest rhythm of the circles and tags that a person is in."""
    rhythms = sorted(all_rhythms(notebook), key=lambda one: (days_of(one.every), one.whom), reverse=True)
    circles = Circles(notebook).members(owner) if any(one.kind == CIRCLE for one in rhythms) else {}
    found: dict[str, GroupRhythm] = {}
    for one in rhythms:  # the shortest comes last and stays
        pids = circles.get(one.group, []) if one.kind == CIRCLE else _tagged(notebook, owner, one.group)
        found |= dict.fromkeys(pids, one)
    return found


def of_person(notebook: Notebook, owner: str, pid: str) -> GroupRhythm | None:
    """Return the shortest rhythm of the circles and tags that one person is in."""
    circles = Circles(notebook).of(pid, owner)
    tags = [name.casefold() for name in notebook.about(pid, owner).tags]
    mine = [one for one in all_rhythms(notebook) if one.group in (circles if one.kind == CIRCLE else tags)]
    return min(mine, key=lambda one: (days_of(one.every), one.whom), default=None)


def days_of(every: Every) -> int:
    """Return about how many days a rhythm has, to compare two."""
    return every.count * {"day": 1, "week": 7, "month": 30, "year": 365}[every.unit]


def _tagged(notebook: Notebook, owner: str, tag: str) -> list[str]:
    tagged = [pid for pid in notebook.people() if notebook.summary(pid, owner).tags]
    return [pid for pid in tagged if tag in (name.casefold() for name in notebook.about(pid, owner).tags)]
