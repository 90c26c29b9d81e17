"""Taking in a whole archive: acts are written sorted and plain, and what follows from them is counted once at the end.

Recording act by act keeps every sum right after every act, which a page needs and 200,000 acts at once do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from companion.sources.sightings import Interaction
from companion.store import ledger_events, ledger_recount
from companion.store.ledger_connections import Connections
from companion.store.ledger_events import COLUMNS, KEYS, EventState
from companion.store.ledger_viewers import Viewer

PEOPLE_AT_ONCE = 1000
"""People counted in one transaction; look-ups and other writers get their turn between two."""
_MARKS = ", ".join("?" for _ in (*KEYS, *COLUMNS))
_INSERT = (
    f"insert into event ({', '.join((*KEYS, *COLUMNS))}) values ({_MARKS}) "  # noqa: S608 - constants
    f"on conflict ({', '.join(KEYS)}) do nothing"
)


def take_in(connections: Connections, viewer: Viewer, acts: Iterable[Interaction], at: int) -> int:
    """Write acts of people known by id, in one transaction; return how many were new.

    An act that is there already stays as it is. Sums and tallies are behind until `settle`.
    """
    rows = sorted(_rows(viewer, acts, at))
    with connections.writing() as connection:
        before = connection.total_changes
        connection.executemany(_INSERT, rows)
        return connection.total_changes - before


def _rows(viewer: Viewer, acts: Iterable[Interaction], at: int) -> Iterator[tuple[object, ...]]:
    for act in acts:
        if act.id and not viewer.is_self(act.id, act.handle) and ledger_events.believable(act, at):
            yield (viewer.number, act.id, act.direction, act.kind, act.ref, *EventState.of(act).row())


def settle(connections: Connections, owner: int, pids: Sequence[str]) -> None:
    """Count days, tallies and sums of these people from their acts."""
    for start in range(0, len(pids), PEOPLE_AT_ONCE):
        with connections.writing() as connection:
            ledger_recount.rebuild(connection, owner, list(pids[start : start + PEOPLE_AT_ONCE]))
