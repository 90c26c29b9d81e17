"""The history with one person as lines to show: both directions of a touch are one line, with the user's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from companion.domain import limits
from companion.domain.sightings import INBOUND
from companion.store import touches
from companion.store.account import Account
from companion.store.documents import Document
from companion.store.ledger.rows import InteractionRow

SLACK = 200
"""Interactions read beyond the page: two may make one line, and those of one second stay on one page."""
Text = Annotated[str, Meta(max_length=300)]


class HistoryLine(msgspec.Struct):
    """One line of the history."""

    at: Annotated[int, Meta(ge=0, le=10**11)]
    direction: Literal["in", "out", "both"]
    """``both`` only for a touch, in which both sides talk."""
    kind: Text
    source: Text
    """page, dom, wire, notifications, archive, x-api; you: written down by the user."""
    post: Text | None
    """The post to link to."""
    partial: bool
    """Dated only approximately."""
    automatic: bool
    """Automated thanks and the like: kept, without weight."""
    ref: Annotated[str, Meta(min_length=1, max_length=300)]
    chat: Text | None = None
    """The chat (hashtag) it belonged to."""
    words: Annotated[str, Meta(max_length=limits.TOUCH)] = ""
    """What the user wrote about a touch."""
    day: Annotated[str, Meta(max_length=10)] | None = None
    """The day of a touch that was dated with one, such as 2026-10-20; else ``at`` is a time."""


def page_of(account: Account, pid: str, limit: int, before: int | None) -> tuple[list[HistoryLine], int | None]:
    """Return one page, latest first, and the time before which the next one begins (None at the end)."""
    most = 2 * limit + SLACK
    acts = account.ledger.interactions(account.owner, pid, most, before)
    lines = lines_of(acts, _touches(account, pid))
    end = min(limit, len(lines))
    while 0 < end < len(lines) and lines[end].at == lines[end - 1].at:
        end += 1
    more = end < len(lines) or len(acts) == most
    return lines[:end], lines[end - 1].at if more else None


def line_of(account: Account, pid: str, ref: str, kind: str, direction: str, at: int) -> HistoryLine | None:
    """Return the current state of one line, None if it does not exist (any more)."""
    acts = account.ledger.interactions(account.owner, pid, SLACK, at + 1)
    lines = [line for line in lines_of(acts, _touches(account, pid)) if (line.ref, line.kind) == (ref, kind)]
    return next((line for line in lines if line.direction == direction), None)


def lines_of(acts: Iterable[InteractionRow], stored: Mapping[str, Document]) -> list[HistoryLine]:
    """Return the lines in the order of the acts.

    Args:
        acts: interactions with one person.
        stored: item of a touch -> what was written down.
    """
    lines: dict[tuple[str, ...], HistoryLine] = {}
    for act in acts:
        item = touches.item_of(act.ref)
        key = (act.ref, act.kind) if item else (act.ref, act.kind, act.direction)
        if key in lines:
            lines[key].direction = "both"
        else:
            lines[key] = _line(act, stored.get(item, {}) if item else {})
    return list(lines.values())


def _line(act: InteractionRow, touch: Document) -> HistoryLine:
    day = touches.day_of(touch)
    return HistoryLine(
        act.at, "in" if act.direction == INBOUND else "out", act.kind, act.source, act.post, act.partial,
        act.automatic, act.ref, act.chat, str(touch.get("words") or ""), day.isoformat() if day else None,
    )  # fmt: skip


def _touches(account: Account, pid: str) -> dict[str, Document]:
    stored = account.notebook.about(pid, account.owner).others.get(touches.KIND, [])
    return {str(touch.get("item")): touch for touch in stored}
