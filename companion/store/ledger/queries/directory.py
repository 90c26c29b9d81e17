"""The directory: filtered and sorted pages of people for the dashboard, by keyset pagination."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from companion.domain.handles import fold
from companion.store.ledger.ledger import Ledger
from companion.store.ledger.rank_sql import MOST_MASS, RANK, SCORE, SHOWN, add_math_functions, mass_for
from companion.store.ledger.rows import BadgeRow
from companion.store.ledger.sql import like_inside, select_in
from companion.store.ledger.tables import badges as badges_table
from companion.store.ledger.tables.badges import WHOLE, ViewerRef

_TALK = "max(coalesce(last_in, 0), coalesce(last_out, 0))"
NUMBERS = {
    "score": (f"round({SCORE})", SHOWN),
    "quiet": (f"(:now - {_TALK}) / 86400", f"{_TALK} > 0"),
    "they": ("days_in", "true"),
    "you": ("days_out", "true"),
    "both": ("two_way_days", "true"),
}
"""Quantity that can be compared -> (expression, condition under which it has a value)."""
FLAGS = {
    "talked": "days_in > 0 and days_out > 0",
    "follows me": "follows_me = 1",
    "i follow": "i_follow = 1",
    "i do not follow": "i_follow = 0",
}
"""Yes or no -> its condition; "i do not follow" was seen, where not "i follow" may be unknown."""
FOLLOWERS = ("follows me", False)
"""The flag of a query for the followers."""
SIGNS = frozenset({"<", ">", "<=", ">=", "="})
SORTS = {
    "contact": ("contact_at", "contact_at is not null", True),
    "score": (SCORE, SHOWN, True),
    "name": ("nkey", "nkey is not null", False),
    "they": ("days_in", "days_in > 0", True),
    "you": ("days_out", "days_out > 0", True),
    "new": ("first_seen", "true", True),
}
"""Sort -> (expression, condition under which it has a value, whether it descends); rows without one come last."""
WITHOUT_VALUE = {"score": RANK}
"""Sort -> what orders those without a value among themselves, most first either way; else their handle does."""
INDEXED = frozenset({"contact", "name"})
"""Sorts with an index; the others read all people."""
FEW = 2000
"""People in a set, up to which they are looked up by key; more of them are soon met on a walk through everybody."""
MOST_KEYS = 20_000
"""People found by a text, up to which they are kept between the queries of a page."""
SAMPLES = (200, 600, 6000)
"""Sizes of the samples that estimate the lowest score of a page; deeper pages read all people."""
SEEN = "(contact_at is not null or follows_me = 1)"
WRITTEN = "(contact_at is not null or follows_me = 1 or pid in (select value from json_each(:written)))"
"""Conditions of who is listed: in contact, following, or written about."""
_INSIDE = "select hkey from badge where owner = :owner and (hkey like :handle escape '!' or nkey like :name escape '!')"


Cursor = tuple[bool, float | str, str]
"""Position of a person in the order: (whether they have a value to sort by, the value, the handle's key)."""


@dataclass(frozen=True, slots=True)
class DirectoryQuery:
    """The query of one page of people.

    Attributes:
        now: dates the scores; the same on all pages of one walk.
        sort: a key of ``SORTS``.
        turned: whether the order is reversed.
        limit: people on the page.
        after: cursor of the last person of the preceding page; ``before``: of the first one of the following page.
        text: searched in handle and name; people in ``named`` (whose notes match) are listed too.
        keys: the badges that the text was found in, see `matching`; None to look for them.
        numbers: (key of ``NUMBERS``, sign, number, negated).
        flags: (key of ``FLAGS``, negated).
        within: sets of pids, in each of which the people must be; ``without``: in none of which.
        written: pids with notes; they are listed even if there was no contact.
    """

    now: int
    sort: str = "contact"
    turned: bool = False
    limit: int = 50
    after: Cursor | None = None
    before: Cursor | None = None
    text: str = ""
    keys: Sequence[str] | None = None
    named: Sequence[str] = ()
    numbers: Sequence[tuple[str, str, int, bool]] = ()
    flags: Sequence[tuple[str, bool]] = ()
    within: Sequence[Sequence[str]] = ()
    without: Sequence[Sequence[str]] = ()
    written: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """One page of people in order, the cursors of the first and last, and whether there are more on either side."""

    rows: list[BadgeRow] = field(default_factory=list)
    first: Cursor | None = None
    last: Cursor | None = None
    earlier: bool = False
    later: bool = False


def page(ledger: Ledger, owner: str, query: DirectoryQuery) -> DirectoryPage:
    """Return one page; one more person is read, to know whether there are more."""
    connection, viewer = reader(ledger, owner)
    back = query.before is not None
    entries = _walk(connection, viewer, replace(query, limit=query.limit + 1), back=back)
    more, entries = len(entries) > query.limit, entries[: query.limit]
    if back:
        entries.reverse()
    earlier, later = (more, True) if back else (query.after is not None, more)
    if not entries:
        return DirectoryPage(earlier=earlier, later=False)
    return DirectoryPage([row for row, _ in entries], entries[0][1], entries[-1][1], earlier, later)


def count(ledger: Ledger, owner: str, query: DirectoryQuery) -> int:
    """Return how many people match the filters."""
    connection, viewer = reader(ledger, owner)
    where, values = _conditions(connection, viewer, query)
    if FOLLOWERS not in query.flags:
        where += f" and {WHOLE}"
    sql = f"select count(*) from badge where {where}"  # noqa: S608 - constants of this module
    return int(connection.execute(sql, values).fetchone()[0])


def pids(ledger: Ledger, owner: str, query: DirectoryQuery) -> list[str]:
    """Return the pids of all people who match, up to the query's limit."""
    connection, viewer = reader(ledger, owner)
    where, values = _conditions(connection, viewer, query)
    sql = f"select pid from badge where {where} and {WHOLE} limit :limit"  # noqa: S608 - constants of this module
    return [row[0] for row in connection.execute(sql, {**values, "limit": query.limit})]


def matching(ledger: Ledger, owner: str, text: str) -> list[str] | None:
    """Return the keys of the badges with a text inside their handle or name, None if they are more than `MOST_KEYS`.

    This reads every name; a page of people, the people without a value to sort by and their count need it three times.
    """
    if not text.strip():
        return []
    connection, viewer = reader(ledger, owner)
    values = {"owner": viewer.number, "most": MOST_KEYS + 1, **_patterns(text)}
    found = [row[0] for row in connection.execute(f"{_INSIDE} limit :most", values)]
    return found if len(found) <= MOST_KEYS else None


def _patterns(text: str) -> dict[str, str]:
    return {"handle": like_inside(fold(text)), "name": like_inside(text.strip().casefold())}


def by_pids(ledger: Ledger, owner: str, pids: Sequence[str]) -> dict[str, BadgeRow]:
    """Return pid -> badge for those people that were seen, by one statement."""
    connection, viewer = reader(ledger, owner)
    rest = "and hkey in (select value from json_each(?))"
    keys = json.dumps(badges_table.keys_of(connection, viewer.number, pids))
    return {row.pid: row for row in badges_table.rows(connection, viewer, rest, (keys,))}


@dataclass(frozen=True, slots=True)
class ReadingViewer:
    """A viewer for read queries (`ViewerRef`)."""

    number: int
    inbound_since: int | None


def reader(ledger: Ledger, owner: str) -> tuple[sqlite3.Connection, ViewerRef]:
    """Return this thread's connection with the score's SQL functions, and the viewer (number -1 if unknown)."""
    connection = add_math_functions(ledger.connections.reading())
    row = connection.execute("select owner, inbound_since from viewer where name = ?", (owner,)).fetchone()
    return connection, ReadingViewer(*(row or (-1, None)))


Keyed = tuple[BadgeRow, Cursor]


def _walk(connection: sqlite3.Connection, viewer: ViewerRef, query: DirectoryQuery, *, back: bool) -> list[Keyed]:
    """Read people with a value and those without, in the direction of the walk, until the page is full."""
    start = query.before if back else query.after
    legs = (False, True) if back else (True, False)
    entries: list[Keyed] = []
    for valued in legs[legs.index(start[0]) :] if start else legs:
        cursor = start if start and start[0] is valued else None
        entries += _leg(connection, viewer, replace(query, limit=query.limit - len(entries)), valued, cursor, back=back)
        if len(entries) >= query.limit:
            break
    return entries


def _leg(
    connection: sqlite3.Connection, viewer: ViewerRef, query: DirectoryQuery, valued: bool,
    cursor: Cursor | None, *, back: bool,
) -> list[Keyed]:  # fmt: skip
    expression, has_value, most_first = SORTS[query.sort]
    if not valued:
        expression = WITHOUT_VALUE.get(query.sort, "''")
    keyed = valued or query.sort in WITHOUT_VALUE
    where, values = _conditions(connection, viewer, query)
    falling = keyed and (not valued or most_first is not query.turned) is not back
    ranked = valued and falling and query.sort == "score" and _is_broad(query)
    if query.sort not in INDEXED and FOLLOWERS not in query.flags and not ranked:
        where += f" and {WHOLE}"
    values["limit"] = query.limit
    beyond = ""
    if cursor is not None:
        beyond = _beyond("k" if query.sort == "score" else expression, keyed, falling, back)
        values |= {"value": cursor[1], "hkey": cursor[2]}
    if valued and query.sort == "score" and falling:
        where = _narrowed(connection, where, beyond, values, MOST_MASS if ranked else f"0 + {MOST_MASS}")
    where += f" and {_negated(f'({has_value})', not valued)}"
    table = f"badge where {where}"
    if query.sort == "score":  # the limit keeps the expression from being worked out anew at each mention
        table = f"(select hkey, {expression} as k from badge where {where} limit -1 offset 0) where true"  # noqa: S608
        expression = "k"
    order = f"k {'desc' if falling else 'asc'}, hkey {'desc' if back else 'asc'}"
    sql = f"select hkey, {expression} as k from {table}{beyond} order by {order} limit :limit"  # noqa: S608
    ends = {row[0]: (valued, row[1], row[0]) for row in connection.execute(sql, values)}
    badges = select_in(connection, f"{badges_table.SELECT} and hkey in (*)", (viewer.number,), ends)
    by_key = {cast("str", row[0]): badges_table.badge_of(row[1:], viewer.inbound_since) for row in badges}
    return [(by_key[hkey], end) for hkey, end in ends.items() if hkey in by_key]


def _is_broad(query: DirectoryQuery) -> bool:
    """Return whether so many people match that an index by stored sums soon has a page of them."""
    return not (query.text.strip() or query.numbers or query.within)


def _narrowed(connection: sqlite3.Connection, where: str, beyond: str, values: dict[str, object], mass: str) -> str:
    """Narrow a walk by score to the people who could be on the page; computing a score costs ten times reading a row.

    In a sample of the people with the largest stored sums, the score of the last one that fills the page is a lower
    bound: people whose sums would not reach it even without decay are not on the page. ``mass`` is `MOST_MASS`, which
    an index holds, or the same as an expression that keeps SQLite from that index.
    """
    for size in SAMPLES:
        row = connection.execute(
            f"select k from (select hkey, {SCORE} as k from (select * from badge where {where} "  # noqa: S608
            f"order by {mass} desc limit {size}) where {SHOWN} limit -1 offset 0) where true{beyond} "
            "order by k desc limit 1 offset :limit - 1",
            values,
        ).fetchone()
        if row:
            return f"{mass} >= {mass_for(row[0]) - 1e-9!r} and {where}"
    return where


def _beyond(key: str, keyed: bool, falling: bool, back: bool) -> str:
    """Return the condition that skips everyone up to the cursor."""
    after = f"hkey {'<' if back else '>'} :hkey"
    return (
        f" and ({key} {'<' if falling else '>'} :value or ({key} = :value and {after}))" if keyed else f" and {after}"
    )


def _conditions(
    connection: sqlite3.Connection, viewer: ViewerRef, query: DirectoryQuery
) -> tuple[str, dict[str, object]]:
    values: dict[str, object] = {"owner": viewer.number, "now": query.now, "written": json.dumps(list(query.written))}
    where = ["owner = :owner"]
    if FOLLOWERS not in query.flags:  # each of them is listed anyway, and the condition would keep SQLite from an index
        where.append(WRITTEN if query.written else SEEN)
    if query.text.strip():
        known = "select value from json_each(:keys)" if query.keys is not None else _INSIDE
        where.append(f"hkey in ({known} union all select value from json_each(:named))")  # noqa: S608 - constants
        values |= _patterns(query.text)
        values["keys"] = json.dumps(list(query.keys or ()))
        values["named"] = json.dumps(badges_table.keys_of(connection, viewer.number, query.named))
    for place, (what, sign, number, negated) in enumerate(query.numbers):
        expression, has_value = NUMBERS[what]
        assert sign in SIGNS
        if what == "score" and not negated and sign in {">", ">=", "="} and 0 < number < 100:
            where.append(f"0 + {MOST_MASS} >= {mass_for(number - 1)!r}")
        where.append(_negated(f"(({has_value}) and {expression} {sign} :number{place})", negated))
        values[f"number{place}"] = number
    where += [_negated(f"({FLAGS[flag]})", negated) for flag, negated in query.flags]
    sets = [(chosen, False) for chosen in query.within] + [(chosen, True) for chosen in query.without]
    for place, (chosen, negated) in enumerate(sets):
        few = len(chosen) <= FEW and not negated
        column = "hkey" if few else "pid"
        where.append(_negated(f"{column} in (select value from json_each(:set{place}))", negated))  # noqa: S608 - constants
        values[f"set{place}"] = json.dumps(
            badges_table.keys_of(connection, viewer.number, chosen) if few else list(chosen)
        )
    return " and ".join(where), values


def _negated(condition: str, negated: bool) -> str:
    """Return the condition or its negation; unknown counts as false.

    A ``case`` stops at the first part that decides; in ``not coalesce(...)`` SQLite works out every part.
    """
    return f"case when {condition} then 0 else 1 end" if negated else condition
