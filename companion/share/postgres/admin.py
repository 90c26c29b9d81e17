"""Makes a space in a database, admits and dismisses members, and says what the server still holds of the forgotten."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from importlib.resources import files
from typing import NamedTuple

from companion.errors import CarrierError, SettingError
from companion.share.postgres.driver import Session
from companion.share.postgres.space import NO_TABLE, VERSION, Space
from companion.store.notebook.lines import MEMBER, OWNER, READER

OLDEST = 150_000
"""The oldest server that the guards were tried on."""
ROLES = (OWNER, MEMBER, READER)
WORDS = {
    "MU005": "Only an owner of the shared notebook may do that.",
    "MU006": "There is no such login. The server's administrator makes one: createuser --pwprompt NAME",
    "MU007": "That login is the server's administrator or owns the tables: no rule would bind it. Use another one.",
    "MU008": "That is the last owner, and one has to stay. Make somebody else an owner first.",
}


class Member(NamedTuple):
    """A login that may use the space."""

    name: str
    role: str
    devices: int


def create(session: Session, members: Sequence[tuple[str, str]], *, portable: bool) -> None:
    """Make the tables and admit the first members, all or nothing.

    Args:
        session: a connection as somebody who may create a schema; he owns the tables and is no member.
        members: (login, role) of each.
        portable: leave out triggers and row policies, for distributed servers that lack them.

    Raises:
        SettingError: there is a space already, no owner is named, or the server is too old.
        CarrierError: the server refuses.
    """
    if OWNER not in {role for _, role in members}:
        raise SettingError("A shared notebook needs an owner: `--member NAME:owner`")
    if session.version < OLDEST and not portable:
        raise SettingError("The server is older than PostgreSQL 15, which is the oldest that this was tried on.")
    if _exists(session):
        raise SettingError("This database holds a shared notebook already.")
    space = secrets.token_hex(8)
    try:
        with session.transaction():
            session.script(_script("tables"))
            if not portable:
                session.script(_script("guards"))
            session.rows(
                "insert into mutuals.space (id, version, guarded) values (%(id)s, %(version)s, %(guarded)s)",
                {"id": space, "version": VERSION, "guarded": not portable},
            )
            for name, role in members:
                admit(session, Space(space, OWNER, not portable, None, b"", b""), name, role)
    except CarrierError as error:
        raise _said(error) from None


def admit(session: Session, space: Space, name: str, role: str) -> None:
    """Let a login use the space, or give it another role."""
    if role not in ROLES:
        raise SettingError(f"A role is one of {', '.join(ROLES)}.")
    values = {"space": space.id, "name": name, "role": role}
    try:
        if space.guarded:
            session.rows("select mutuals.admit(%(space)s, %(name)s, %(role)s)", values)
            return
        with session.transaction():
            session.rows(
                "insert into mutuals.member (space, name, role) values (%(space)s, %(name)s, %(role)s)"
                " on conflict (space, name) do update set role = excluded.role",
                values,
            )
            session.script(_script("portable").replace("{login}", _quoted(name)))
    except CarrierError as error:
        raise _said(error) from None


def dismiss(session: Session, space: Space, name: str) -> None:
    """Shut a login out: from now on it reads and writes nothing, on open connections too; its contact days go."""
    try:
        if space.guarded:
            session.rows("select mutuals.dismiss(%(space)s, %(name)s)", {"space": space.id, "name": name})
            return
        with session.transaction():
            session.rows(
                "delete from mutuals.contact where space = %(space)s and device in"
                " (select id from mutuals.device where space = %(space)s and member = %(name)s)",
                {"space": space.id, "name": name},
            )
            session.rows(
                "delete from mutuals.member where space = %(space)s and name = %(name)s",
                {"space": space.id, "name": name},
            )
            session.script(f"revoke all on all tables in schema mutuals from {_quoted(name)}")
    except CarrierError as error:
        raise _said(error) from None


def members(session: Session, space: Space) -> list[Member]:
    """Return who may use the space, and with how many devices they do."""
    found = session.rows(
        "select m.name, m.role, count(d.id) from mutuals.member m left join mutuals.device d"
        " on d.space = m.space and d.member = m.name where m.space = %(space)s group by m.name, m.role order by m.name",
        {"space": space.id},
    )
    return [Member(str(one[0]), str(one[1]), int(str(one[2]))) for one in found]


def _exists(session: Session) -> bool:
    try:
        session.rows("select 1 from mutuals.space limit 1")
    except CarrierError as error:
        if error.details.get("state") in NO_TABLE[:2]:
            return False
        raise
    return True


def _said(error: CarrierError) -> CarrierError:
    state = str(error.details.get("state", ""))
    return CarrierError(WORDS[state], state=state) if state in WORDS else error


def _script(name: str) -> str:
    return files("companion.share.postgres").joinpath(f"{name}.sql").read_text(encoding="utf-8")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
