"""The snapshot table: a person's follower counts and follow flags, one row for each day on which they changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import cast

from companion.domain.dates import DAY
from companion.store.ledger.rows import Snapshot
from companion.store.ledger.sql import flag, select_in, upsert

COLUMNS = ("at", "followers", "following", "follows_me", "i_follow")
_UPSERT = upsert("snapshot", ("owner", "pid", "day"), COLUMNS)

Facts = tuple[int | None, int | None, bool | None, bool | None]
"""(followers, following, follows me, I follow)."""


def take(connection: sqlite3.Connection, owner: int, facts: Iterable[tuple[str, Facts]], at: int, now: int) -> None:
    """Store the facts that changed since a person's latest snapshot; a day's last facts replace its earlier ones.

    Snapshots beyond ``now`` are from a clock that was ahead; the person's first sighting after that deletes them.
    """
    by_person = dict(facts)
    connection.executemany(
        "delete from snapshot where owner = ? and pid = ? and day > ?", [(owner, pid, now // DAY) for pid in by_person]
    )
    sql = (
        "select s.pid, s.at, s.followers, s.following, s.follows_me, s.i_follow from snapshot s "
        "where s.owner = ? and s.pid in (*) and s.day = "
        "(select max(t.day) from snapshot t where t.owner = s.owner and t.pid = s.pid)"
    )
    latest = select_in(connection, sql, (owner,), by_person)
    known = {cast("str", row[0]): (cast("int", row[1]), row[2:]) for row in latest}
    rows = []
    for pid, told in by_person.items():
        before_at, before = known.get(pid, (0, None))
        if told != (None, None, None, None) and at >= before_at and before != told:
            rows.append((owner, pid, at // DAY, at, *told))
    connection.executemany(_UPSERT, rows)


def read(connection: sqlite3.Connection, owner: int, pid: str) -> list[Snapshot]:
    """See ``Ledger.snapshots``."""
    rows = connection.execute(
        "select at, followers, following, follows_me, i_follow from snapshot where owner = ? and pid = ? order by day",
        (owner, pid),
    )
    return [Snapshot(at, followers, following, flag(me), flag(i)) for at, followers, following, me, i in rows]


def move(connection: sqlite3.Connection, source: tuple[int, str], target: tuple[int, str]) -> None:
    """Move a person's snapshots under another key; where both have a day, the target's stays."""
    connection.execute(
        "insert into snapshot (owner, pid, day, at, followers, following, follows_me, i_follow) "
        "select ?, ?, day, at, followers, following, follows_me, i_follow from snapshot where owner = ? and pid = ? "
        "on conflict (owner, pid, day) do nothing",
        (*target, *source),
    )
    connection.execute("delete from snapshot where owner = ? and pid = ?", source)
