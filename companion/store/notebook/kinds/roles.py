"""The kind "roles": what a person is to the user, such as customer, mentor or a role of the user's own."""

from __future__ import annotations

from collections.abc import Mapping

from companion.domain import limits
from companion.errors import BodyError
from companion.settings import Settings
from companion.store.documents import Document, Json
from companion.store.notebook.kinds.fields import only
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.text import checked

FIELDS = frozenset({"roles"})


def clean(body: Mapping[str, object], _settings: Settings) -> Document:
    """Return each role once, without regard to case; an empty list takes them all away."""
    only(body, FIELDS, "list of roles")
    given = body.get("roles")
    if not isinstance(given, list) or not all(isinstance(role, str) for role in given):
        raise BodyError("The roles must be a list of texts; an empty list takes them all away.", field="roles")
    roles: dict[str, Json] = {}
    for role in given:
        if name := " ".join(checked(role, "role", limits.TAG).split()):
            roles.setdefault(name.casefold(), name)
    if len(roles) > limits.ROLES:
        raise BodyError(f"One person fits into at most {limits.ROLES} roles.", field="roles")
    return {"roles": list(roles.values())}


def names(body: Document) -> list[str]:
    """Return the roles."""
    roles = body.get("roles")
    return [str(role) for role in roles] if isinstance(roles, list) else []


def join(newer: Document, older: Document, _settings: Settings) -> Document:
    """Return the roles of both bodies."""
    both: dict[str, Json] = {role.casefold(): role for role in (*names(older), *names(newer))}
    return {"roles": list(both.values())}


KIND = Kind(
    "roles",
    clean,
    lambda body: not names(body),
    lambda body: "\n".join(names(body)),
    join,
    fields=FIELDS,
    members="roles",
)
