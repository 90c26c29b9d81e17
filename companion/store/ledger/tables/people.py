"""The person table: profile fields merged by the rule "richer and later wins", names, and reading one person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

import msgspec

from companion.domain.dates import DAY
from companion.domain.handles import fold, is_stub
from companion.domain.identity import Former, Name, Names
from companion.domain.sightings import Person
from companion.store.ledger.rows import PersonRow
from companion.store.ledger.sql import Value, flag, select_in, upsert

FIELDS = tuple(name for name in Person.__struct_fields__ if name not in {"id", "handle", "rich"})
FLAGS = frozenset({"protected", "verified", "blue", "default_avatar", "automated", "based_in_sure"})
NAME_COLUMNS = ("handle", "handle_since", "handle_at", "held")
REST_COLUMNS = ("fields_at", "field_times", "posts_kept", "posts_seen", "first_seen", "last_seen")
COLUMNS = (*NAME_COLUMNS, *FIELDS, *REST_COLUMNS)
SELECT = f"select pid, {', '.join(COLUMNS)} from person where owner = ?"  # noqa: S608 - constants
_UPSERT = upsert("person", ("owner", "pid"), COLUMNS)
_FIELDS_FROM = 1 + len(NAME_COLUMNS)
_REST_FROM = _FIELDS_FROM + len(FIELDS)

RICH_SECONDS = 30 * DAY
"""A thin copy (a quoted author, a page's "1.2K") replaces a full profile's field only if it is this much later."""


@dataclass(slots=True)
class PersonState:
    """A person row while it is being changed.

    ``field_times`` holds the time of every field that is not as recent as ``fields_at``. Times are the sighting's
    time, plus ``RICH_SECONDS`` for a full profile, so that one order decides and arrival order never matters.
    """

    pid: str
    values: dict[str, Value] = field(default_factory=dict)
    fields_at: int = 0
    field_times: dict[str, int] = field(default_factory=dict)
    posts_kept: int = 0
    posts_seen: int = 0
    first_seen: int = 0
    last_seen: int = 0
    dirty: bool = True

    def seen(self, at: int) -> None:
        """Note a sighting's time."""
        self.dirty = self.dirty or not self.first_seen <= at <= self.last_seen
        self.first_seen = min(self.first_seen or at, at)
        self.last_seen = max(self.last_seen, at)

    def clamp(self, now: int) -> None:
        """Let times beyond now count as now: they were stored while the clock was ahead."""
        self.first_seen, self.last_seen = min(self.first_seen, now), min(self.last_seen, now)
        times = {name: min(at, now + RICH_SECONDS) for name, at in self._times().items()}
        if times:
            self.fields_at = max(times.values())
            self.field_times = {name: at for name, at in times.items() if at != self.fields_at}

    def take(self, fields: Mapping[str, Value], times: Mapping[str, int] | int) -> bool:
        """Merge fields, each with its time; return whether any value changed."""
        before = self._times()
        now = dict(before)
        changed = False
        for name, value in fields.items():
            at = times if isinstance(times, int) else times[name]
            known = before.get(name)
            if known is not None and (at < known or (at == known and _order(value) <= _order(self.values[name]))):
                continue
            now[name] = at
            changed = changed or self.values.get(name) != value
            self.values[name] = value
        self.dirty = self.dirty or changed or now != before
        if now:
            self.fields_at = max(now.values())
            self.field_times = {name: at for name, at in now.items() if at != self.fields_at}
        return changed

    def take_all(self, other: PersonState) -> bool:
        """Merge another state of the same person (a stub, another device); return whether any value changed."""
        self.first_seen = min(self.first_seen or other.first_seen, other.first_seen)
        self.last_seen = max(self.last_seen, other.last_seen)
        self.dirty = True
        return self.take(other.values, other._times())

    def _times(self) -> dict[str, int]:
        times = dict.fromkeys(self.values, self.fields_at)
        times.update(self.field_times)
        return times

    def row(self, owner: int, name: Name | None) -> tuple[Value, ...]:
        """Return the values of one stored row."""
        named = (name.handle, name.since, name.at, int(name.held)) if name else (None, None, None, 0)
        times = msgspec.json.encode(dict(sorted(self.field_times.items()))).decode() if self.field_times else None
        return (
            owner, self.pid, *named, *map(self.values.get, FIELDS), self.fields_at, times,
            self.posts_kept, self.posts_seen, self.first_seen, self.last_seen,
        )  # fmt: skip


def _order(value: Value) -> tuple[int, str]:
    """Return the sort key between two values of the same time: the longer wins, whatever the order of arrival."""
    text = str(value)
    return (len(text), text)


def fields_shown(person: Person) -> dict[str, Value]:
    """Return the fields that a sighting shows, without a thin copy's blanks; a full profile clears ``gone``."""
    fields: dict[str, Value] = {}
    for name in FIELDS:
        value = getattr(person, name)
        if value is None or (not person.rich and value in ("", [])):
            continue
        fields[name] = msgspec.json.encode(value).decode() if isinstance(value, list) else value
    if person.rich and person.gone is None and fields:
        fields["gone"] = ""
    return fields


def times_of(person: Person, fields: Mapping[str, Value], at: int) -> dict[str, int]:
    """Return the time of each of a sighting's fields: later by ``RICH_SECONDS`` for a full profile.

    Whether an account is gone is as certain from X's refusal as from a full profile, so that has the plain time.
    """
    later = at + RICH_SECONDS if person.rich else at
    return {name: at if name == "gone" else later for name in fields}


def load(connection: sqlite3.Connection, owner: int, pids: Iterable[str]) -> tuple[dict[str, PersonState], list[Name]]:
    """Return the stored people and their names."""
    states: dict[str, PersonState] = {}
    names: list[Name] = []
    for row in select_in(connection, f"{SELECT} and pid in (*)", (owner,), pids):
        r = cast("tuple[str | int | None, ...]", row)
        pid = cast("str", r[0])
        states[pid] = _state(pid, r)
        if r[1] is not None:
            names.append(Name(pid, cast("str", r[1]), cast("int", r[2]), cast("int", r[3]), bool(r[4])))
    return states, names


def _state(pid: str, row: tuple[str | int | None, ...]) -> PersonState:
    known = {name: value for name, value in zip(FIELDS, row[_FIELDS_FROM:_REST_FROM], strict=True) if value is not None}
    at, times, posts_kept, seen, first, last = row[_REST_FROM:]
    decoded: dict[str, int] = msgspec.json.decode(cast("str", times), type=dict[str, int]) if times else {}
    numbers = cast("tuple[int, int, int, int, int]", (at, posts_kept, seen, first, last))
    return PersonState(pid, dict(known), numbers[0], decoded, *numbers[1:], dirty=False)


def load_formers(connection: sqlite3.Connection, owner: int, keys: Iterable[str]) -> list[Former]:
    """Return the former holders of these handles."""
    sql = "select pid, handle, since, until from handle_was where owner = ? and hkey in (*)"
    return [Former(*cast("tuple[str, str, int, int]", row)) for row in select_in(connection, sql, (owner,), keys)]


def save(connection: sqlite3.Connection, owner: int, states: Iterable[PersonState], names: Names) -> None:
    """Write people with their names."""
    rows = [state.row(owner, names.names.get(state.pid)) for state in states]
    connection.executemany(_UPSERT, rows)


def save_formers(connection: sqlite3.Connection, owner: int, names: Names) -> None:
    """Write former handles, dropping those that are current again."""
    connection.executemany(
        "delete from handle_was where owner = ? and hkey = ? and pid = ?", [(owner, *pair) for pair in names.dropped]
    )
    connection.executemany(
        upsert("handle_was", ("owner", "hkey", "pid"), ("handle", "since", "until")),
        [(owner, key, f.pid, f.handle, f.since, f.until) for (key, _), f in names.formers.items()],
    )


def latest_former(connection: sqlite3.Connection, owner: int, pid: str) -> str | None:
    """Return the handle that a person had before the present one."""
    row = connection.execute(
        "select handle from handle_was indexed by handle_was_by_pid "
        "where owner = ? and pid = ? order by until desc, hkey limit 1",
        (owner, pid),
    ).fetchone()
    return cast("str", row[0]) if row else None


def find(connection: sqlite3.Connection, owner: int, pid: str | None, handle: str | None) -> str | None:
    """See ``Ledger.find``: an id wins over a handle, and a handle resolves to its present holder."""
    if pid:
        row = connection.execute("select pid from person where owner = ? and pid = ?", (owner, pid)).fetchone()
        if row:
            return cast("str", row[0])
    if not handle:
        return None
    key = fold(handle)
    row = connection.execute("select pid from badge where owner = ? and hkey = ?", (owner, key)).fetchone()
    holder = cast("str", row[0]) if row else None
    if pid:
        return holder if holder and is_stub(holder) else None
    if holder is None or is_stub(holder):
        elsewhere = seen_by_others(connection, owner, [key])
        return elsewhere[0].pid if elsewhere else holder
    return holder


def seen_by_others(connection: sqlite3.Connection, owner: int, keys: Iterable[str]) -> list[Name]:
    """Return the ids that the user's other accounts saw with these handles, the latest sighting of each handle.

    Identities are shared by the user's accounts, as notes are; nothing else that one account saw is shown to another.
    """
    others = [row[0] for row in connection.execute("select owner from viewer where owner <> ?", (owner,))]
    sql = (
        "select p.pid, p.handle, p.handle_since, p.handle_at from badge b "
        "join person p on p.owner = b.owner and p.pid = b.pid where b.owner = ? and b.hkey in (*)"
    )
    latest: dict[str, Name] = {}
    for other in others:
        for row in select_in(connection, sql, (other,), keys):
            name = Name(*cast("tuple[str, str, int, int]", row))
            known = latest.get(name.key)
            if not is_stub(name.pid) and (known is None or (name.at, name.pid) > (known.at, known.pid)):
                latest[name.key] = name
    return list(latest.values())


def person(connection: sqlite3.Connection, owner: int, pid: str) -> PersonRow | None:
    """See ``Ledger.person``."""
    states, names = load(connection, owner, [pid])
    if pid not in states:
        return None
    state, name = states[pid], names[0] if names else None
    held = name if name and name.held else None
    return PersonRow(
        pid=pid,
        profile=_profile(state, held),
        first_seen=state.first_seen,
        last_seen=state.last_seen,
        handle_since=held.since if held else None,
        former=_former_handles(connection, owner, pid),
        recycled_from=_earlier_holders(connection, owner, held) if held else [],
        posts_seen=state.posts_seen,
    )


def _profile(state: PersonState, held: Name | None) -> Person:
    values: dict[str, object] = {name: value for name, value in state.values.items() if name != "gone" or value}
    for name in FLAGS & values.keys():
        values[name] = flag(values[name])
    if "bio_links" in values:
        values["bio_links"] = msgspec.json.decode(cast("str", values["bio_links"]))
    identity = {"id": None if state.pid.startswith("@") else state.pid, "handle": held.handle if held else None}
    return msgspec.convert({**values, **identity}, Person)


def _former_handles(connection: sqlite3.Connection, owner: int, pid: str) -> list[tuple[str, int]]:
    return connection.execute(
        "select handle, until from handle_was indexed by handle_was_by_pid "
        "where owner = ? and pid = ? order by until desc, hkey",
        (owner, pid),
    ).fetchall()


def _earlier_holders(connection: sqlite3.Connection, owner: int, held: Name) -> list[str]:
    rows = connection.execute(
        "select pid from handle_was where owner = ? and hkey = ? and pid <> ? order by until desc, pid",
        (owner, held.key, held.pid),
    )
    return [row[0] for row in rows]


def owe_merge(connection: sqlite3.Connection, stub: str, pid: str) -> None:
    """Record that a stub became an id, until the notebook has moved its notes."""
    connection.execute(
        "insert into merge_due (stub, pid) values (?, ?) on conflict (stub) do update set pid = excluded.pid",
        (stub, pid),
    )


def merges_due(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return (stub, id) of the merges that the notebook has not made yet."""
    return connection.execute("select stub, pid from merge_due order by stub").fetchall()


def settle_merge(connection: sqlite3.Connection, stub: str) -> None:
    """Record that the notebook has moved the stub's notes."""
    connection.execute("delete from merge_due where stub = ?", (stub,))
