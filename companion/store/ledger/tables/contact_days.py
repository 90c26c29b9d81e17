"""Days with contact: each interaction changes its day's weight, and the difference is added to the sums in O(1)."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from companion.domain.dates import DAY
from companion.domain.sightings import INBOUND, OUTBOUND
from companion.reciprocity.counters import Counters
from companion.reciprocity.sums import Sums, weight_of
from companion.store.ledger.sql import upsert
from companion.store.ledger.tables.badges import BadgeState
from companion.store.ledger.tables.interactions import Live, load_all, weighs

COLUMNS = ("talk", "light")
KEYS = ("owner", "pid", "day", "direction")
_UPSERT = upsert("contact_day", KEYS, COLUMNS)


@dataclass(slots=True)
class Day:
    """The numbers of talk and of light interactions on one day in one direction, without automatic ones."""

    talk: int = 0
    light: int = 0


DayKey = tuple[str, int, str]
"""(pid, unix day, direction)."""


@dataclass(slots=True)
class Contacts:
    """The days of contact that one transaction touches."""

    connection: sqlite3.Connection
    owner: int
    days: dict[DayKey, Day] = field(default_factory=dict)
    dirty: set[DayKey] = field(default_factory=set)
    recounted: set[str] = field(default_factory=set)
    """Pids with a removed interaction: their tally is recounted."""

    def change(self, badge: BadgeState, key: tuple[str, str, str], old: Live | None, new: Live | None) -> None:
        """Replace an interaction that counted as ``old`` by ``new`` in the day, the tally and the sums."""
        if old == new:
            return
        badge.dirty = True
        direction, kind, _ = key
        if old is not None:
            self.recounted.add(badge.pid)
            if not old.automatic:
                self._count(badge, direction, kind, old.at, -1)
        if new is not None:
            badge.acts += 1
            badge.contact_at = max(badge.contact_at or new.at, new.at)
            if not new.automatic:
                self._count(badge, direction, kind, new.at, 1)

    def _count(self, badge: BadgeState, direction: str, kind: str, at: int, sign: int) -> None:
        number = at // DAY
        day = self.day(badge.pid, number, direction)
        before = Day(day.talk, day.light)
        talk, light = weighs(kind)
        day.talk, day.light = day.talk + sign * talk, day.light + sign * light
        self.dirty.add((badge.pid, number, direction))
        delta = weight_of(day.talk, day.light) - weight_of(before.talk, before.light)
        if delta.talk or delta.light:
            badge.sums = badge.sums.added(number, direction, delta)
        if sign > 0:
            other = self.day(badge.pid, number, OUTBOUND if direction == INBOUND else INBOUND)
            _tally_day(badge.counters, direction, day, before, other_talked=other.talk > 0)
            _tally_time(badge.counters, direction, at, talked=talk > 0)

    def day(self, pid: str, number: int, direction: str) -> Day:
        """Return one day, loaded at its first use."""
        key = (pid, number, direction)
        stored = self.days.get(key)
        if stored is None:
            row = self.connection.execute(
                "select talk, light from contact_day where owner = ? and pid = ? and day = ? and direction = ?",
                (self.owner, *key),
            ).fetchone()
            stored = self.days[key] = Day(*row) if row else Day()
        return stored

    def save(self) -> None:
        """Write the changed days and delete empty ones."""
        changed = [(key, self.days[key]) for key in self.dirty]
        self.connection.executemany(
            "delete from contact_day where owner = ? and pid = ? and day = ? and direction = ?",
            [(self.owner, *key) for key, day in changed if not (day.talk or day.light)],
        )
        self.connection.executemany(
            _UPSERT,
            [(self.owner, *key, day.talk, day.light) for key, day in changed if day.talk or day.light],
        )
        self.dirty.clear()

    def recount(self, badge: BadgeState) -> None:
        """Recount a person's tally from their stored interactions; the sums are already right by differences."""
        history = contact_history(self.connection, self.owner, badge.pid)
        badge.counters, badge.acts, badge.contact_at = history.counters, history.acts, history.contact_at
        if not history.days:
            badge.sums = Sums()
        badge.dirty = True

    def replaced(self, pid: str) -> ContactHistory:
        """Recount a person's interactions and replace the stored days by the result."""
        history = contact_history(self.connection, self.owner, pid)
        self.connection.execute("delete from contact_day where owner = ? and pid = ?", (self.owner, pid))
        for (number, direction), day in history.days.items():
            self.days[pid, number, direction] = day
            self.dirty.add((pid, number, direction))
        return history


Days = dict[tuple[int, str], Day]
"""(unix day, direction) -> numbers of interactions."""


@dataclass(slots=True)
class ContactHistory:
    """Everything about one person that is derived from their interactions."""

    days: Days = field(default_factory=dict)
    counters: Counters = field(default_factory=Counters)
    acts: int = 0
    contact_at: int | None = None

    def add(self, direction: str, kind: str, at: int, *, automatic: bool) -> None:
        """Count one interaction that was not undone."""
        self.acts += 1
        if self.contact_at is None or at > self.contact_at:
            self.contact_at = at
        if automatic:
            return
        talk, light = weighs(kind)
        _tally_time(self.counters, direction, at, talked=talk > 0)
        if talk or light:
            key = (at // DAY, direction)
            day = self.days.get(key)
            if day is None:
                day = self.days[key] = Day()
            day.talk += talk
            day.light += light

    def finished(self) -> ContactHistory:
        """Count the days after the last interaction was added; returns itself."""
        nothing = Day()
        for (number, direction), day in self.days.items():
            other = self.days.get((number, OUTBOUND), nothing) if direction == INBOUND else nothing
            _tally_day(self.counters, direction, day, nothing, other_talked=other.talk > 0)
        return self

    def sums(self) -> Sums:
        """Return the decayed sums of all days."""
        sums = Sums()
        for (number, direction), day in sorted(self.days.items()):
            sums = sums.added(number, direction, weight_of(day.talk, day.light))
        return sums


def contact_history(connection: sqlite3.Connection, owner: int, pid: str) -> ContactHistory:
    """Return the contact history of one person's stored interactions."""
    history = ContactHistory()
    for (direction, kind, _), state in load_all(connection, owner, pid):
        live = state.live()
        if live is not None:
            history.add(direction, kind, live.at, automatic=live.automatic)
    return history.finished()


def _tally_day(counters: Counters, direction: str, day: Day, before: Day, *, other_talked: bool) -> None:
    """Add the difference between a day and its earlier state to the counters."""
    first_talk, first_light = bool(day.talk and not before.talk), bool(day.light and not before.light)
    counters.two_way_days += first_talk and other_talked
    if direction == INBOUND:
        counters.days_in += first_talk
        counters.light_days_in += first_light
        counters.n_in += day.talk - before.talk
    else:
        counters.days_out += first_talk
        counters.light_days_out += first_light
        counters.n_out += day.talk - before.talk


def _tally_time(counters: Counters, direction: str, at: int, *, talked: bool) -> None:
    """Update the times of the first contact and of the last talk."""
    counters.first_seen_contact = min(counters.first_seen_contact or at, at)
    if talked and direction == INBOUND:
        counters.last_in = max(counters.last_in or at, at)
    elif talked:
        counters.last_out = max(counters.last_out or at, at)
