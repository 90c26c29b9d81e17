"""Bulk import of a whole archive: interactions are written first, and everything derived is computed once at the end.

Recording one by one keeps every sum right after each interaction, which a page needs and 200,000 at once do not.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from operator import itemgetter

from companion.domain.dates import DAY
from companion.domain.identity import IdentityEvent
from companion.domain.kinds import KINDS
from companion.domain.sightings import INBOUND, OUTBOUND, Interaction, Relation
from companion.store.ledger.connections import Connections
from companion.store.ledger.imports import changes
from companion.store.ledger.imports.changes import Change
from companion.store.ledger.ingest.bulk_introduce import IntroducedPeople, NameSighting, introduce
from companion.store.ledger.ingest.bulk_settle import settle
from companion.store.ledger.scores.rebuild import SumBuilder, latest_day
from companion.store.ledger.tables.interactions import COLUMNS, FUTURE_SECONDS, KEYS, EventState
from companion.store.ledger.tables.relations import Statements, statements, write_statements
from companion.store.ledger.viewers import Viewer

PEOPLE_AT_ONCE = 1000
ACTS_AT_ONCE = 20_000
"""People and interactions in one transaction; other writers get their turn between two."""
SOURCE = "archive"
_TO = f"insert into event ({', '.join((*KEYS, *COLUMNS))}) values "  # noqa: S608 - constants
_BETTER = (
    "(event.at is null or (excluded.partial, excluded.at, excluded.source) < (event.partial, event.at, event.source))"
)
_LAST = "max(coalesce(event.last, event.at, excluded.at), excluded.at)"
_BEST = {
    name: f"case when {_BETTER} then excluded.{name} else event.{name} end" for name in ("at", "partial", "source")
}
_LEAST = {
    name: f"(excluded.{name} is not null and (event.{name} is null or excluded.{name} < event.{name}))"
    for name in ("post", "chat")
}
_SETS = {
    **_BEST,
    "last": f"nullif({_LAST}, {_BEST['at']})",
    "automatic": "max(event.automatic, excluded.automatic)",
    **{name: f"case when {less} then excluded.{name} else event.{name} end" for name, less in _LEAST.items()},
}
_ONCE = (
    f" on conflict ({', '.join(KEYS)}) do update set {', '.join(f'{name} = {value}' for name, value in _SETS.items())} "
    f"where {_BETTER} or excluded.at > coalesce(event.last, event.at) or excluded.automatic > event.automatic "
    f"or {' or '.join(_LEAST.values())}"
)
"""Two sightings of one interaction are joined as ``EventState.joined`` does; a repeat changes nothing."""
_ANY = f"{_TO}({', '.join('?' for _ in (*KEYS, *COLUMNS))}){_ONCE}"

PlainRow = tuple[str, str, int, str]
"""(pid, ref, at, source)."""


class BulkImport:
    """A bulk import of interactions with people known by id into one viewer's ledger.

    ``take`` writes interactions and collects their people; ``settle`` creates those people and computes what derives
    from their interactions. A kill in between leaves interactions that are not counted yet; repeating the import
    repairs that.
    """

    def __init__(self, connections: Connections, viewer: Viewer, at: int, run: int | None = None) -> None:
        self._connections, self._viewer, self._at, self._run = connections, viewer, at, run
        self._met: dict[str, NameSighting] = {}
        self._also: dict[tuple[str, str | None], NameSighting] = {}
        """Further handles of the same people."""
        self._stated: dict[str, Statements] = {}
        self._unsettled: set[str] = set()

    def take(self, acts: Iterable[Interaction], *, write: bool = True, settle: bool = False) -> int:
        """Write interactions in any order; return how many changed anything.

        Args:
            acts: interactions, each with a person's id; those undone, with oneself or in the future are skipped.
            write: False if they are known to be stored already.
            settle: whether to recount these people even if no interaction is new.
        """
        met, plain, others = self._met, defaultdict[tuple[str, str], list[PlainRow]](list), list[Interaction]()
        latest = self._at + FUTURE_SECONDS
        for act in acts:
            pid, at = act.id, act.at
            if not pid or not 0 <= at <= latest or act.removed:
                continue
            person = met.get(pid)
            if person is None or person.handle != act.handle:
                if self._viewer.is_self(pid, act.handle):
                    continue
                person = self._named(pid, act.handle, at)
            if at < person.first:
                person.first = at
            elif at > person.last:
                person.last = at
            ref, post = act.ref, act.post
            if act.partial or act.automatic or act.chat or not (post is None or (post == ref and ref.isdigit())):
                others.append(act)
            else:
                plain[act.direction, act.kind].append((pid, ref, at, act.source))
        new = self._write(plain, others) if write else 0
        if new or settle:
            self._unsettled |= {row[0] for rows in plain.values() for row in rows} | {str(act.id) for act in others}
        return new

    def add_relations(self, relations: Iterable[Relation]) -> None:
        """Collect relations with people known by id; ``settle`` writes them."""
        for relation in relations:
            if relation.id and not self._viewer.is_self(relation.id, relation.handle):
                self._stated[relation.id] = statements(relation)
                seen = self._named(relation.id, relation.handle, self._at)
                seen.last = max(seen.last, self._at)

    def _named(self, pid: str, handle: str | None, at: int) -> NameSighting:
        """Return the evidence of this id with this handle."""
        known, sighting = self._met.get(pid), NameSighting(pid, handle, at, at)
        if known is None:
            self._met[pid] = sighting
            return sighting
        if known.handle is None and handle is not None:  # most acts come with the handle, so that is found first
            self._met[pid], self._also[pid, None] = sighting, known
            return sighting
        return known if known.handle == handle else self._also.setdefault((pid, handle), sighting)

    def _write(self, plain: dict[tuple[str, str], list[PlainRow]], others: Sequence[Interaction]) -> int:
        new, owner = 0, self._viewer.number
        for (direction, kind), rows in plain.items():
            if kind not in KINDS or direction not in {INBOUND, OUTBOUND}:
                continue
            rows.sort(key=itemgetter(0))  # as they lie on disk
            sql = f"{_TO}({owner}, ?, '{direction}', '{kind}', ?, ?, null, null, 0, 0, null, ?, null){_ONCE}"
            for some in _parts(rows):
                new += self._written(sql, some, partial(_told, some, direction, kind))
        states = [
            (owner, act.id, act.direction, act.kind, act.ref, *EventState.of(act).row())
            for act in others
            if act.kind in KINDS and act.direction in {INBOUND, OUTBOUND}
        ]
        states.sort(key=itemgetter(1))
        return new + sum(self._written(_ANY, some, partial(_told_states, some)) for some in _parts(states))

    def _written(self, sql: str, rows: Sequence[tuple[object, ...]], told: Callable[[], Iterator[Change]]) -> int:
        with self._noted() as connection:
            count = connection.executemany(sql, rows).rowcount
            self._hold(connection, told)
            return count

    @contextmanager
    def _noted(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction whose changes are noted as this import's."""
        owner = self._viewer.number
        with self._connections.writing() as connection, changes.noted(connection, owner, self._run):
            yield connection

    def _hold(self, connection: sqlite3.Connection, told: Callable[[], Iterator[Change]]) -> None:
        """Note what this import holds beside earlier ones; one that cannot be undone is like any other source."""
        if self._run is None:
            changes.seen_elsewhere(connection, self._viewer.number, told())
        else:
            changes.also_held(connection, self._viewer.number, self._run, told())

    def settle(self, on_progress: Callable[[int, int], None] = lambda _done, _all: None) -> IntroducedPeople:
        """Create the collected people, and recount those with new interactions.

        Args:
            on_progress: called now and then with the number of people done and of all.
        """
        pids, changed, identity = sorted(self._met), 0, list[IdentityEvent]()
        also: dict[str, list[NameSighting]] = defaultdict(list)
        for met in self._also.values():
            also[met.pid].append(met)
        common, owner = self._common(pids), self._viewer.number
        for start in range(0, len(pids), PEOPLE_AT_ONCE):
            some = pids[start : start + PEOPLE_AT_ONCE]
            sightings = [met for pid in some for met in self._sightings_of([self._met[pid], *also.get(pid, ())])]
            with self._noted() as connection:
                introduced = introduce(connection, owner, sightings)
                stated = {pid: self._stated[pid] for pid in some if pid in self._stated}
                write_statements(connection, owner, stated, SOURCE, self._at)
                settle(connection, owner, [pid for pid in some if pid in self._unsettled], common)
                self._hold(connection, partial(_told_people, some, stated))
            changed, identity = changed + introduced.people, [*identity, *introduced.identity]
            on_progress(start + len(some), len(pids))
        self._unsettled.clear()
        return IntroducedPeople(changed, identity)

    def _sightings_of(self, mets: Sequence[NameSighting]) -> list[NameSighting]:
        """Return all name sightings of one person, none later than the archive was made."""
        first, last = min(met.first for met in mets), min(max(met.last for met in mets), self._at)
        first = min(first, last)
        named = [met for met in mets if met.handle] or mets[:1]
        return [
            NameSighting(met.pid, met.handle, min(met.first, self._at), min(met.last, self._at), first, last)
            for met in named
        ]

    def _common(self, pids: Sequence[str]) -> SumBuilder:
        """Return a builder of sums as of the latest contact with anyone."""
        latest = max((self._met[pid].last for pid in pids), default=0) // DAY * DAY
        known = latest_day(self._connections.reading(), self._viewer.number)
        return known if known.at >= latest else SumBuilder(latest)


def _parts(rows: Sequence[tuple[object, ...]]) -> Iterator[Sequence[tuple[object, ...]]]:
    for start in range(0, len(rows), ACTS_AT_ONCE):
        yield rows[start : start + ACTS_AT_ONCE]


def _told(rows: Iterable[Sequence[object]], direction: str, kind: str) -> Iterator[Change]:
    for pid, ref, *_ in rows:
        yield str(pid), "event", changes.key_of(direction, kind, str(ref))


def _told_states(rows: Iterable[Sequence[object]]) -> Iterator[Change]:
    for _, pid, direction, kind, ref, *_ in rows:
        yield str(pid), "event", changes.key_of(str(direction), str(kind), str(ref))


def _told_people(pids: Iterable[str], stated: Mapping[str, Statements]) -> Iterator[Change]:
    for pid in pids:
        yield pid, "person", ""
        yield from ((pid, "relation", name) for name, _ in stated.get(pid, ()))
