"""Queries for the queue of new followers: those not followed back, oldest first, and when each followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from companion.domain.sightings import INBOUND
from companion.store.ledger.ledger import Ledger
from companion.store.ledger.queries.directory import reader
from companion.store.ledger.rows import BadgeRow
from companion.store.ledger.sql import select_in
from companion.store.ledger.tables import badges as badges_table

FOLLOW = "follow"
_WAITING = (
    f"{badges_table.SELECT} and follows_me = 1 and i_follow is not 1 and handle is not null order by first_seen, hkey"
)
_FOLLOWED = (
    "select pid, min(at) from event where owner = ? and direction = ? and kind = ? and gone is null "
    "and at is not null and pid in (*) group by pid"
)


def not_followed_back(ledger: Ledger, owner: str) -> Iterator[BadgeRow]:
    """Yield the followers whom the viewer does not follow, the first seen first, from an index.

    Only as many rows are read as are taken.
    """
    connection, viewer = reader(ledger, owner)
    for row in connection.execute(_WAITING, (viewer.number,)):
        yield badges_table.badge_of(row[1:], viewer.inbound_since)


def count(ledger: Ledger, owner: str, *, followed: bool | None = None) -> int:
    """Return how many followers were seen; only those whom the viewer follows, or was seen not to follow, if told."""
    connection, viewer = reader(ledger, owner)
    row = connection.execute(
        "select coalesce(sum(people), 0) from follower_count where owner = ? and coalesce(followed = ?, true)",
        (viewer.number, followed),
    ).fetchone()
    return int(row[0])


def list_is_whole(ledger: Ledger, owner: str) -> bool:
    """Return whether the viewer's list of followers was ever seen to its end."""
    connection, viewer = reader(ledger, owner)
    row = connection.execute(
        "select 1 from list_run where owner = ? and kind = 'followers' and complete = 1 limit 1", (viewer.number,)
    ).fetchone()
    return row is not None


def followed_at(ledger: Ledger, owner: str, pids: Iterable[str]) -> dict[str, int]:
    """Return pid -> when they followed (epoch seconds UTC), for those whose follow was seen."""
    connection, viewer = reader(ledger, owner)
    rows = select_in(connection, _FOLLOWED, (viewer.number, INBOUND, FOLLOW), pids)
    return dict(cast("Iterator[tuple[str, int]]", rows))
