"""Collects what the readable exports (CSV, vCard, Markdown) show of each person: profile, notes and relationship."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field

from companion.domain.handles import fold, is_id, profile_address, without_at
from companion.domain.kinds import MET_KINDS
from companion.domain.sightings import INBOUND, OUTBOUND
from companion.reciprocity.judgement import glance
from companion.store.documents import Document, Tables
from companion.store.faces import TABLE as FACES
from companion.store.ledger.dump import viewers_of
from companion.store.ledger.tables import badges as badges_table
from companion.store.ledger.viewers import Viewer
from companion.store.notebook.kinds.kind import all_kinds
from companion.store.readonly import ReadOnlyStores

_MEETINGS = f"kind in ({', '.join(repr(kind) for kind in sorted(MET_KINDS))}) and gone is null"
_MET = f"select distinct pid from event where owner = :owner and {_MEETINGS}"  # noqa: S608 - constants
_MET_OF = (
    "select distinct e.pid from json_each(:pids) j "  # noqa: S608 - constants
    f"cross join event e on e.owner = :owner and e.pid = j.value and e.direction in ('{INBOUND}', '{OUTBOUND}') "
    f"where {_MEETINGS}"
)
"""With the direction too, the key leads to these kinds, past everything else between the two."""
PROFILE = ("name", "bio", "location", "link", "avatar")
_PROFILES = f"select pid, {', '.join(PROFILE)} from person where owner = :owner"  # noqa: S608 - constants


@dataclass(slots=True)
class ExportedPerson:
    """One person, with what all of the user's accounts know of them.

    Attributes:
        pid: X's id, or ``@handle`` where only that is known.
        handle: without @.
        profile: name, bio, location, link and avatar, as far as X showed them.
        note: the note.
        alias: the user's own name for them.
        tags: the tags.
        others: text of the other kinds: (kind, text).
        viewers: handles of the user's accounts that are in contact with them or followed by them.
        score: 0 to 100, None where it is not known.
        state: the state of the relationship.
        follows_me: yes, no or unknown; the same for ``i_follow``.
        you: days with contact from the user; ``they``: from them; ``last_in``, ``last_out``: epoch seconds.
        met: whether the user logged a contact in person with them.
        facts: the documents of the kinds that are facts and ties, for exports that have fields for them.
        written_at: when something was last written about them, epoch seconds; 0 for nothing.
        face: the picture that is kept of them, a JPEG in base64; empty without one.
    """

    pid: str
    handle: str | None = None
    profile: dict[str, str] = field(default_factory=dict)
    note: str = ""
    alias: str | None = None
    tags: list[str] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)
    viewers: list[str] = field(default_factory=list)
    score: int | None = None
    state: str = "unknown"
    follows_me: bool | None = None
    i_follow: bool | None = None
    you: int = 0
    they: int = 0
    last_in: int | None = None
    last_out: int | None = None
    met: bool = False
    facts: dict[str, list[Document]] = field(default_factory=dict)
    written_at: int = 0
    face: str = ""

    def texts(self, kind: str, name: str, what: str = "") -> list[str]:
        """Return one field of every document of a kind, only of those of one sort if ``what`` is given."""
        found = (one for one in self.facts.get(kind, []) if what in ("", one.get("what")))
        return [str(one[name]) for one in found if one.get(name)]

    @property
    def name(self) -> str:
        """The name to show: profile name, alias, handle or id."""
        return self.profile.get("name") or self.alias or (f"@{self.handle}" if self.handle else self.pid)

    @property
    def link(self) -> str | None:
        """The address of their profile on X."""
        return profile_address(self.pid, self.handle)


def everybody(stores: ReadOnlyStores, now: int, pids: frozenset[str] | None = None) -> Iterator[ExportedPerson]:
    """Yield the people with notes, with contact, or following the viewer, ordered by handle.

    Args:
        stores: the stores, open for reading.
        now: epoch seconds, to which the score is dated.
        pids: only these people, whatever is known of them.
    """
    people: dict[str, ExportedPerson] = {}
    for name, row in _documents(stores.notebook):
        pid = str(row["pid"])
        if pids is None or pid in pids:
            _write(people.setdefault(pid, ExportedPerson(pid)), name, row)
    if stores.ledger is not None:
        for number, viewer in viewers_of(stores.ledger).items():
            _see(stores.ledger, people, Viewer(number, viewer, *_of_viewer(stores.ledger, number)), now, pids)
    for row in sorted(stores.notebook.get(FACES, {}).values(), key=lambda row: int(str(row.get("at") or 0))):
        if known := people.get(str(row.get("pid"))):
            known.face = str(row.get("jpeg") or "")
    for person in people.values():
        person.handle = person.handle or (None if is_id(person.pid) else person.pid.removeprefix("@"))
    yield from sorted(people.values(), key=lambda person: ((person.handle or person.pid).lower(), person.pid))


def _documents(tables: Tables) -> Iterator[tuple[str, Document]]:
    """Yield (kind, document) for every document that is not blank."""
    for name, kind in all_kinds().items():
        for row in tables.get(name, {}).values():
            body = row.get("body")
            if isinstance(body, dict) and isinstance(row.get("pid"), str) and not kind.says_nothing(body):
                yield name, row


def _write(person: ExportedPerson, name: str, row: Document) -> None:
    body = row["body"]
    if not isinstance(body, dict):
        return
    words, at = all_kinds()[name].words(body), row.get("at")
    person.written_at = max(person.written_at, at if isinstance(at, int) else 0)
    if name == "note":
        person.note = f"{person.note}\n\n{words}".strip()
    elif name == "tags":
        person.tags += [tag for tag in words.split("\n") if tag not in person.tags]
    elif name == "alias":
        person.alias = person.alias or words
    elif words:
        person.others.append((name, words))
        person.facts.setdefault(name, []).append(body)


def _see(
    connection: sqlite3.Connection,
    people: dict[str, ExportedPerson],
    viewer: Viewer,
    now: int,
    pids: frozenset[str] | None,
) -> None:
    """Add what one of the user's accounts saw."""
    shown = viewer.handle or without_at(viewer.name)
    rest, values = "order by hkey", list[str]()
    if pids is not None:
        keys = badges_table.keys_of(connection, viewer.number, pids)
        rest, values = "and hkey in (select value from json_each(?))", [json.dumps(keys)]
    for row in badges_table.each(connection, viewer, rest, values):
        if row.pid not in people and pids is None and not row.known:
            continue
        person = people.setdefault(row.pid, ExportedPerson(row.pid))
        seen = glance(row.sums, row.tally, now)
        if person.score is None or (seen.value or 0) > person.score:
            person.score, person.state = seen.value, seen.state
        person.handle = row.handle or person.handle
        person.viewers += [shown] if row.known else []
        person.follows_me = person.follows_me or row.follows_me
        person.i_follow = person.i_follow or row.i_follow
        person.you, person.they = person.you + row.tally.days_out, person.they + row.tally.days_in
        person.last_in = max((at for at in (person.last_in, row.tally.last_in) if at), default=None)
        person.last_out = max((at for at in (person.last_out, row.tally.last_out) if at), default=None)
    _profiles(connection, people, viewer.number, pids)


def _profiles(
    connection: sqlite3.Connection, people: dict[str, ExportedPerson], owner: int, pids: frozenset[str] | None
) -> None:
    """Add the profiles that one account saw, and whom the user met; one select each, as one a person took longer."""
    values = {"owner": owner, "pids": json.dumps(sorted(pids or ()))}
    chosen = "" if pids is None else " and pid in (select value from json_each(:pids))"
    for row in connection.execute(_PROFILES + chosen, values):
        if person := people.get(row["pid"]):
            person.profile |= {name: row[name] for name in PROFILE if row[name]}
    for row in connection.execute(_MET if pids is None else _MET_OF, values):
        if person := people.get(row["pid"]):
            person.met = True


def _of_viewer(connection: sqlite3.Connection, number: int) -> tuple[str | None, int | None]:
    row = connection.execute("select handle, inbound_since from viewer where owner = ?", (number,)).fetchone()
    return row["handle"], row["inbound_since"]


def find_people(stores: ReadOnlyStores, name: str) -> frozenset[str]:
    """Return the keys of the people known under ``@handle``, a handle or an id."""
    bare = fold(name)
    written = {str(row["pid"]) for table in stores.notebook.values() for row in table.values() if row.get("pid")}
    pids = {pid for pid in (bare, f"@{bare}") if pid in written}
    if stores.ledger is not None:
        sql = "select pid from badge where owner = ? and (hkey = ? or hkey = ?)"
        for number in viewers_of(stores.ledger):
            pids |= {row["pid"] for row in stores.ledger.execute(sql, (number, bare, f"#{bare}"))}
            person = "select pid from person where owner = ? and pid in (?, ?)"
            pids |= {row["pid"] for row in stores.ledger.execute(person, (number, bare, f"@{bare}"))}
    return frozenset(pids)
