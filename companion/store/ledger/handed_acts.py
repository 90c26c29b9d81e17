"""Gives one account's acts to the user's other machines and joins theirs: the same act counts once, whoever saw it.

Two sightings are one act by its key (direction, kind, reference), and states are joined the same in any order, so that
acts may be told late, twice and from both sides.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec

from companion.domain.sightings import Interaction
from companion.store.ledger.batch import Batch
from companion.store.ledger.connections import Connections
from companion.store.ledger.tables.interactions import COLUMNS, FOREVER, EventState, Key, believable, state_of
from companion.store.ledger.viewers import ViewerUpdate

OWN = "you"
"""Source of acts that are mirrored from the notebook, which shares them itself."""
_ALL = (
    f"select pid, direction, kind, ref, {', '.join(COLUMNS)} from event "  # noqa: S608 - constants
    f"where owner = ? and source <> '{OWN}' order by pid"
)
_ONE = _ALL.replace("order by pid", "and pid = ?")


class Act(msgspec.Struct, frozen=True, array_like=True):
    """One act as it goes over: its key, then its state (see `companion.store.ledger.tables.interactions`)."""

    direction: str
    kind: str
    ref: str
    at: int | None = None
    last: int | None = None
    gone: int | None = None
    partial: bool = False
    automatic: bool = False
    post: str | None = None
    source: str = "page"
    chat: str | None = None

    @property
    def key(self) -> Key:
        """What makes it one act with one person."""
        return self.direction, self.kind, self.ref

    def is_believable(self, now: int) -> bool:
        """Return whether a ledger could have it: of a known kind and direction, and not in the future."""
        times = [time for time in (self.at, self.last, self.gone) if time is not None]
        own = self.source == OWN or (self.at is None and self.gone is None)
        return not own and all(believable(Interaction(self.direction, self.kind, at, self.ref), now) for at in times)

    def state(self) -> EventState:
        """Return its state."""
        return EventState(
            self.at, self.last, self.gone, self.partial, self.automatic, self.post, self.source, self.chat
        )


def all_acts(connection: sqlite3.Connection, owner: int) -> Iterator[tuple[str, list[Act]]]:
    """See ``Ledger.all_acts``."""
    rows = connection.execute(_ALL, (owner,))
    for pid, group in groupby(rows, key=lambda row: str(row[0])):
        yield pid, [_act(tuple(row)[1:]) for row in group]


def acts_with(connection: sqlite3.Connection, owner: int, pid: str) -> list[Act]:
    """See ``Ledger.acts_with``."""
    return [_act(tuple(row)[1:]) for row in connection.execute(_ONE, (owner, pid))]


def join(
    connections: Connections, writing: ViewerUpdate, pid: str, acts: Iterable[Act], since: int | None, now: int
) -> str:
    """See ``Ledger.join_acts``."""
    viewer, bare = writing.viewer, pid.startswith("@")
    with connections.writing() as connection:
        batch = Batch(connection, viewer.number)
        batch.load([pid], [pid.removeprefix("@")] if bare else [])
        filed = batch.see(None if bare else pid, pid if bare else None, now)
        for act in acts:
            if filed and filed != viewer.name and act.is_believable(now):
                batch.person(filed).seen(min(now, act.at or now))
                batch.event(filed, act.key, act.state())
        batch.flush()
        after = writing.seen(connection, 0, since, FOREVER)  # nobody was active here
    writing.viewers.remember(after)
    return filed or pid


def _act(row: tuple[object, ...]) -> Act:
    state = state_of(row[3:])
    own = (state.partial, state.automatic, state.post, state.source, state.chat)
    return Act(str(row[0]), str(row[1]), str(row[2]), state.at, state.last, state.gone, *own)
