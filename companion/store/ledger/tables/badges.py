"""The badge table: one clustered row per person with all that a mark needs, updated in each change's transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, cast

import msgspec

from companion.domain.handles import fold
from companion.reciprocity.counters import Counters, Tally
from companion.reciprocity.sums import Sums
from companion.store.ledger.rows import BadgeRow
from companion.store.ledger.sql import select_in, upsert

SUM_COLUMNS = ("sums_at", "talk_in_7", "talk_in_90", "talk_out_7", "talk_out_90", "light_in", "light_out")
TALLY_COLUMNS = Counters.__struct_fields__
COLUMNS = (
    "pid", "handle", "name", "nkey", "was", "follows_me", "i_follow", *SUM_COLUMNS, *TALLY_COLUMNS,
    "acts", "contact_at", "first_seen", "last_seen",
)  # fmt: skip
PUBLIC = ("pid", "handle", "name", "was", "follows_me", "i_follow", *SUM_COLUMNS, *TALLY_COLUMNS, *COLUMNS[-4:])
PUBLIC_LIST = ", ".join(PUBLIC)
SELECT = f"select hkey, {PUBLIC_LIST} from badge where owner = ?"  # noqa: S608 - constants
WHOLE = "hkey >= ''"
"""Condition that holds for every badge. Queries over all badges add it, so that SQLite scans the table in its own
order; with the owner alone it uses the smallest index and looks up every row, which took eight times as long."""
_SUMS_FROM, _TALLY_FROM = 6, 6 + len(SUM_COLUMNS)
_REST_FROM = _TALLY_FROM + len(TALLY_COLUMNS)
DELETE_BADGE = (
    "delete from badge where owner = ? and hkey = "
    "(select case when held = 1 then lower(handle) else '#' || pid end from person where owner = ? and pid = ?)"
)
_UPSERT = upsert("badge", ("owner", "hkey"), COLUMNS)
_SCREEN = (
    f"select json_group_array(json_array(hkey, json_array({', '.join(PUBLIC[:_SUMS_FROM])}, "  # noqa: S608 - constants
    f"json_array({', '.join(SUM_COLUMNS)}), json_array({', '.join(TALLY_COLUMNS)}, ?), "
    f"{', '.join(PUBLIC[_REST_FROM:])}))) from badge where owner = ? and hkey in (*)"
)
"""A screenful of badges as one JSON text, which the database builds in one step. Row by row, each row would release
the interpreter lock to other threads, for up to 5 ms each; and building the values in Python costs more."""

RawRow = tuple[object, ...]
TallyValues = tuple[int, int, int, int, int, int, int, int | None, int | None, int | None]
_SCREEN_DECODER = msgspec.json.Decoder(list[tuple[str, BadgeRow]], strict=False)  # flags come as 0 and 1
_FLAG: Mapping[int | None, bool | None] = {None: None, 0: False, 1: True}


class ViewerRef(Protocol):
    """The fields of a viewer that read queries need (``viewers.Viewer`` has them)."""

    @property
    def number(self) -> int:
        """The owner's number."""

    @property
    def inbound_since(self) -> int | None:
        """Since when inbound contact could have been seen."""


@dataclass(slots=True)
class BadgeState:
    """A badge row while it is being changed; ``stored_key`` is the key it has in the table."""

    pid: str
    stored_key: str | None = None
    name: str | None = None
    was: str | None = None
    follows_me: bool | None = None
    i_follow: bool | None = None
    sums: Sums = field(default_factory=Sums)
    counters: Counters = field(default_factory=Counters)
    acts: int = 0
    contact_at: int | None = None
    dirty: bool = True


def key_of(pid: str, handle: str | None) -> str:
    """Return the badge's key: the handle as compared, or ``#pid`` where no handle is held."""
    return fold(handle) if handle else f"#{pid}"


def load(connection: sqlite3.Connection, owner: int, keys: Iterable[str]) -> list[BadgeState]:
    """Return the stored badges under these keys."""
    return [_state(row) for row in select_in(connection, f"{SELECT} and hkey in (*)", (owner,), keys)]


def _state(row: RawRow) -> BadgeState:
    public = badge_of(row[1:], None)
    counters = Counters(*cast("list[int]", list(row[1 + _TALLY_FROM : 1 + _REST_FROM])))
    return BadgeState(
        public.pid, cast("str", row[0]), public.name, public.was, public.follows_me, public.i_follow,
        public.sums, counters, public.acts, public.contact_at, dirty=False,
    )  # fmt: skip


def save(connection: sqlite3.Connection, owner: int, rows: Sequence[tuple[BadgeState, str | None, int, int]]) -> None:
    """Write badges: (state, handle held, first seen, last seen). Rows whose key changed leave their old place first."""
    keyed = [(state, key_of(state.pid, handle), handle, first, last) for state, handle, first, last in rows]
    moved = [(owner, s.stored_key) for s, key, *_ in keyed if s.stored_key is not None and s.stored_key != key]
    connection.executemany("delete from badge where owner = ? and hkey = ?", moved)
    connection.executemany(
        _UPSERT,
        [
            (
                owner, key, s.pid, handle, s.name, s.name.casefold() if s.name else None, s.was,
                s.follows_me, s.i_follow, s.sums.at, s.sums.talk_in_7, s.sums.talk_in_90, s.sums.talk_out_7,
                s.sums.talk_out_90, s.sums.light_in, s.sums.light_out, *s.counters.row(), s.acts, s.contact_at,
                first, last,
            )
            for s, key, handle, first, last in keyed
        ],
    )  # fmt: skip
    for state, key, *_ in keyed:
        state.stored_key, state.dirty = key, False


def badge_of(row: Sequence[object], inbound_since: int | None) -> BadgeRow:
    """Return the badge of a row of ``PUBLIC`` columns."""
    r = cast("list[int]", row)
    return BadgeRow(
        cast("str", row[0]),
        cast("str | None", row[1]),
        cast("str | None", row[2]),
        cast("str | None", row[3]),
        _FLAG[r[4]],
        _FLAG[r[5]],
        Sums(*r[_SUMS_FROM:_TALLY_FROM]),
        Tally(*cast("TallyValues", row[_TALLY_FROM:_REST_FROM]), inbound_since),
        *r[_REST_FROM:],
    )


def by_keys(connection: sqlite3.Connection, viewer: ViewerRef, keys: Iterable[str]) -> dict[str, BadgeRow]:
    """Return handle key -> badge for those handles, folded, that have a known holder."""
    before = (viewer.inbound_since, viewer.number)
    badges: dict[str, BadgeRow] = {}
    for (screen,) in select_in(connection, _SCREEN, before, keys):
        badges.update(_SCREEN_DECODER.decode(cast("str", screen)))
    return badges


def bare_badge(pid: str, handle: str) -> BadgeRow:
    """Return the badge of a person whom only another account of the user saw: pid and handle, nothing else."""
    return BadgeRow(pid, handle, None, None, None, None, Sums(), Tally(), 0, None, 0, 0)


def by_pid(connection: sqlite3.Connection, viewer: ViewerRef, pid: str) -> BadgeRow | None:
    """Return one person's badge, looked up by their present handle."""
    person = connection.execute(
        "select handle, held from person where owner = ? and pid = ?", (viewer.number, pid)
    ).fetchone()
    if person is None:
        return None
    key = key_of(pid, person[0] if person[1] else None)
    row = connection.execute(f"{SELECT} and hkey = ?", (viewer.number, key)).fetchone()
    return badge_of(row[1:], viewer.inbound_since) if row else None


def rows(connection: sqlite3.Connection, viewer: ViewerRef, rest: str, values: Sequence[object]) -> list[BadgeRow]:
    """Return badges for the rest of a select (conditions, order, limit) after ``where owner = ?``."""
    return list(each(connection, viewer, rest, values))


def each(connection: sqlite3.Connection, viewer: ViewerRef, rest: str, values: Sequence[object]) -> Iterator[BadgeRow]:
    """Yield the badges that `rows` returns, for a walk through very many."""
    result = connection.execute(f"{SELECT} {rest}", (viewer.number, *values))
    return (badge_of(row[1:], viewer.inbound_since) for row in result)


def keys_of(connection: sqlite3.Connection, owner: int, pids: Iterable[str]) -> list[str]:
    """Return the keys of the badges of those people that were seen."""
    people = connection.execute(
        "select pid, handle, held from person where owner = ? and pid in (select value from json_each(?))",
        (owner, json.dumps(list(pids))),
    )
    return [key_of(pid, handle if held else None) for pid, handle, held in people]
