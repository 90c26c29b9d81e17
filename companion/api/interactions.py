"""POST /v1/interactions: the history with one person; …/remove deletes one line of it, …/restore undoes that."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from flask import Blueprint
from msgspec import Meta

from companion.api.context import ApiContext
from companion.api.endpoint import resource
from companion.api.presenters import find, owner_of
from companion.api.schemas import Key, Limit, Op, PersonRef, Time, Viewer, named
from companion.domain.kinds import KINDS
from companion.domain.sightings import INBOUND
from companion.errors import BodyError
from companion.practice import deletion, touches
from companion.practice.timeline import Line, line_of, page_of
from companion.store.account import Account
from companion.store.documents import Document
from companion.store.ledger.rows import InteractionRow

blueprint = Blueprint("interactions", __name__)
Ref = Annotated[str, Meta(min_length=1, max_length=300, description="the line's ``ref``")]
Direction = Literal["in", "out", "both"]


class InteractionsRequest(msgspec.Struct):
    """Whose history with whom, and from where on."""

    viewer: Viewer
    person: PersonRef
    before: Time | None = None
    """Only lines older than this; the answer names it for the next page."""
    limit: Limit = 20


class InteractionsResponse(msgspec.Struct):
    """Latest first."""

    lines: list[Line]
    before: int | None
    """Ask for lines before this for the next page; null when there are no more."""


class RemoveRequest(msgspec.Struct):
    """Which line of the history to delete."""

    viewer: Viewer
    person: PersonRef
    op: Op
    at: Time
    direction: Direction
    kind: Key
    ref: Ref


class RemoveResponse(msgspec.Struct):
    """What was deleted, to be sent back whole to undo it; null if it was gone already."""

    line: Line | None


class RestoreRequest(msgspec.Struct):
    """The line that was deleted."""

    viewer: Viewer
    person: PersonRef
    op: Op
    line: Line


class RestoreResponse(msgspec.Struct):
    """Whether it had to be put back."""

    restored: bool


@resource(blueprint, "/interactions", InteractionsRequest, InteractionsResponse)
def interactions(context: ApiContext, ask: InteractionsRequest) -> InteractionsResponse:
    """Return one page of the history with a person, both directions, with where each act is known from."""
    account, pid = _with(context, ask.viewer, ask.person)
    lines, before = page_of(account, pid, ask.limit, ask.before)
    return InteractionsResponse(lines, before)


@resource(blueprint, "/interactions/remove", RemoveRequest, RemoveResponse)
def remove(context: ApiContext, ask: RemoveRequest) -> RemoveResponse:
    """Delete one line of the history; what was seen does not come back with the next sighting of the same act."""
    account, pid = _with(context, ask.viewer, ask.person)
    line = line_of(account, pid, ask.ref, ask.kind, ask.direction, ask.at)
    if line is None:
        return RemoveResponse(None)
    deletion.deletion(account, _row(pid, line), op=ask.op, now=context.clock())
    return RemoveResponse(line)


@resource(blueprint, "/interactions/restore", RestoreRequest, RestoreResponse)
def restore(context: ApiContext, ask: RestoreRequest) -> RestoreResponse:
    """Undo a deletion: the line is as it was, and counts again."""
    account, pid = _with(context, ask.viewer, ask.person)
    line, now = ask.line, context.clock()
    _check(line, now)
    if line_of(account, pid, line.ref, line.kind, line.direction, line.at) is not None:
        return RestoreResponse(restored=False)
    item = touches.item_of(line.ref)
    if item is None:
        deletion.put_back(account, _row(pid, line), now)
    else:
        body: Document = {"what": line.kind, "when": line.at, "way": line.direction, "words": line.words, "item": item}
        touches.add(account, pid, body, op=ask.op, at=now)
    return RestoreResponse(restored=True)


def _with(context: ApiContext, viewer: Viewer, person: PersonRef) -> tuple[Account, str]:
    named(person, "person")
    owner = owner_of(context, viewer)
    return Account(context.stores.notebook, context.stores.ledger, owner), find(context, owner, person)


def _check(line: Line, now: int) -> None:
    """Refuse a line that this companion cannot have handed out."""
    joined = line.direction == "both" and touches.item_of(line.ref) is None
    if line.kind not in KINDS or joined or line.at > now:
        raise BodyError("Send the line back as it was when you deleted it.", field="line")


def _row(pid: str, line: Line) -> InteractionRow:
    direction = INBOUND if line.direction == "both" else line.direction
    return InteractionRow(
        pid, direction, line.kind, line.ref, line.at, line.post, line.source, line.partial, line.automatic, line.chat
    )
