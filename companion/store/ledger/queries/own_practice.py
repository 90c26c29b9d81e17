"""Queries for the mirror: interactions with their words, and how much of the talk is with whom."""

from __future__ import annotations

from typing import NamedTuple

from companion.store.ledger.ledger import Ledger
from companion.store.ledger.queries.directory import reader
from companion.store.ledger.queries.statistics import RECENT_PEOPLE
from companion.store.ledger.rank_sql import MOST_MASS, SCORE, SHOWN, mass_for
from companion.store.ledger.tables.badges import WHOLE

MOST_CHATTERS = 1000
"""People last in contact among whom those of a chat are looked for."""
WARM = 40
"""From this score on people are warm or close."""


class WordedRow(NamedTuple):
    """One live interaction with the words of its post, None where they are not kept."""

    direction: str
    kind: str
    ref: str
    at: int
    automatic: bool
    chat: str | None
    text: str | None


def acts_since(ledger: Ledger, owner: str, since: int, people: int = RECENT_PEOPLE) -> dict[str, list[WordedRow]]:
    """Return person -> interactions from a time on (epoch seconds UTC), for the people last in contact."""
    connection, viewer = reader(ledger, owner)
    rows = connection.execute(
        "select e.pid, e.direction, e.kind, e.ref, e.at, e.automatic, e.chat, "
        "(select p.text from post p where p.owner = e.owner and p.id = coalesce(e.post, e.ref) limit 1) from "
        "(select pid from badge where owner = ? and contact_at >= ? order by contact_at desc limit ?) b "
        "cross join event e on e.owner = ? and e.pid = b.pid where e.at >= ? and (e.gone is null or e.at > e.gone)",
        (viewer.number, since, people, viewer.number, since),
    )
    found: dict[str, list[WordedRow]] = {}
    for pid, direction, kind, ref, at, automatic, chat, text in rows:
        found.setdefault(pid, []).append(WordedRow(direction, kind, ref, at, bool(automatic), chat, text))
    return found


class ChatRow(NamedTuple):
    """One live interaction of a time, with its words and all that is needed to store it again."""

    pid: str
    direction: str
    kind: str
    ref: str
    at: int
    post: str | None
    source: str
    partial: int
    automatic: int
    chat: str | None
    text: str | None


def acts_between(ledger: Ledger, owner: str, since: int, until: int) -> list[ChatRow]:
    """Return the interactions of a time (epoch seconds UTC), of at most ``MOST_CHATTERS`` people."""
    connection, viewer = reader(ledger, owner)
    rows = connection.execute(
        "select e.pid, e.direction, e.kind, e.ref, e.at, e.post, e.source, e.partial, e.automatic, e.chat, "
        "(select p.text from post p where p.owner = e.owner and p.id = coalesce(e.post, e.ref) limit 1) from "
        "(select pid from badge where owner = ? and contact_at >= ? order by contact_at desc limit ?) b "
        "cross join event e on e.owner = ? and e.pid = b.pid "
        "where e.at >= ? and e.at < ? and (e.gone is null or e.at > e.gone)",
        (viewer.number, since, MOST_CHATTERS, viewer.number, since, until),
    )
    return [ChatRow(*row) for row in rows]


def chatted_with(ledger: Ledger, owner: str, tag: str, limit: int) -> list[str]:
    """Return the people last in contact with whom anything was in a chat."""
    connection, viewer = reader(ledger, owner)
    rows = connection.execute(
        "select distinct e.pid from "
        "(select pid from badge where owner = ? and contact_at is not null order by contact_at desc limit ?) b "
        "cross join event e on e.owner = ? and e.pid = b.pid where e.chat = ? limit ?",
        (viewer.number, MOST_CHATTERS, viewer.number, tag, limit),
    )
    return [row[0] for row in rows]


class Quality(NamedTuple):
    """People in contact: (how many, their days of talk) of the warm and close ones, and of the others."""

    warm: int
    warm_days: int
    others: int
    other_days: int


def quality(ledger: Ledger, owner: str, now: int) -> Quality:
    """Return how many are warm or close, and how much of all days of talk was with them."""
    connection, viewer = reader(ledger, owner)
    values = {"owner": viewer.number, "now": now, "least": mass_for(WARM)}
    days = "select count(*), coalesce(sum(days_in + days_out), 0) from badge where owner = :owner"
    warm, warm_days = connection.execute(  # an index has those who can have the score at all
        f"{days} and ({MOST_MASS}) >= :least and {SHOWN} and ({SCORE}) >= {WARM}", values
    ).fetchone()
    people, all_days = connection.execute(f"{days} and {WHOLE} and +contact_at is not null", values).fetchone()
    return Quality(warm, warm_days, people - warm, all_days - warm_days)
