"""The interaction table: one row per interaction, however often and through whichever source it was seen."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, cast

from companion.domain.kinds import KINDS, LIGHT_KINDS, NO_WEIGHT_KINDS
from companion.domain.sightings import INBOUND, OUTBOUND, Interaction
from companion.store.ledger.rows import InteractionRow
from companion.store.ledger.sql import upsert

FUTURE_SECONDS = 600
"""Tolerance for wrong clocks: interactions dated further in the future are refused."""

KEYS = ("owner", "pid", "direction", "kind", "ref")
COLUMNS = ("at", "last", "gone", "partial", "automatic", "post", "source", "chat")
SELECT_ONE = (
    f"select {', '.join(COLUMNS)} from event "  # noqa: S608 - constants
    "where owner = ? and pid = ? and direction = ? and kind = ? and ref = ?"
)
_UPSERT = upsert("event", KEYS, COLUMNS)
FOREVER = 1 << 62
LIVE_AT = "case when gone is null or at > gone then at when coalesce(last, at) > gone then coalesce(last, at) end"
_LATEST = (
    f"select {LIVE_AT} as live_at, direction, kind, ref, post, source, partial, automatic, chat from event "  # noqa: S608
    f"where owner = ? and pid = ? and {LIVE_AT} < ? order by live_at desc, ref desc, kind desc, direction desc limit ?"
)

Key = tuple[str, str, str]
"""(direction, kind, ref): with the person, what makes two sightings the same act."""


class Live(NamedTuple):
    """An interaction that was not undone: when it happened, and whether it was automatic (stored without weight)."""

    at: int
    automatic: bool


@dataclass(slots=True)
class EventState:
    """All that was seen of one interaction; sightings merge to the same state in any order.

    ``at`` is the best known time: an exact one beats a partial one, then the earliest. ``last`` is the latest time it
    was seen done, ``gone`` the latest time it was seen undone.
    """

    at: int | None = None
    last: int | None = None
    gone: int | None = None
    partial: bool = False
    automatic: bool = False
    post: str | None = None
    source: str = ""
    chat: str | None = None

    @classmethod
    def of(cls, act: Interaction) -> EventState:
        """Return the state after one sighting."""
        if act.removed:
            return cls(gone=act.at)
        post = None if act.post == _post_id(act.ref) else act.post
        return cls(act.at, act.at, None, act.partial, act.automatic, post, act.source, act.chat)

    def joined(self, other: EventState) -> EventState:
        """Return the merged state; commutative, associative and idempotent."""
        seen = [state for state in (self, other) if state.at is not None]
        best = min(seen, key=lambda s: (s.partial, s.at, s.source)) if seen else self
        return EventState(
            best.at,
            _most(self.last, other.last),
            _most(self.gone, other.gone),
            best.partial,
            self.automatic or other.automatic,
            _least(self.post, other.post),
            best.source,
            _least(self.chat, other.chat),
        )

    def live(self) -> Live | None:
        """Return the interaction as it counts; None if it was undone and not done again since."""
        if self.at is not None and (self.gone is None or self.at > self.gone):
            return Live(self.at, self.automatic)
        if self.last is not None and self.gone is not None and self.last > self.gone:
            return Live(self.last, self.automatic)
        return None

    def row(self) -> tuple[int | str | None, ...]:
        """Return the values in the order of ``COLUMNS``; a last time equal to ``at`` is not stored."""
        last = None if self.last == self.at else self.last
        return (self.at, last, self.gone, int(self.partial), int(self.automatic), self.post, self.source, self.chat)


def state_of(row: tuple[object, ...]) -> EventState:
    """Return the state of a row of ``COLUMNS``."""
    at, last, gone, partial, automatic, post, source, chat = cast(
        "tuple[int | None, int | None, int | None, int, int, str | None, str, str | None]", row
    )
    return EventState(at, at if last is None else last, gone, bool(partial), bool(automatic), post, source, chat)


def weighs(kind: str) -> tuple[int, int]:
    """Return how one interaction of a kind counts in its day: (talk, light)."""
    return _WEIGHS[kind]


_WEIGHS = {kind: (0, 1) if kind in LIGHT_KINDS else (0, 0) if kind in NO_WEIGHT_KINDS else (1, 0) for kind in KINDS}


def believable(act: Interaction, now: int) -> bool:
    """Return whether an interaction is valid: of a known kind and direction, and not in the future."""
    return act.kind in KINDS and act.direction in {INBOUND, OUTBOUND} and 0 <= act.at <= now + FUTURE_SECONDS


def load(connection: sqlite3.Connection, owner: int, pid: str, key: Key) -> EventState | None:
    """Return the stored state of one interaction, or None."""
    row = connection.execute(SELECT_ONE, (owner, pid, *key)).fetchone()
    return state_of(row) if row else None


def load_all(connection: sqlite3.Connection, owner: int, pid: str) -> list[tuple[Key, EventState]]:
    """Return all stored interactions with one person, undone ones included."""
    rows = connection.execute(
        f"select direction, kind, ref, {', '.join(COLUMNS)} from event where owner = ? and pid = ?",  # noqa: S608
        (owner, pid),
    )
    return [((row[0], row[1], row[2]), state_of(row[3:])) for row in rows]


def save(connection: sqlite3.Connection, owner: int, rows: Iterable[tuple[str, Key, EventState]]) -> None:
    """Write acts: (pid, key, state)."""
    connection.executemany(_UPSERT, [(owner, pid, *key, *state.row()) for pid, key, state in rows])


def delete(connection: sqlite3.Connection, owner: int, pid: str, key: Key) -> None:
    """Delete one act's row."""
    connection.execute(
        "delete from event where owner = ? and pid = ? and direction = ? and kind = ? and ref = ?", (owner, pid, *key)
    )


def latest(
    connection: sqlite3.Connection, owner: int, pid: str, limit: int, before: int | None
) -> list[InteractionRow]:
    """See ``Ledger.interactions``; the database sorts, so that a person with thousands of acts costs no more here."""
    rows = connection.execute(_LATEST, (owner, pid, FOREVER if before is None else before, limit))
    return [
        InteractionRow(
            pid, direction, kind, ref, at, post or _post_id(ref), source, bool(partial), bool(automatic), chat
        )
        for at, direction, kind, ref, post, source, partial, automatic, chat in rows
    ]


def _post_id(ref: str) -> str | None:
    """Return the post that a reference names (``123``, ``like:123``): it needs no second column."""
    number = ref.rpartition(":")[2]
    return number if number.isdigit() else None


def _most(first: int | None, second: int | None) -> int | None:
    return max((t for t in (first, second) if t is not None), default=None)


def _least(first: str | None, second: str | None) -> str | None:
    return min((t for t in (first, second) if t is not None), default=None)
