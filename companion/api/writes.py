"""POST /v1/writes: one thing the user mirror_write about a person, durable before the answer."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import Meta

from companion.api.context import ApiContext
from companion.api.endpoint import resource
from companion.api.presenters import meet, owner_of
from companion.api.schemas import Key, Op, PersonRef, Time, Viewer, key_of, named
from companion.errors import BodyError, InstanceError
from companion.practice import touches
from companion.store.account import Account

blueprint = Blueprint("writes", __name__)
TAG_COLOUR = "tag_colour"
"""A write about a tag: ``{"name", "colour"}``."""


class WriteRequest(msgspec.Struct):
    """One write of the outbox."""

    instance: Annotated[str, Meta(max_length=64, description="the data folder it is meant for, as told at pairing")]
    viewer: Viewer
    op: Op
    kind: Annotated[Key, Meta(description="note, tags, alias, or another kind the notebook knows")]
    person: PersonRef
    body: Annotated[dict[str, object], Meta(description='note {"text","post"?}; tags {"tags":[…]}; alias {"alias"}')]
    at: Time
    base: Annotated[int, Meta(ge=0, le=2**53)] | None = None
    """The rev that was on screen; null when nothing was there: then a note never replaces one that is."""
    saw: Annotated[str, Meta(max_length=20_000)] | None = None
    """The text that was on screen before: where it is what is stored, nothing unseen is replaced, whatever the rev."""


class WriteResponse(msgspec.Struct):
    """The acknowledgement: it is on the disk."""

    rev: int
    at: int
    repeated: bool
    """This op was done before; nothing was done again."""
    pid: str


@resource(blueprint, "/writes", WriteRequest, WriteResponse)
def writes(context: ApiContext, ask: WriteRequest) -> WriteResponse:
    """Store one write and acknowledge it; 409 keeps both texts, 412 is meant for another data folder."""
    named(ask.person, "person")
    check_instance(context, ask.instance)
    owner = owner_of(context, ask.viewer)
    if ask.kind == TAG_COLOUR:
        return _paint(context, ask)
    pid = meet(context, owner, ask.person)
    at = min(ask.at, context.clock())
    done = context.stores.notebook.write(ask.op, ask.kind, pid, ask.body, ask.base, at, owner, saw=ask.saw)
    if ask.kind == touches.KIND:
        touches.mirror_write(Account(context.stores.notebook, context.stores.ledger, owner), pid, done, at)
    return WriteResponse(done.rev, done.at, done.repeated, pid)


def _paint(context: ApiContext, ask: WriteRequest) -> WriteResponse:
    """Give a tag its colour. It belongs to the tag and not to a person, and painting twice is painting once."""
    name, colour = ask.body.get("name"), ask.body.get("colour")
    if not isinstance(name, str) or not isinstance(colour, str):
        raise BodyError("Say which tag, and which colour.", field="body.name")
    context.stores.notebook.set_tag_colour(name, colour)
    return WriteResponse(rev=1, at=min(ask.at, context.clock()), repeated=False, pid=key_of(ask.person))


def check_instance(context: ApiContext, instance: str) -> None:
    """Refuse a write that was queued for another data folder (a backup restored, a second companion)."""
    if instance != context.stores.notebook.instance:
        raise InstanceError("This was written for another Mutuals data folder. Pair again to use this one.")
