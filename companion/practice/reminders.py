"""What is due with whom: next steps with a day, and contact "every 3 weeks" of a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import TypeAlias

from companion.domain.dates import day_start, local_day
from companion.domain.recurrence import Every, Snooze, contact_due, every_of, next_after
from companion.practice import rhythms
from companion.practice.rhythms import GroupRhythm
from companion.store.account import Account
from companion.store.documents import Document, Json

STEP, CADENCE = "step", "cadence"
Change: TypeAlias = Callable[[Document], Document]
"""Returns what becomes of a step."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that is due, or will be.

    Attributes:
        pid: with whom.
        day: when.
        words: what to do; empty for contact of any kind.
        item: of the step; empty for a rhythm.
        every: how often.
        source: the circle or tag whose rhythm it is; empty for the person's own, and for a step.
        rev: of the stored step or rhythm.
        at: when it last changed, by a write or by contact, epoch seconds UTC.
    """

    pid: str
    day: date
    words: str = ""
    item: str = ""
    every: Every | None = None
    source: str = ""
    rev: int = 1
    at: int = 0


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A rhythm, since when it holds, and until when it was put off."""

    every: Every
    since: date
    snooze: Snooze | None = None
    source: str = ""
    rev: int = 1
    at: int = 0


def steps_of(pid: str, documents: Iterable[Document]) -> list[Reminder]:
    """Return the open steps that have a day, the next first."""
    found = [
        Reminder(
            pid,
            date.fromisoformat(day),
            str(body["words"]),
            str(body["item"]),
            _every(body),
            "",
            _number(body, "rev"),
            _number(body, "at"),
        )
        for body in documents
        if is_open(body) and (day := day_text(body))
    ]
    return sorted(found, key=lambda one: (one.day, one.item))


def open_steps(documents: Iterable[Document]) -> list[Document]:
    """Return the steps that are still to be done, the next first, those on no day last."""
    return sorted(filter(is_open, documents), key=lambda step: (day_text(step) or "9999", str(step["item"])))


def is_open(step: Document) -> bool:
    """Return whether a step is still to be done: one that comes again always is."""
    return bool(step.get("every")) or not step.get("done")


def done(step: Document, today: date) -> Document:
    """Return a step's body once it was done today: over, or on its next day after today."""
    body: Document = {**fields(step), "done": today.isoformat()}
    body.pop("later", None)
    every = _every(step)
    if every is not None:
        start = date.fromisoformat(str(step.get("start") or step["day"]))
        after = max(today, date.fromisoformat(str(step["day"])))
        body |= {"start": start.isoformat(), "day": next_after(start, every, after).isoformat()}
    return body


def put_off(step: Document, until: date) -> Document:
    """Return a step's body with this one occurrence put off; the row that it belongs to does not move."""
    return {**fields(step), "later": until.isoformat()}


def fields(document: Document) -> Document:
    """Return the body of a document that `Notebook.about` gave."""
    return {name: value for name, value in document.items() if name not in ("item", "rev", "at", "viewer")}


def own_rhythm(document: Document | None) -> Rhythm | None:
    """Return the rhythm that the user set for one person."""
    if document is None or not document.get("every"):
        return None
    rev, at = _number(document, "rev"), _number(document, "at")
    return Rhythm(every_of(str(document["every"])), _since(document), snooze_of(document), "", rev, at)


def rhythm_of(document: Document | None, group: GroupRhythm | None, zone: tzinfo) -> Rhythm | None:
    """Return the rhythm that holds for a person: their own, else that of a circle or tag; either may be put off."""
    own = own_rhythm(document)
    if own is not None or group is None:
        return own
    at = day_start(group.since, zone)
    return Rhythm(group.every, group.since, snooze_of(document), group.name, _number(document or {}, "rev"), at)


def snooze_of(document: Document | None) -> Snooze | None:
    """Return until when a person's rhythm was put off."""
    if document is None or not document.get("later") or not document.get("said"):
        return None
    return Snooze(date.fromisoformat(str(document["later"])), date.fromisoformat(str(document["said"])))


def contact_reminder(pid: str, rhythm: Rhythm, contact_at: int | None, zone: tzinfo) -> Reminder:
    """Return when contact is due by a rhythm; any contact of either side starts it anew."""
    last = local_day(contact_at, zone) if contact_at else None
    day = contact_due(rhythm.every, last, rhythm.since, rhythm.snooze)
    at = max(rhythm.at, contact_at or 0)
    return Reminder(pid, day, every=rhythm.every, source=rhythm.source, rev=rhythm.rev, at=at)


def for_person(account: Account, pid: str, zone: tzinfo) -> tuple[list[Reminder], Reminder | None]:
    """Return a person's steps that have a day, and when contact is due if a rhythm holds."""
    documents = account.notebook.about(pid, account.owner).others
    cadence = next(iter(documents.get(CADENCE, [])), None)
    group = rhythms.of_person(account.notebook, account.owner, pid)
    return steps_of(pid, documents.get(STEP, [])), _contact(account, pid, rhythm_of(cadence, group, zone), zone)


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step to do next with a person, with the bodies that writing it down as done and undoing that store.

    Attributes:
        item: the step's id.
        rev: its revision.
        words: what to do.
        day: when, as a text; empty if on no day.
        over: whether that day is past.
        done: its body once it was done today.
        undo: its body as it is.
    """

    item: str
    rev: int
    words: str
    day: str
    over: bool
    done: Document
    undo: Document


def next_step(account: Account, pid: str, today: date) -> NextStep | None:
    """Return the open step of the earliest day; one without a day only where none has one."""
    steps = open_steps(account.notebook.about(pid, account.owner).others.get(STEP, []))
    if not steps:
        return None
    one = steps[0]
    day = day_text(one)
    bodies = [{**body, "item": one["item"]} for body in (done(one, today), fields(one))]
    over = bool(day) and day < today.isoformat()
    return NextStep(str(one["item"]), _number(one, "rev"), str(one["words"]), day, over, *bodies)


def day_text(step: Document) -> str:
    """Return the day on which a step is due, put off or not; empty if on no day."""
    return str(step.get("later") or step.get("day") or "")


def everybody(account: Account, zone: tzinfo) -> list[Reminder]:
    """Return all reminders, the next first."""
    found: list[Reminder] = []
    for pid, document in account.notebook.of_kind(STEP, account.owner):
        found += steps_of(pid, [document])
    own = dict(account.notebook.of_kind(CADENCE, account.owner))
    groups = rhythms.members(account.notebook, account.owner)
    for pid in own.keys() | groups.keys():
        contact = _contact(account, pid, rhythm_of(own.get(pid), groups.get(pid), zone), zone)
        found += [contact] if contact else []
    return sorted(found, key=lambda one: (one.day, one.pid, one.item))


def due(reminders: Iterable[Reminder], today: date) -> list[Reminder]:
    """Return those of today and before."""
    return [one for one in reminders if one.day <= today]


def _contact(account: Account, pid: str, rhythm: Rhythm | None, zone: tzinfo) -> Reminder | None:
    if rhythm is None:
        return None
    row = account.ledger.badge(account.owner, pid)
    return contact_reminder(pid, rhythm, row.contact_at if row else None, zone)


def _every(body: Document) -> Every | None:
    return every_of(str(body["every"])) if body.get("every") else None


def _since(body: Mapping[str, Json]) -> date:
    return date.fromisoformat(str(body.get("since") or "2000-01-01"))


def _number(body: Mapping[str, Json], name: str) -> int:
    value = body.get(name)
    return value if isinstance(value, int) else 0
