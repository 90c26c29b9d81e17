"""POST /v1/interactions: the history with one person; …/remove deletes one entry, …/restore undoes that."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from companion.api.context import ApiContext
from companion.api.presenters import find, owner_of
from companion.api.resources import Resources, resource
from companion.api.schemas import Key, Limit, Op, PersonRef, Time, Viewer, check_named
from companion.domain.kinds import KINDS
from companion.domain.sightings import INBOUND
from companion.errors import BodyError
from companion.practice import deletion
from companion.practice.timeline import HistoryLine, line_of, page_of
from companion.store import touches
from companion.store.account import Account
from companion.store.documents import Document
from companion.store.ledger.rows import InteractionRow

resources = Resources()
Ref = Annotated[str, Meta(min_length=1, max_length=300, description="the line's ``ref``")]
Direction = Literal["in", "out", "both"]


class InteractionsRequest(msgspec.Struct):
    """Which viewer and person, and where the page of the history begins."""

    viewer: Viewer
    person: PersonRef
    before: Time | None = None
    """Only lines older than this; the response has the value for the next page."""
    limit: Limit = 20


class InteractionsResponse(msgspec.Struct):
    """Latest first."""

    lines: list[HistoryLine]
    before: int | None
    """``before`` of the next page; null when there are no more lines."""


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
    """The deleted line, to be sent back unchanged to undo it; null if it was gone already."""

    line: HistoryLine | None


class RestoreRequest(msgspec.Struct):
    """The line that was deleted."""

    viewer: Viewer
    person: PersonRef
    op: Op
    line: HistoryLine


class RestoreResponse(msgspec.Struct):
    """False if the line was there already."""

    restored: bool


@resource(resources, "/interactions", InteractionsRequest, InteractionsResponse)
def interactions(context: ApiContext, body: InteractionsRequest) -> InteractionsResponse:
    """Return one page of the history with a person, both directions, each line with its source."""
    account, pid = _resolve(context, body.viewer, body.person)
    lines, before = page_of(account, pid, body.limit, body.before)
    return InteractionsResponse(lines, before)


@resource(resources, "/interactions/remove", RemoveRequest, RemoveResponse)
def remove(context: ApiContext, body: RemoveRequest) -> RemoveResponse:
    """Delete one line of the history; the next sighting of the same interaction does not bring it back."""
    account, pid = _resolve(context, body.viewer, body.person)
    line = line_of(account, pid, body.ref, body.kind, body.direction, body.at)
    if line is None:
        return RemoveResponse(None)
    deletion.deletion(account, _row(pid, line), op=body.op, now=context.clock())
    return RemoveResponse(line)


@resource(resources, "/interactions/restore", RestoreRequest, RestoreResponse)
def restore(context: ApiContext, body: RestoreRequest) -> RestoreResponse:
    """Undo a deletion: the line is as it was, and counts again."""
    account, pid = _resolve(context, body.viewer, body.person)
    line, now = body.line, context.clock()
    _check(line, now)
    if line_of(account, pid, line.ref, line.kind, line.direction, line.at) is not None:
        return RestoreResponse(restored=False)
    item = touches.item_of(line.ref)
    if item is None:
        deletion.put_back(account, _row(pid, line), now)
    else:
        touch: Document = {"what": line.kind, "when": line.at, "way": line.direction, "words": line.words, "item": item}
        touches.add(account, pid, touch, op=body.op, at=now)
    return RestoreResponse(restored=True)


def _resolve(context: ApiContext, viewer: Viewer, person: PersonRef) -> tuple[Account, str]:
    check_named(person, "person")
    owner = owner_of(context, viewer)
    return context.account(owner), find(context, owner, person)


def _check(line: HistoryLine, now: int) -> None:
    """Refuse a line that this companion cannot have returned."""
    joined = line.direction == "both" and touches.item_of(line.ref) is None
    if line.kind not in KINDS or joined or line.at > now:
        raise BodyError("Send the line back as it was when you deleted it.", field="line")


def _row(pid: str, line: HistoryLine) -> InteractionRow:
    direction = INBOUND if line.direction == "both" else line.direction
    return InteractionRow(
        pid, direction, line.kind, line.ref, line.at, line.post, line.source, line.partial, line.automatic, line.chat
    )
