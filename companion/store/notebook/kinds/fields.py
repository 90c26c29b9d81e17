"""Checks of fields that several kinds share: days, choices, other people, and that nothing unknown is in a body."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date

from companion.domain.handles import is_id
from companion.errors import BodyError

WHOM = "whom"
"""The field of a body that holds another person's key: a document that names a forgotten person goes with them."""
_STUB = re.compile(r"@[a-z0-9_]{1,20}", re.ASCII)


def only(body: Mapping[str, object], fields: Collection[str], kind: str) -> None:
    """Raise ``BodyError`` if a body has a field that the kind does not have."""
    unknown = sorted(set(body) - set(fields))
    if unknown:
        raise BodyError(f"A {kind} has {', '.join(sorted(fields))}, nothing else.", field=unknown[0], unknown=True)


def day_of(body: Mapping[str, object], name: str) -> str:
    """Return a day such as "2026-03-09"; empty if there is none. Raises ``BodyError`` if it is no day."""
    given = body.get(name)
    if given in (None, ""):
        return ""
    try:
        return date.fromisoformat(str(given)).isoformat()
    except ValueError as error:
        raise BodyError("Give the day as year-month-day, such as 2026-03-09.", field=name) from error


def choice_of(body: Mapping[str, object], name: str, choices: Collection[str]) -> str:
    """Return one of the choices; raises ``BodyError`` for anything else."""
    given = body.get(name)
    if not isinstance(given, str) or given not in choices:
        raise BodyError(f"Choose the {name}: {', '.join(choices)}.", field=name)
    return given


def whom_of(body: Mapping[str, object]) -> str:
    """Return the key of the other person, an id or ``@handle``; raises ``BodyError`` for anything else."""
    given = body.get(WHOM)
    if not isinstance(given, str) or not (is_id(given) or _STUB.fullmatch(given)):
        raise BodyError("Say who it was: @handle, or X's id.", field=WHOM)
    return given


def named_in(row: Mapping[str, object]) -> str:
    """Return the key of the other person whom a stored document or a line names; empty if it names nobody."""
    body = row.get("body")
    return str(body.get(WHOM) or "") if isinstance(body, dict) else ""
