"""Queries for the mirror: interactions with their words, and how much of the talk is with whom.

They name the index of posts by id, because SQLite without statistics would read all posts of the user for each of them.
"""

from __future__ import annotations

from typing import NamedTuple

from companion.domain.kinds import KINDS, TALK
from companion.store.ledger.ledger import Ledger
from companion.store.ledger.queries.directory import reader
from companion.store.ledger.queries.statistics import RECENT_PEOPLE
from companion.store.ledger.rank_sql import MOST_MASS, SCORE, SHOWN, mass_for
from companion.store.ledger.tables.badges import WHOLE

MOST_CHATTERS = 1000
"""People last in contact among whom those of a chat are looked for."""
MOST_WORDS = 2000
"""Latest words of the user's whose beginnings are told."""
_SAID = ", ".join(repr(kind.name) for kind in KINDS.values() if kind.weight == TALK and not kind.off_x)
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
        "(select p.text from post p indexed by post_by_id where p.owner = e.owner and p.id = coalesce(e.post, e.ref) "
        "limit 1) from "
        "(select pid from badge where owner = ? and contact_at >= ? order by contact_at desc limit ?) b "
        "cross join event e on e.owner = ? and e.pid = b.pid where e.at >= ? and (e.gone is null or e.at > e.gone)",
        (viewer.number, since, people, viewer.number, since),
    )
    found: dict[str, list[WordedRow]] = {}
    for pid, direction, kind, ref, at, automatic, chat, text in rows:
        found.setdefault(pid, []).append(WordedRow(direction, kind, ref, at, bool(automatic), chat, text))
    return found


class WordRow(NamedTuple):
    """A word of the user's on X: in a chat or not, to no post, to one that was to the user, and that post's pages."""

    chat: bool
    beginning: bool
    answer: bool
    pages: int


def words_since(ledger: Ledger, owner: str, since: int) -> list[WordRow]:
    """Return the user's latest words on X from a time on (epoch seconds UTC), at most ``MOST_WORDS`` of them."""
    connection, viewer = reader(ledger, owner)
    rows = connection.execute(
        "select w.chat is not null, coalesce(w.target = '', 0), "  # noqa: S608 - constants
        "w.target is not null and exists (select 1 from event i where i.owner = w.owner and i.pid = w.pid "
        f"and i.direction = 'in' and i.kind in ({_SAID}) and i.ref = w.target), coalesce((select max(pages) "
        "from post q indexed by post_by_id where q.owner = w.owner and q.id = w.target), 0) from ("
        "select l.owner, l.pid, l.chat, (select coalesce(json_extract(p.rest, '$.reply_to_post'), "
        "json_extract(p.rest, '$.quote_of'), '') "
        "from post p indexed by post_by_id where p.owner = l.owner and p.id = l.said limit 1) as target from ("
        "select e.owner, e.pid, e.chat, coalesce(e.post, e.ref) as said from "
        "(select pid from badge where owner = ? and contact_at >= ? order by contact_at desc limit ?) b "
        "cross join event e on e.owner = ? and e.pid = b.pid and e.direction = 'out' "
        f"where e.kind in ({_SAID}) and e.at >= ? and (e.gone is null or e.at > e.gone) "
        "order by e.at desc limit ?) l) w",
        (viewer.number, since, RECENT_PEOPLE, viewer.number, since, MOST_WORDS),
    )
    return [WordRow(bool(chat), bool(beginning), bool(answer), pages) for chat, beginning, answer, pages in rows]


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
        "(select p.text from post p indexed by post_by_id where p.owner = e.owner and p.id = coalesce(e.post, e.ref) "
        "limit 1) from "
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
