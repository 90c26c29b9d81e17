"""Read queries over many people: recent contacts, search, sorted pages, and counts."""

from __future__ import annotations

import heapq
import sqlite3
from typing import cast

import msgspec

from companion.domain.handles import fold
from companion.reciprocity.sums import Sums, score_of
from companion.store.ledger.rows import BadgeRow, Counts
from companion.store.ledger.sql import like_inside, select_in
from companion.store.ledger.tables import badges as badges_table
from companion.store.ledger.tables.badges import SUM_COLUMNS, ViewerRef

AFTER_ALL = "\U0010ffff"
"""Sorts after every text that begins the same."""
LOOKED_AT = 200
"""Most people with a matching prefix who are ranked by contact."""

SORTS = {
    "contact": "contact_at", "name": "nkey", "handle": "hkey", "first_seen": "first_seen", "last_seen": "last_seen",
    "days_in": "days_in", "days_out": "days_out", "last_in": "last_in", "last_out": "last_out",
}  # fmt: skip
"""What people can be sorted by, apart from ``score``."""


class PeopleQuery(msgspec.Struct, frozen=True):
    """One page of a list of people.

    ``sort`` is ``score`` or a key of ``SORTS``; unknown values come last. ``everyone`` includes those who were only
    seen, without contact or follow. ``text`` is looked for inside handle and name. ``now`` dates the score.
    """

    sort: str = "contact"
    descending: bool = True
    offset: int = 0
    limit: int = 50
    everyone: bool = False
    follows_me: bool | None = None
    i_follow: bool | None = None
    text: str = ""
    now: int = 0


class PeoplePage(msgspec.Struct, frozen=True):
    """One page of people, and how many fit in all."""

    people: list[BadgeRow]
    total: int


def relation(connection: sqlite3.Connection, owner: int, pid: str) -> dict[str, tuple[bool | int, str, int]]:
    """See ``Ledger.relation``; flags are booleans, counts stay numbers."""
    rows = connection.execute("select field, value, source, at from relation where owner = ? and pid = ?", (owner, pid))
    return {name: (value if name == "mutuals_shown" else bool(value), source, at) for name, value, source, at in rows}


def recent(connection: sqlite3.Connection, viewer: ViewerRef, limit: int) -> list[BadgeRow]:
    """See ``Ledger.recent``."""
    return badges_table.rows(
        connection, viewer, "and contact_at is not null order by contact_at desc limit ?", (limit,)
    )


def search(connection: sqlite3.Connection, viewer: ViewerRef, q: str, limit: int) -> list[BadgeRow]:
    """See ``Ledger.search``: the beginnings of handles, then of names, then anything inside; most contact first."""
    text = q.strip().casefold()
    key = fold(q)
    if not text or not key:
        return []
    matches: dict[str, BadgeRow] = {}
    for column, start in (("hkey", key), ("nkey", text)):
        if len(matches) < limit:
            rest = f"and {column} >= ? and {column} < ? limit ?"
            rows = badges_table.rows(connection, viewer, rest, (start, start + AFTER_ALL, LOOKED_AT))
            _add(matches, rows, limit)
    if len(matches) < limit:
        inside = (
            "and hkey in (select hkey from badge where owner = ? "
            "and (hkey like ? escape '!' or nkey like ? escape '!') limit ?)"
        )
        values = (viewer.number, like_inside(key), like_inside(text), LOOKED_AT)
        _add(matches, badges_table.rows(connection, viewer, inside, values), limit)
    return list(matches.values())


def _add(matches: dict[str, BadgeRow], rows: list[BadgeRow], limit: int) -> None:
    rows.sort(key=lambda badge: (-badge.acts, -(badge.contact_at or 0), badge.handle or badge.pid))
    for badge in rows:
        if badge.handle is not None and len(matches) < limit:
            matches.setdefault(badge.pid, badge)


def people(connection: sqlite3.Connection, viewer: ViewerRef, query: PeopleQuery) -> PeoplePage:
    """See ``Ledger.people``."""
    where, values = _conditions(query)
    total = connection.execute(
        f"select count(*) from badge where owner = ? {where}",  # noqa: S608 - constants of this module
        (viewer.number, *values),
    ).fetchone()[0]
    if query.sort == "score":
        return PeoplePage(_by_score(connection, viewer, query, where, values), total)
    column, way = SORTS[query.sort], "desc" if query.descending else "asc"
    order = f"hkey {way}" if column == "hkey" else f"{column} is null, {column} {way}, hkey"
    rest = f"{where} order by {order} limit ? offset ?"
    return PeoplePage(badges_table.rows(connection, viewer, rest, (*values, query.limit, query.offset)), total)


def _conditions(query: PeopleQuery) -> tuple[str, list[object]]:
    where: list[str] = [] if query.everyone else ["(contact_at is not null or follows_me = 1)"]
    values: list[object] = []
    for column, wanted in (("follows_me", query.follows_me), ("i_follow", query.i_follow)):
        if wanted is not None:
            where.append(f"{column} = ?")
            values.append(int(wanted))
    if query.text.strip():
        where.append("(hkey like ? escape '!' or nkey like ? escape '!')")
        values += [like_inside(fold(query.text)), like_inside(query.text.strip().casefold())]
    return "".join(f" and {condition}" for condition in where), values


def _by_score(
    connection: sqlite3.Connection, viewer: ViewerRef, query: PeopleQuery, where: str, values: list[object]
) -> list[BadgeRow]:
    """Rank by the score at ``now``; it adds two sums that decay at different rates, so no stored order stays right."""
    rows = connection.execute(
        f"select hkey, {', '.join(SUM_COLUMNS)} from badge where owner = ? {where}",  # noqa: S608 - constants
        (viewer.number, *values),
    )
    scored = ((_score(row[1:], query.now), row[0]) for row in rows)
    choose = heapq.nlargest if query.descending else heapq.nsmallest
    keys = [key for _, key in choose(query.offset + query.limit, scored)][query.offset :]
    by_key = {
        cast("str", row[0]): badges_table.badge_of(row[1:], viewer.inbound_since)
        for row in select_in(connection, f"{badges_table.SELECT} and hkey in (*)", (viewer.number,), keys)
    }
    return [by_key[key] for key in keys]


def _score(values: tuple[int, float, float, float, float, float, float], now: int) -> float:
    """Return the score of a row of ``SUM_COLUMNS``; most people never sent anything and have 0."""
    sums = Sums(*values)
    return score_of(sums, now) if sums.talk_in_90 or sums.light_in else 0.0


def count_people(connection: sqlite3.Connection, owner: int) -> int:
    """See ``Ledger.count_people``: every person has one badge row, and badges have a narrow index."""
    count: int = connection.execute("select count(*) from badge where owner = ?", (owner,)).fetchone()[0]
    return count


def counts(connection: sqlite3.Connection, owner: int) -> Counts:
    """See ``Ledger.counts``."""
    numbers = [
        connection.execute(f"select count(*) from {table} where owner = ?", (owner,)).fetchone()[0]  # noqa: S608
        for table in ("person", "post", "event")
    ]
    seen = connection.execute("select first_seen, last_seen from viewer where owner = ?", (owner,)).fetchone()
    return Counts(*numbers, *(seen or (None, None)))
