"""Records the viewer's own follower and following lists; an unfollow is concluded only from one complete visit.

Pages form a chain: a visit starts with the page requested without a cursor, and each further page was requested with
the cursor at the end of the page before. Only if the chain reaches the end, a missing person is known to be gone.
"""

from __future__ import annotations

from dataclasses import dataclass

from companion.domain.sightings import ListPage
from companion.store.ledger.batch import Batch

VISIT_SECONDS = 30 * 60
"""Pages further apart than this belong to two visits."""
SOURCE = "list"
FLAGS = {"followers": "follows_me", "following": "i_follow"}
SHORT_SHARE = 0.98
"""A list with fewer people than this share of the count that the viewer's profile shows is not believed to be whole."""


@dataclass(frozen=True, slots=True)
class Run:
    """One visit to one list."""

    started: int
    last_at: int
    next_cursor: str | None
    complete: bool


def take(batch: Batch, page: ListPage, at: int, own_count: int | None) -> str | None:
    """Record one page of one of the viewer's own lists.

    Args:
        batch: the unit of work.
        page: the page, in X's order.
        at: when it was seen, epoch seconds UTC.
        own_count: how many people are on the list according to the viewer's profile, None if unknown.

    Returns:
        A sentence if the page cannot be true and nothing of it was stored, else None.
    """
    name = FLAGS.get(page.kind)
    if name is None:
        return None
    if _is_suddenly_empty(batch, page, own_count):
        return f"X changed: your whole list of {page.kind} came empty; nothing is concluded from this list."
    run = _next(_latest(batch, page.kind), page, at)
    for pid in page.ids:
        filed = batch.see(pid, None, at)
        if filed is not None:
            batch.person(filed).seen(at)
            batch.relations.tell(filed, name, 1, SOURCE, at)
    if run is None:
        return None
    _save(batch, page, Run(run.started, at, page.cursor_out, page.end))
    if page.end:
        _conclude(batch, page.kind, run.started, at, own_count)
    return None


def _is_suddenly_empty(batch: Batch, page: ListPage, own_count: int | None) -> bool:
    """Return whether a list that had people is said to have none, which only the profile's own count of 0 confirms."""
    if page.cursor_in is not None or page.ids or own_count == 0:
        return False
    held = batch.connection.execute(
        "select 1 from relation where owner = ? and field = ? and value = 1 limit 1", (batch.owner, FLAGS[page.kind])
    )
    return held.fetchone() is not None


def _latest(batch: Batch, kind: str) -> Run | None:
    row = batch.connection.execute(
        "select started, last_at, next_cursor, complete from list_run where owner = ? and kind = ? "
        "and started <= ? order by started desc limit 1",
        (batch.owner, kind, batch.now),
    ).fetchone()
    return Run(row[0], row[1], row[2], bool(row[3])) if row else None


def _next(latest: Run | None, page: ListPage, at: int) -> Run | None:
    """Return the run that the page continues or starts; ``None`` if it belongs to no chain, or is a repeat."""
    if page.cursor_in is None:
        return Run(at, at, None, complete=False) if latest is None or at > latest.started else None
    if latest is None or latest.complete or page.cursor_in != latest.next_cursor:
        return None
    return latest if 0 <= at - latest.last_at <= VISIT_SECONDS else None


def _save(batch: Batch, page: ListPage, run: Run) -> None:
    """Write the run and its members, and delete older runs and those of a clock that was ahead."""
    key = (batch.owner, page.kind)
    for table in ("list_member", "list_run"):
        batch.connection.execute(
            f"delete from {table} where owner = ? and kind = ? and (started < ? or started > ?)",  # noqa: S608
            (*key, run.started, batch.now),
        )
    batch.connection.execute(
        "insert into list_run (owner, kind, started, last_at, next_cursor, complete) values (?, ?, ?, ?, ?, ?) "
        "on conflict (owner, kind, started) do update set last_at = excluded.last_at, "
        "next_cursor = excluded.next_cursor, complete = excluded.complete",
        (*key, run.started, run.last_at, run.next_cursor, int(run.complete)),
    )
    batch.connection.executemany(
        "insert into list_member (owner, kind, started, pid, cursor_in) values (?, ?, ?, ?, ?) "
        "on conflict (owner, kind, started, pid) do nothing",
        [(*key, run.started, pid, page.cursor_in or "") for pid in page.ids],
    )


def _conclude(batch: Batch, kind: str, started: int, at: int, own_count: int | None) -> None:
    """Record that people who were on the list before and are missing from the complete one have left it."""
    name = FLAGS[kind]
    rows = batch.connection.execute(
        "select pid from list_member where owner = ? and kind = ? and started = ?", (batch.owner, kind, started)
    )
    members = {row[0] for row in rows}
    if own_count is not None and len(members) < own_count * SHORT_SHARE:
        return
    batch.flush()
    known = batch.connection.execute(
        "select pid from relation where owner = ? and field = ? and value = 1 and (at < ? or at > ?)",
        (batch.owner, name, started, batch.now),
    ).fetchall()
    missing = [pid for (pid,) in known if pid not in members]
    batch.load(missing, ())
    for pid in missing:
        batch.relations.tell(pid, name, 0, SOURCE, at)
