"""The dashboard's statistics over all people: followers, unanswered, silent, steady contacts, and kinds of contact."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from companion.domain.dates import DAY, DayOf
from companion.store.ledger.ledger import Ledger
from companion.store.ledger.queries.directory import reader
from companion.store.ledger.queries.talks import TALK_KINDS
from companion.store.ledger.rank_sql import MOST_MASS, SCORE, SHOWN, mass_for
from companion.store.ledger.rows import BadgeRow
from companion.store.ledger.tables import badges as badges_table
from companion.store.ledger.tables.badges import WHOLE
from companion.store.ledger.tables.interactions import LIVE_AT

WEEKS = 26
RECENT_PEOPLE = 300
"""Most people whose interactions are counted by kind and place, so that the cost is bounded."""


@dataclass(frozen=True, slots=True)
class Followers:
    """Followers seen: how many, how many of them are known (a note or talk both ways), how many ever wrote."""

    seen: int
    known: int
    reached: int


def followers(ledger: Ledger, owner: str, noted: Sequence[str]) -> Followers:
    """Count the followers seen.

    Args:
        ledger: the open ledger.
        owner: the viewer's key.
        noted: pids about whom there is a note.
    """
    connection, viewer = reader(ledger, owner)
    row = connection.execute(
        "select count(*), coalesce(sum((days_in > 0 and days_out > 0) "  # noqa: S608 - a constant
        "or pid in (select value from json_each(:noted))), 0), coalesce(sum(days_in > 0), 0) "
        f"from badge where owner = :owner and {WHOLE} and +follows_me = 1",
        {"owner": viewer.number, "noted": json.dumps(list(noted))},
    ).fetchone()
    return Followers(*row)


def unanswered(ledger: Ledger, owner: str, now: int, days: int, limit: int) -> list[BadgeRow]:
    """Return people who wrote last, in the last days, and have not been answered; latest first."""
    connection, viewer = reader(ledger, owner)
    rest = (
        "and contact_at >= ? and last_in >= ? and (last_out is null or last_out < last_in) "
        "order by contact_at desc limit ?"
    )
    since = now - days * DAY
    return badges_table.rows(connection, viewer, rest, (since, since, limit))


def silent(ledger: Ledger, owner: str, now: int, limit: int) -> list[BadgeRow]:
    """Return people who used to write and are quiet beyond their own rhythm; those who wrote on most days first.

    Quiet is at least three weeks and three of their usual gaps, however long ago: an old archive has them too.
    """
    connection, viewer = reader(ledger, owner)
    rest = (
        f"and {WHOLE} and days_in >= 4 and days_out >= 3 and last_in < ? and coalesce(last_out, 0) < ? "
        "and (? - last_in) * (days_in - 1) > 3 * (last_in - first_seen_contact) "
        "order by min(days_in, days_out) desc, hkey limit ?"
    )
    values = (now - 21 * DAY, now - 7 * DAY, now, limit)
    return badges_table.rows(connection, viewer, rest, values)


def spoken_since(ledger: Ledger, owner: str, start: int) -> list[BadgeRow]:
    """Return the people to whom the viewer wrote since the start of a day, latest first, at most 20."""
    connection, viewer = reader(ledger, owner)
    rest = "and contact_at >= ? and last_out >= ? order by last_out desc limit 20"
    return badges_table.rows(connection, viewer, rest, (start, start))


def steady(ledger: Ledger, owner: str, now: int, limit: int) -> list[BadgeRow]:
    """Return people in contact within 26 weeks with the most days on which both sides wrote, each on its own days."""
    connection, viewer = reader(ledger, owner)
    order = "order by min(days_in, days_out) desc, hkey"
    rest = (  # whole rows only of those who are shown
        f"and hkey in (select hkey from badge where owner = ? and {WHOLE} and +contact_at >= ? and days_in > 0 "  # noqa: S608
        f"and days_out > 0 {order} limit ?) {order}"
    )
    return badges_table.rows(connection, viewer, rest, (viewer.number, now - WEEKS * 7 * DAY, limit))


def latest(ledger: Ledger, owner: str, limit: int) -> list[BadgeRow]:
    """Return people with the latest contact of any kind."""
    connection, viewer = reader(ledger, owner)
    return badges_table.rows(
        connection, viewer, "and contact_at is not null order by contact_at desc limit ?", (limit,)
    )


def talk_days(
    ledger: Ledger, owner: str, pids: Sequence[str], since: int, day_of: DayOf
) -> dict[str, list[tuple[int, str]]]:
    """Return pid -> [(day number, direction)] of the user's days with talk, each once, for many people at once.

    The table ``contact_day`` has the days of the score, which are those of UTC; days that are shown are the user's.

    Args:
        ledger: the open ledger.
        owner: the viewer's key.
        pids: the people.
        since: only talk from this time on, epoch seconds UTC.
        day_of: gives the user's days.
    """
    connection, viewer = reader(ledger, owner)
    rows = connection.execute(
        f"select pid, direction, {LIVE_AT} from event where owner = ? "  # noqa: S608 - constants
        f"and pid in (select value from json_each(?)) and kind in ({TALK_KINDS}) and automatic = 0 and {LIVE_AT} >= ?",
        (viewer.number, json.dumps(list(pids)), since),
    )
    by_person: dict[str, set[tuple[int, str]]] = {pid: set() for pid in pids}
    for pid, direction, at in rows:
        by_person[pid].add((day_of(at), direction))
    return {pid: sorted(days) for pid, days in by_person.items()}


class ActCount(NamedTuple):
    """The number of interactions of one kind and direction, in a chat or not, from one source."""

    kind: str
    direction: str
    chat: bool
    source: str
    number: int


def acts_counted(ledger: Ledger, owner: str, since: int) -> list[ActCount]:
    """Count the interactions from a time on (epoch seconds UTC) with the people last in contact."""
    connection, viewer = reader(ledger, owner)
    rows = connection.execute(
        "select e.kind, e.direction, e.chat is not null, e.source, count(*) from "
        "(select pid from badge where owner = ? and contact_at >= ? order by contact_at desc limit ?) b "
        "cross join event e on e.owner = ? and e.pid = b.pid "
        "where e.at >= ? and e.automatic = 0 and (e.gone is null or e.at > e.gone) group by 1, 2, 3, 4",
        (viewer.number, since, RECENT_PEOPLE, viewer.number, since),
    )
    return [ActCount(kind, direction, bool(chat), source, number) for kind, direction, chat, source, number in rows]


def score_steps(ledger: Ledger, owner: str, now: int) -> dict[int, int]:
    """Return how many people with a shown score fall in each step of ten (0, 10 … 90)."""
    connection, viewer = reader(ledger, owner)
    rows = connection.execute(
        f"select step, count(*) from (select case when {MOST_MASS} < :ten then 0 "  # noqa: S608 - constants
        f"else min(90, 10 * cast(({SCORE}) / 10 as integer)) end as step from badge "
        f"where owner = :owner and {WHOLE} and {SHOWN} limit -1 offset 0) group by step",
        {"owner": viewer.number, "now": now, "ten": mass_for(10)},
    )
    return dict(rows.fetchall())


@dataclass(frozen=True, slots=True)
class Filled:
    """A member of an automatic circle: how many interactions qualify them, and when the last was (epoch seconds)."""

    pid: str
    times: int
    last: int


def filled(ledger: Ledger, owner: str, direction: str, kind: str, limit: int) -> list[Filled]:
    """Return the members of an automatic circle among the people last in contact, latest first.

    An undone interaction (an unlike) does not count, so its person leaves the circle; the history keeps it.
    """
    connection, viewer = reader(ledger, owner)
    rows = connection.execute(
        "select e.pid, count(*), max(coalesce(e.last, e.at)) from "
        "(select pid from badge where owner = ? and contact_at is not null order by contact_at desc limit ?) b "
        "cross join event e on e.owner = ? and e.pid = b.pid and e.direction = ? and e.kind = ? "
        "where e.at is not null and (e.gone is null or coalesce(e.last, e.at) > e.gone) "
        "group by e.pid order by 3 desc limit ?",
        (viewer.number, 10 * limit, viewer.number, direction, kind, limit),
    )
    return [Filled(*row) for row in rows]
