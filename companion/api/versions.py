"""POST /v1/versions: the earlier texts of a note."""

from __future__ import annotations

import msgspec

from companion.api.context import ApiContext
from companion.api.presenters import find, owner_of
from companion.api.resources import Resources, resource
from companion.api.schemas import PersonRef, Viewer, check_named

resources = Resources()


class VersionsRequest(msgspec.Struct):
    """The person whose note."""

    viewer: Viewer
    person: PersonRef


class VersionView(msgspec.Struct, omit_defaults=True):
    """One earlier text; ``conflict`` marks one that lost a conflict and was kept, ``by`` who else wrote it."""

    rev: int
    text: str
    at: int
    viewer: str | None
    conflict: bool = False
    by: str | None = None


class VersionsResponse(msgspec.Struct):
    """Latest first; an empty list for somebody without a note."""

    versions: list[VersionView]


@resource(resources, "/versions", VersionsRequest, VersionsResponse)
def versions(context: ApiContext, body: VersionsRequest) -> VersionsResponse:
    """Return every stored version of the note about a person."""
    check_named(body.person, "person")
    owner = owner_of(context, body.viewer)
    stored = context.stores.notebook.versions(find(context, owner, body.person), owner)
    authors = context.stores.notebook.shared.lines.authors()
    views = [VersionView(v.rev, v.text, v.at, v.viewer, v.conflict, authors.get(v.by or "")) for v in stored]
    return VersionsResponse(views)
