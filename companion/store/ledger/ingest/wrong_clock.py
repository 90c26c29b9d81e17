"""Brings back interactions that were dated while the clock stood ahead: a time beyond now counts as now."""

from __future__ import annotations

import sqlite3

from companion.store.ledger.scores import recount
from companion.store.ledger.sql import chunks
from companion.store.ledger.tables.interactions import FUTURE_SECONDS

_AHEAD = "select pid from badge where owner = ? and contact_at > ?"
_WAS_AHEAD = "select 1 from viewer where owner = ? and last_seen > ?"
_ALL_AHEAD = (
    "select distinct pid from event where owner = ? and max(coalesce(at, 0), coalesce(last, 0), coalesce(gone, 0)) > ?"
)
"""Finds what was undone too, in one pass over everything; needed once, after anything was seen in that time."""
_BACK = (
    "update event set at = case when at > :ahead then :now else at end, "
    "last = case when last > :ahead then :now else last end, "
    "gone = case when gone > :ahead then case when coalesce(last, at) > gone then :now - 1 else :now end else gone end "
    "where owner = :owner and pid = :pid and (at > :ahead or last > :ahead or gone > :ahead)"
)
"""Whether an act was undone or done again last stays as it was."""


def bring_back(connection: sqlite3.Connection, owner: int, now: int) -> None:
    """Date everything that lies beyond now as now, and count those people anew, inside an open transaction.

    One act with such a time would fade everything else of that person until then. The people are found by an index.
    """
    ahead = now + FUTURE_SECONDS
    was_ahead = connection.execute(_WAS_AHEAD, (owner, ahead)).fetchone() is not None
    pids = [row[0] for row in connection.execute(_ALL_AHEAD if was_ahead else _AHEAD, (owner, ahead))]
    for some in chunks(pids):
        connection.executemany(_BACK, [{"owner": owner, "pid": pid, "ahead": ahead, "now": now} for pid in some])
        recount.rebuild(connection, owner, some)
