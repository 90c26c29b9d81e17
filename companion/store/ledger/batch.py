"""The unit of work of one ledger transaction: rows are read at first use, merged in memory and written at the end."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from companion.domain.handles import is_stub, stub, without_at
from companion.domain.identity import MERGE, Former, Name, Names
from companion.store.ledger.tables import badges as badges_table
from companion.store.ledger.tables import interactions as interactions_table
from companion.store.ledger.tables import people as people_table
from companion.store.ledger.tables import posts as posts_table
from companion.store.ledger.tables import snapshots as snapshots_table
from companion.store.ledger.tables.badges import BadgeState
from companion.store.ledger.tables.contact_days import Contacts
from companion.store.ledger.tables.interactions import FOREVER, EventState, Key
from companion.store.ledger.tables.people import PersonState
from companion.store.ledger.tables.relations import Relations


@dataclass(slots=True)
class Batch:
    """The rows of the people whom one transaction touches.

    Attributes:
        connection: the writing connection, inside a transaction.
        owner: the viewer's number.
        now: stored times beyond it count as just before it.
        names: handles and stubs of these people.
        people, badges, relations, contacts, events: the rows, as stored or as changed.
    """

    connection: sqlite3.Connection
    owner: int
    now: int = FOREVER
    names: Names = field(default_factory=Names)
    people: dict[str, PersonState] = field(default_factory=dict)
    badges: dict[str, BadgeState] = field(default_factory=dict)
    relations: Relations = field(default_factory=Relations)
    contacts: Contacts = field(init=False)
    events: dict[tuple[str, Key], EventState] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    """Pids whose profile fields, relations or interactions have changed."""
    taken: set[tuple[str, str | None, int]] = field(default_factory=set)
    """Evidence with an id that was processed already: a page repeats it for every post."""

    def __post_init__(self) -> None:
        self.contacts = Contacts(self.connection, self.owner)

    def load(self, pids: Iterable[str], keys: Iterable[str]) -> None:
        """Load everything about these ids, and about the present and former holders of these handles."""
        handles = [key for key in dict.fromkeys(keys) if key not in self.names.holders]
        holders = badges_table.load(self.connection, self.owner, handles)
        wanted = {*pids, *(badge.pid for badge in holders)} - self.people.keys()
        states, names = people_table.load(self.connection, self.owner, wanted)
        formers = people_table.load_formers(self.connection, self.owner, handles)
        self._clamp(states.values(), names, formers)
        self.people.update(states)
        self.names.known(names, formers)
        held = {name.pid: name.handle for name in names if name.held}
        holder_badges = {badge.pid: badge for badge in holders}
        missing = [badges_table.key_of(pid, held.get(pid)) for pid in states if pid not in holder_badges]
        for badge in (*holder_badges.values(), *badges_table.load(self.connection, self.owner, missing)):
            self.badges.setdefault(badge.pid, badge)
        self.relations.load(self.connection, self.owner, states, self.now - 1)

    def _clamp(self, states: Iterable[PersonState], names: Iterable[Name], formers: Iterable[Former]) -> None:
        for state in states:
            state.clamp(self.now - 1)
        for name in names:
            name.since, name.at = min(name.since, self.now - 1), min(name.at, self.now - 1)
        for former in formers:
            former.since, former.until = min(former.since, self.now - 1), min(former.until, self.now - 1)

    def introduce(self, keys: Iterable[str]) -> None:
        """Resolve handles that no id holds in this ledger to the ids that the user's other accounts saw with them."""
        bare = [key for key in keys if is_stub(self.names.holders.get(key, stub(key)))]
        identities = people_table.seen_by_others(self.connection, self.owner, bare) if bare else []
        self.load([name.pid for name in identities], ())
        for name in identities:
            self.see(name.pid, name.handle, name.at)

    def see(self, pid: str | None, handle: str | None, at: int) -> str | None:
        """Add evidence of a name and return the pid to file under; creates the person if need be."""
        if pid and (pid, handle, at) in self.taken:
            return pid
        before, events = self._name(pid), len(self.names.events)
        filed = self.names.see(pid, without_at(handle) or None, at)
        if filed is None:
            return None
        person = self.person(filed)
        person.dirty = person.dirty or before != self._name(pid)
        if pid:
            self.taken.add((pid, handle, at))
        for event in self.names.events[events:]:
            self.changed.add(event.pid)
            if event.kind == MERGE and event.other:
                self.absorb(self.owner, event.other, event.pid)
                people_table.owe_merge(self.connection, event.other, event.pid)
        return filed

    def _name(self, pid: str | None) -> tuple[str, int, int, bool] | None:
        name = self.names.names.get(pid or "")
        return (name.handle, name.since, name.at, name.held) if name else None

    def person(self, pid: str) -> PersonState:
        """Return a person's row, a new one if need be."""
        state = self.people.get(pid)
        if state is None:
            state = self.people[pid] = PersonState(pid)
            self.changed.add(pid)
        return state

    def badge(self, pid: str) -> BadgeState:
        """Return a person's badge, a new one if need be."""
        badge = self.badges.get(pid)
        if badge is None:
            badge = self.badges[pid] = BadgeState(pid)
        return badge

    def event(self, pid: str, key: Key, sighting: EventState) -> bool:
        """Merge one sighting of an interaction; return whether it changed anything."""
        known = self.events.get((pid, key)) or interactions_table.load(self.connection, self.owner, pid, key)
        after = known.joined(sighting) if known else sighting
        if after == known:
            return False
        self.events[pid, key] = after
        self.contacts.change(self.badge(pid), key, known.live() if known else None, after.live())
        self.changed.add(pid)
        return True

    def absorb(self, owner: int, source: str, target: str) -> None:
        """Move all rows of one key into another: a stub into its id, or a person out of another viewer's ledger."""
        person, state = self.person(target), self._taken_out(owner, source)
        if state is not None:
            person.take_all(state)
        moved = Relations()
        moved.load(self.connection, owner, [source])
        for (_, name), statement in moved.stored.items():
            self.relations.tell(target, name, *statement)
        for key, sighting in interactions_table.load_all(self.connection, owner, source):
            self.event(target, key, sighting)
        snapshots_table.move(self.connection, (owner, source), (self.owner, target))
        person.posts_kept = posts_table.move(self.connection, (owner, source), (self.owner, target))
        person.posts_seen = max(person.posts_seen, state.posts_seen if state else 0, person.posts_kept)
        self.changed.add(target)
        for table in ("person", "relation", "event", "contact_day"):
            self.connection.execute(f"delete from {table} where owner = ? and pid = ?", (owner, source))  # noqa: S608

    def _taken_out(self, owner: int, source: str) -> PersonState | None:
        """Remove a person who is about to be moved from memory, after writing all changes; return their row."""
        if owner != self.owner:
            return people_table.load(self.connection, owner, [source])[0].get(source)
        state, badge = self.people.pop(source, None), self.badges.pop(source, None)
        if badge and badge.stored_key:
            self.connection.execute("delete from badge where owner = ? and hkey = ?", (owner, badge.stored_key))
        self.flush()
        self.badges.pop(source, None)
        self.changed.discard(source)
        for key in [key for key in self.relations.stored if key[0] == source]:
            del self.relations.stored[key]
        return state

    def flush(self) -> None:
        """Write all changes so far."""
        interactions_table.save(self.connection, self.owner, [(pid, key, e) for (pid, key), e in self.events.items()])
        self.events.clear()
        self.contacts.save()
        for pid in self.contacts.recounted:
            self.contacts.recount(self.badge(pid))
        self.contacts.recounted.clear()
        self.relations.save(self.connection, self.owner)
        people_table.save_formers(self.connection, self.owner, self.names)
        self._mark_formers()
        self._save_people()

    def _mark_formers(self) -> None:
        """Set the latest former handle on the badges of the names that changed."""
        for pid in {former.pid for former in self.names.formers.values()} | {pid for _, pid in self.names.dropped}:
            badge = self.badges.get(pid) or (self.badge(pid) if pid in self.people else None)
            was = people_table.latest_former(self.connection, self.owner, pid)
            if badge and badge.was != was:
                badge.was, badge.dirty = was, True
        self.names.dropped.clear()

    def _save_people(self) -> None:
        self._set_flags()
        rows = []
        for pid, state in self.people.items():
            badge, name = self.badge(pid), self.names.names.get(pid)
            shown = state.values.get("name")
            held = name.handle if name and name.held else None
            moved = badge.stored_key != badges_table.key_of(pid, held)
            badge.dirty = badge.dirty or state.dirty or moved or badge.name != shown
            badge.name = shown if isinstance(shown, str) else None
            if badge.dirty:
                rows.append((badge, held, state.first_seen, state.last_seen))
        touched = [self.people[badge.pid] for badge, *_ in rows]
        people_table.save(self.connection, self.owner, touched, self.names)
        badges_table.save(self.connection, self.owner, rows)
        for state in touched:
            state.dirty = False

    def _set_flags(self) -> None:
        for pid, name in self.relations.changed:
            if name in {"follows_me", "i_follow"} and pid in self.people:
                badge = self.badge(pid)
                setattr(badge, name, self.relations.value(pid, name))
                badge.dirty = True
            self.changed.add(pid)
        self.relations.changed.clear()
