"""Fills the ledger's tables with invented people by bulk SQL statements: ten million interactions in a minute.

What is derived (days, tallies, badges) is worked out from the interactions themselves, and the sums are made by the
ledger's own rebuild afterwards; `crowd` has a sample of it counted again by the ledger before it is used.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from companion.domain.dates import DAY
from companion.store.ledger.tables.interactions import weighs

OWNER = 1
CHUNK = 50_000
"""People inserted at a time: their interactions are sorted in memory."""
KINDS = ("reply", "reply", "reply", "mention", "like", "like", "like", "repost", "quote", "dm")
TALK = "(" + ", ".join(f"'{kind}'" for kind in sorted(set(KINDS)) if weighs(kind)[0]) + ")"
HISTORY_DAYS = 700

ExportedPerson = tuple[int, str, str, int]
"""(number, id, handle, how many interactions)."""
Names = dict[str, int | str]

_CHOICES = " ".join(f"when {place} then '{kind}'" for place, kind in enumerate(KINDS))
_LEHMER = "{} * 48271 % 2147483647"
_FIRST = "1 + ((number % 1000003) * 7919 + turn * 104729) % 2147483646"
"""Park and Miller's generator, seeded for each interaction; SQLite's random numbers cannot be seeded."""
_EVENTS = f"""
insert or ignore into event (owner, pid, direction, kind, ref, at, partial, automatic, source)
select {OWNER}, pid, case c / 7 % 2 when 0 then 'in' else 'out' end as direction, kind,
    case kind when 'like' then 'like:' else '' end || (:first_id + at * 1000 + turn) as ref, at, 0, 0, 'page'
from (
    select pid, turn, :now - b % {HISTORY_DAYS * DAY} as at, {_LEHMER.format("b")} as c,
        case b / 11 % {len(KINDS)} {_CHOICES} end as kind
    from (select pid, turn, {_LEHMER.format(f"({_FIRST})")} as b
          from someone join turns on turn < acts where number >= :start and number < :end)
)
"""
_DAILY = f"""
insert into daily
select pid, at / {DAY} as day, direction, sum(kind in {TALK}) as talk, sum(kind not in {TALK}),
    max(case when kind in {TALK} then at end), min(at), max(at), count(*)
from event where owner = {OWNER} and pid >= :first and pid <= :last group by pid, day, direction
"""
_DAYS = f"""
insert into contact_day (owner, pid, day, direction, talk, light)
select {OWNER}, pid, day, direction, talk, light from daily order by rowid
"""
_PEOPLE = f"""
insert into person (owner, pid, handle, handle_since, handle_at, held, name, bio, followers, following, fields_at,
    posts_kept, posts_seen, first_seen, last_seen)
select {OWNER}, pid, handle, :now - {DAY}, :now, 1, 'Person ' || number,
    'An invented bio of usual length, about nothing.', number % 5000, number % 900, :now, 0, 0, :now - {DAY}, :now
from someone order by pid
"""
_COUNTED = """
insert into counted
select d.pid, sum(direction = 'in' and talk > 0), sum(direction = 'out' and talk > 0), coalesce(max(two), 0),
    sum(direction = 'in' and light > 0), sum(direction = 'out' and light > 0),
    sum(talk * (direction = 'in')), sum(talk * (direction = 'out')),
    max(case direction when 'in' then talk_at end), max(case direction when 'out' then talk_at end),
    min(first_at), sum(acts), max(last_at)
from daily d left join (select pid, count(*) as two from (
    select pid, day from daily where talk > 0 group by pid, day having count(*) = 2) group by pid) both
on both.pid = d.pid group by d.pid
"""
_BADGES = f"""
insert into badge
select {OWNER}, handle, pid, handle, 'Person ' || number, 'person ' || number, null, number % 3 = 0, number % 2 = 0,
    0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
    coalesce(days_in, 0), coalesce(days_out, 0), coalesce(two, 0), coalesce(light_in, 0), coalesce(light_out, 0),
    coalesce(n_in, 0), coalesce(n_out, 0), last_in, last_out, first_at, coalesce(c.acts, 0), last_at,
    :now - {DAY} * (1 + number * 7919 % {HISTORY_DAYS}), :now
from someone left join counted c using (pid) order by handle
"""


def fill(connection: sqlite3.Connection, people: Iterable[ExportedPerson], now: int, first_id: int) -> None:
    """Fill all tables in one transaction; the indexes of the badge table are built last."""
    names: Names = {"now": now, "first_id": first_id}
    connection.execute("begin")
    connection.execute("create temp table someone (number integer primary key, pid text, handle text, acts integer)")
    connection.executemany("insert into someone values (?, ?, ?, ?)", people)
    connection.execute(
        "create temp table daily (pid text, day integer, direction text, talk, light, talk_at, first_at, last_at, acts)"
    )
    connection.execute(
        "create temp table counted (pid text primary key, days_in, days_out, two, light_in, light_out, n_in, n_out, "
        "last_in, last_out, first_at, acts, last_at) without rowid"
    )
    most, count = connection.execute("select max(acts), count(*) from someone").fetchone()
    connection.execute("create temp table turns (turn integer primary key)")
    connection.executemany("insert into turns values (?)", ((turn,) for turn in range(most)))
    connection.execute(_PEOPLE, names)
    for start in range(0, count, CHUNK):
        _histories(connection, start, min(count, start + CHUNK), names)
    indexes = connection.execute(
        "select name, sql from sqlite_master where type = 'index' and tbl_name = 'badge' and sql is not null"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f"drop index {name}")
    connection.execute(_BADGES, names)
    for _, sql in indexes:
        connection.execute(sql)
    connection.execute("commit")


def _histories(connection: sqlite3.Connection, start: int, end: int, names: Names) -> None:
    """Insert the interactions and contact days of some people, and their totals."""
    connection.execute(_EVENTS, {**names, "start": start, "end": end})
    first, last = connection.execute(
        "select min(pid), max(pid) from someone where number >= ? and number < ?", (start, end)
    ).fetchone()
    connection.execute("delete from daily")
    connection.execute(_DAILY, {"first": first, "last": last})
    connection.execute(_DAYS)
    connection.execute(_COUNTED)
