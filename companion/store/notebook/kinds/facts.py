"""The kind "facts": how one met a person, roles, context, other channels, manner, what they are suited for."""

from __future__ import annotations

from collections.abc import Mapping

from companion.domain import limits
from companion.domain.facts import CHANNELS, CONTEXTS, HOW_MET
from companion.errors import BodyError
from companion.settings import Settings
from companion.store.documents import Document, Json
from companion.store.notebook.kinds.fields import choice_of, day_of, only
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.text import checked, text_of

TEXTS = ("where", "online", "in_person")
"""Fields of a few words: where one met, the manner online, the manner in person."""
FIELDS = frozenset({"how", "met", "roles", "context", "channels", "suited", "person", *TEXTS})


def clean(body: Mapping[str, object], _settings: Settings) -> Document:
    """Return the fields that say something.

    ``how`` is one of the seven ways; ``met`` the day on which they met in person; ``roles`` names; ``channels`` a
    value for some channels; ``suited`` pairs of a purpose and its basis, without which it is refused; ``person`` names
    the person or company that several accounts belong to.
    """
    only(body, FIELDS, "facts document")
    facts: Document = {}
    for name, choices in (("how", HOW_MET), ("context", CONTEXTS)):
        if body.get(name) not in (None, ""):
            facts[name] = choice_of(body, name, choices)
    if day := day_of(body, "met"):
        facts["met"] = day
    for name in (*TEXTS, "person"):
        if text := text_of(body, name, limits.FACT).strip() if name in body else "":
            facts[name] = text
    parts = (("roles", _roles(body)), ("channels", _channels(body)), ("suited", _suited(body)))
    return {**facts, **{name: value for name, value in parts if value}}


def _roles(body: Mapping[str, object]) -> list[Json]:
    given = body.get("roles") or []
    if not isinstance(given, list) or not all(isinstance(role, str) for role in given) or len(given) > limits.ROLES:
        raise BodyError(f"The roles are a list of at most {limits.ROLES} names.", field="roles")
    named = (" ".join(checked(role, "role", limits.TAG).split()) for role in given)
    return list({role.casefold(): role for role in named if role}.values())


def _channels(body: Mapping[str, object]) -> Document:
    given = body.get("channels") or {}
    if not isinstance(given, dict) or not given.keys() <= CHANNELS.keys():
        raise BodyError(f"The channels are {', '.join(CHANNELS)}.", field="channels")
    texts = {name: text_of(given, name, limits.FACT).strip() for name in given}
    return {name: texts[name] for name in CHANNELS if texts.get(name)}


def _suited(body: Mapping[str, object]) -> list[Json]:
    given = body.get("suited") or []
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given) or len(given) > limits.ROLES:
        raise BodyError("What somebody is suited for is a list of purposes, each with its basis.", field="suited")
    found: list[Json] = []
    for one in given:
        purpose, basis = (text_of(one, name, limits.FACT).strip() for name in ("purpose", "basis"))
        if not purpose or not basis:
            raise BodyError("Say what for, and what you base it on.", field="suited")
        found.append({"purpose": purpose, "basis": basis})
    return found


def join(newer: Document, older: Document, _settings: Settings) -> Document:
    """Return the fields of both; of two values of one field the newer."""
    joined = {**older, **newer}
    first, second = older.get("channels"), newer.get("channels")
    if isinstance(first, dict) and isinstance(second, dict):
        joined["channels"] = {**first, **second}
    for name in ("roles", "suited"):
        both: list[Json] = []
        for value in (older.get(name), newer.get(name)):
            both += [one for one in value if one not in both] if isinstance(value, list) else []
        if both:
            joined[name] = both[: limits.ROLES]
    return joined


def words(body: Document) -> str:
    """Return the text for search and for readable exports."""
    channels, suited, roles = (body.get(name) for name in ("channels", "suited", "roles"))
    parts: list[object] = [HOW_MET.get(str(body.get("how")), ""), *(body.get(name) for name in (*TEXTS, "person"))]
    parts += roles if isinstance(roles, list) else []
    parts += [CONTEXTS.get(str(body.get("context")), "")]
    parts += [f"{CHANNELS[name]} {value}" for name, value in channels.items()] if isinstance(channels, dict) else []
    for one in suited if isinstance(suited, list) else []:
        parts += [f"{one['purpose']} ({one['basis']})"] if isinstance(one, dict) else []
    return "; ".join(str(part) for part in parts if part)


def marks(body: Document) -> dict[str, Json]:
    """Return what filters and the daily suggestions need."""
    found: dict[str, Json] = {name: body[name] for name in ("roles", "context", "how", "person") if name in body}
    return {**found, "met": True} if body.get("met") else found


KIND = Kind("facts", clean, lambda body: not body, words, join, marks, fields=FIELDS)
