"""Request fields that many resources share: viewer, person, times and their limits."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from companion.domain import limits
from companion.domain.handles import fold, is_id, stub
from companion.errors import BodyError
from companion.settings import Settings

LIMITS = Settings()
"""Limits of the wire format: those of the default settings, so that the documentation states them."""

PersonId = Annotated[str, Meta(pattern=r"^[0-9]{1,20}$", description="X's numeric id, as text")]
Handle = Annotated[str, Meta(min_length=1, max_length=32, description="a handle, with or without @, in any case")]
Time = Annotated[int, Meta(ge=0, le=10**11, description="epoch seconds UTC (not milliseconds)")]
Op = Annotated[
    str, Meta(min_length=8, max_length=64, description="a fresh random id of this write; repeats are no-ops")
]
Query = Annotated[str, Meta(max_length=limits.SEARCH)]
Limit = Annotated[int, Meta(ge=1, le=100)]
Key = Annotated[str, Meta(min_length=1, max_length=64)]


class EmptyRequest(msgspec.Struct):
    """An empty body: ``{}``."""


class Viewer(msgspec.Struct):
    """The logged-in X account whose browser this is; at least one of the two is given."""

    id: PersonId | None = None
    handle: Handle | None = None


class PersonRef(msgspec.Struct, omit_defaults=True):
    """Another account, by id, by handle, or by both; at least one of the two is given."""

    id: PersonId | None = None
    handle: Handle | None = None


TEXTS = 64
Reading = dict[str, object]
"""A DOM reading of the extension; `companion.sources.dom_readings` checks every field."""


class SeenText(msgspec.Struct):
    """One response that X's page loaded, unchanged."""

    at: Time
    text: Annotated[str, Meta(max_length=LIMITS.max_sighting_bytes)]
    op: Annotated[str, Meta(max_length=200)] = ""
    url: Annotated[str, Meta(max_length=20_000)] = ""
    request: Annotated[str, Meta(max_length=200_000)] | None = None


class SightingsRequest(msgspec.Struct):
    """A batch of texts and DOM readings, oldest first."""

    viewer: Viewer
    seen: Annotated[list[SeenText], Meta(max_length=TEXTS)] = []
    readings: Annotated[list[Reading], Meta(max_length=TEXTS)] = []
    left_out: Annotated[
        int, Meta(ge=0, le=10**9, description="answers of today beyond the page's limits, not sent")
    ] = 0


def check_named(ref: Viewer | PersonRef, field: str) -> None:
    """Raise `BodyError` if a viewer or person has neither id nor handle."""
    if ref.id is None and ref.handle is None:
        raise BodyError("Say who: an id, a handle, or both.", field=field)


def ref_of(pid: str, handle: str | None = None) -> PersonRef:
    """Return a person's key as a reference: a stub has no id."""
    return PersonRef(pid, handle) if is_id(pid) else PersonRef(None, handle or pid.removeprefix("@"))


def key_of(person: PersonRef) -> str:
    """Return the key of a person unknown to the ledger: the id if there is one, else the handle's stub."""
    return person.id or stub(fold(person.handle or ""))
