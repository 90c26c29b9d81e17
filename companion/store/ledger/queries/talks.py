"""Queries for the daily practice: whom the user talked with since a day, whom they wrote to before, whom never."""

from __future__ import annotations

import json
from collections.abc import Sequence

from companion.domain.kinds import KINDS, TALK
from companion.domain.talk_places import talk_places
from companion.store.ledger.ledger import Ledger
from companion.store.ledger.queries.directory import reader
from companion.store.ledger.rows import BadgeRow, InteractionRow
from companion.store.ledger.tables import badges as badges_table
from companion.store.ledger.tables.badges import WHOLE

TALK_KINDS = ", ".join(repr(kind.name) for kind in KINDS.values() if kind.weight == TALK)
"""The kinds that are talk, as a list for SQL."""


def said_since(ledger: Ledger, owner: str, since: int) -> list[tuple[str, int]]:
    """Return (pid, time) of every word of the user's to somebody, on X or off it, from a time on; latest first.

    Likes, reposts and follows are no words. Times are epoch seconds UTC.
    """
    connection, viewer = reader(ledger, owner)
    rows = connection.execute(  # the badges know whose last word from the user is as late as that
        "select e.pid, e.at from (select pid from badge where owner = ? and contact_at >= ? and last_out >= ?) b "  # noqa: S608 - constants
        "cross join event e on e.owner = ? and e.pid = b.pid and e.direction = 'out' "
        f"where e.kind in ({TALK_KINDS}) and e.at >= ? and e.automatic = 0 and (e.gone is null or e.at > e.gone) "
        "order by e.at desc, e.pid",
        (viewer.number, since, since, viewer.number, since),
    )
    return [(pid, at) for pid, at in rows]


def written_to(ledger: Ledger, owner: str, least_days: int, limit: int) -> list[BadgeRow]:
    """Return people to whom the user wrote on many days and of whom nothing was seen, those of most days first."""
    connection, viewer = reader(ledger, owner)
    rest = f"and {WHOLE} and days_in = 0 and days_out >= ? order by days_out desc, hkey limit ?"
    return badges_table.rows(connection, viewer, rest, (least_days, limit))


def never_talked(
    ledger: Ledger, owner: str, written: Sequence[str], since: int, limit: int
) -> list[tuple[BadgeRow, str]]:
    """Return people whom the user follows or wrote a note about and never talked with, with their bios, latest first.

    Args:
        ledger: the open ledger.
        owner: the viewer's key.
        written: people about whom the user wrote something.
        since: only who was first seen at or after this time, epoch seconds UTC.
        limit: most people.
    """
    connection, viewer = reader(ledger, owner)
    rest = (
        f"and {WHOLE} and first_seen >= ? and days_in = 0 and days_out = 0 and handle is not null "  # noqa: S608 - constants
        "and (i_follow = 1 or pid in (select value from json_each(?))) order by first_seen desc, hkey limit ?"
    )
    rows = badges_table.rows(connection, viewer, rest, (since, json.dumps(list(written)), limit))
    found = connection.execute(
        "select pid, bio from person where owner = ? and pid in (select value from json_each(?))",
        (viewer.number, json.dumps([row.pid for row in rows])),
    )
    bios = {pid: bio or "" for pid, bio in found}
    return [(row, bios.get(row.pid, "")) for row in rows]


def words_of(ledger: Ledger, owner: str, posts: Sequence[str]) -> dict[str, str]:
    """Return post -> its words, for those posts whose words were seen and are still kept."""
    connection, viewer = reader(ledger, owner)
    rows = connection.execute(
        "select id, text from post indexed by post_by_id where owner = ? and id in (select value from json_each(?)) "
        "and text is not null",
        (viewer.number, json.dumps(list(posts))),
    )
    return dict(rows.fetchall())


def places_of(ledger: Ledger, owner: str, acts: Sequence[InteractionRow]) -> list[tuple[str, int]]:
    """Return (place, how often) of the talk among interactions with one person, see `companion.domain.talk_places`."""
    connection, viewer = reader(ledger, owner)
    rows = connection.execute(
        "select id, pages from post indexed by post_by_id where owner = ? and id in (select value from json_each(?)) "
        "and pages is not null",
        (viewer.number, json.dumps(sorted({act.post or act.ref for act in acts}))),
    )
    return talk_places(acts, dict(rows.fetchall()))
