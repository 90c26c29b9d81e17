"""POST /v1/writes: stores one entry the user wrote about a person, durably before it responds."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from companion.api.context import ApiContext
from companion.api.presenters import meet, owner_of
from companion.api.resources import Resources, resource
from companion.api.schemas import Key, Op, PersonRef, Time, Viewer, check_named, key_of
from companion.errors import BodyError, InstanceError
from companion.store import touches

resources = Resources()
TAG_COLOUR = "tag_colour"
"""Kind of a write about a tag itself, with the body ``{"name", "colour"}``."""


class WriteRequest(msgspec.Struct):
    """One write of the extension's outbox."""

    instance: Annotated[str, Meta(max_length=64, description="the data folder it is meant for, as told at pairing")]
    viewer: Viewer
    op: Op
    kind: Annotated[Key, Meta(description="note, tags, alias, or another kind the notebook knows")]
    person: PersonRef
    body: Annotated[dict[str, object], Meta(description='note {"text","post"?}; tags {"tags":[…]}; alias {"alias"}')]
    at: Time
    base: Annotated[int, Meta(ge=0, le=2**53)] | None = None
    """The rev shown to the user; null if there was none: then a note never replaces an existing one."""
    saw: Annotated[str, Meta(max_length=20_000)] | None = None
    """The text shown to the user: if it equals the stored one, the write is accepted whatever the rev."""


class WriteResponse(msgspec.Struct):
    """The acknowledgement: the write is on the disk."""

    rev: int
    at: int
    repeated: bool
    """This op was stored before; nothing changed."""
    pid: str


@resource(resources, "/writes", WriteRequest, WriteResponse)
def writes(context: ApiContext, body: WriteRequest) -> WriteResponse:
    """Store one write; 409 is a conflict (both texts are kept), 412 means that it was for another data folder."""
    check_named(body.person, "person")
    check_instance(context, body.instance)
    owner = owner_of(context, body.viewer)
    if body.kind == TAG_COLOUR:
        return _set_colour(context, body)
    pid = meet(context, owner, body.person)
    at = min(body.at, context.clock())
    done = context.stores.notebook.write(body.op, body.kind, pid, body.body, body.base, at, owner, saw=body.saw)
    if body.kind == touches.KIND:
        touches.mirror_write(context.account(owner), pid, done, at)
    return WriteResponse(done.rev, done.at, done.repeated, pid)


def _set_colour(context: ApiContext, body: WriteRequest) -> WriteResponse:
    """Set the colour of a tag, which belongs to the tag and to no person; a repeat changes nothing."""
    name, colour = body.body.get("name"), body.body.get("colour")
    if not isinstance(name, str) or not isinstance(colour, str):
        raise BodyError("Say which tag, and which colour.", field="body.name")
    context.stores.notebook.set_tag_colour(name, colour)
    return WriteResponse(rev=1, at=min(body.at, context.clock()), repeated=False, pid=key_of(body.person))


def check_instance(context: ApiContext, instance: str) -> None:
    """Raise `InstanceError` if a write was queued for another data folder (a second companion, a restored backup)."""
    if instance != context.stores.notebook.instance:
        raise InstanceError("This was written for another Mutuals data folder. Pair again to use this one.")
