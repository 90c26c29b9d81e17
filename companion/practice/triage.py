"""Going through a big list one person at a time: promote, keep, drop with a reason, put off; each can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from companion.errors import BodyError
from companion.practice.circles import Circle, Circles
from companion.store.account import Account
from companion.store.documents import Document
from companion.store.ledger.queries import statistics
from companion.store.notebook.kinds.sorted import DROPPED, PROMOTED, SNOOZED
from companion.store.notebook.results import LATEST

KIND = "sorted"
MOST = 2000
"""Members of a list that fills itself that are gone through."""
SNOOZE_DAYS = 30
LADDER = {"favorited": "watchlist", "mentioned": "watchlist", "watchlist": "say-things"}
"""Circle -> the circle that one is promoted to; a circle of the user's own leads to The Watchlist."""


@dataclass(frozen=True, slots=True)
class Pile:
    """A list to go through.

    Attributes:
        circle: the list.
        up: where "promote" leads; None at the top.
        waiting: pids to look at, in the list's order.
        done: how many were looked at.
    """

    circle: Circle
    up: Circle | None
    waiting: tuple[str, ...]
    done: int


@dataclass(frozen=True, slots=True)
class Before:
    """What held before a decision, for its undo."""

    sorted: Document | None
    circles: tuple[str, ...]


def pile_of(account: Account, circle_id: str, today: date) -> Pile:
    """Return a list with those who wait. Raises ``UnknownError`` if there is no such circle."""
    circles = Circles(account.notebook)
    circle = circles.get(circle_id)
    up = LADDER.get(circle_id, None if circle_id == "say-things" else "watchlist")
    decided = decisions(account, circle_id)
    members = members_of(account, circle)
    waiting = [pid for pid in members if not _is_settled(decided.get(pid), today)]
    return Pile(circle, circles.get(up) if up else None, tuple(waiting), len(members) - len(waiting))


def members_of(account: Account, circle: Circle) -> list[str]:
    """Return the people of a circle: of one that fills itself the latest first, without those who were dropped."""
    if not circle.fills_itself:
        return Circles(account.notebook).members(account.owner)[circle.id]
    rows = statistics.filled(account.ledger, account.owner, *circle.fills_itself, limit=MOST)
    return [row.pid for row in rows]


def decisions(account: Account, circle_id: str) -> Mapping[str, Document]:
    """Return pid -> what was decided about the people of a list."""
    written = account.notebook.of_kind(KIND, account.owner)
    return {pid: document for pid, document in written if document.get("item") == circle_id}


def dropped(account: Account, circle_id: str) -> set[str]:
    """Return who was dropped from a list."""
    return {pid for pid, document in decisions(account, circle_id).items() if document.get("what") == DROPPED}


def decide(account: Account, pid: str, circle_id: str, decision: Document, *, ops: Sequence[str], at: int) -> Before:
    """Carry out a decision and return what held before.

    Args:
        account: whose list.
        pid: about whom.
        circle_id: the list.
        decision: the fields of the kind "sorted".
        ops: ids for two writes.
        at: epoch seconds.

    Raises:
        BodyError: there is nothing to promote to, or a field does not fit.
    """
    circles = Circles(account.notebook)
    circle, before = circles.get(circle_id), circles.of(pid, account.owner)
    up = LADDER.get(circle_id, None if circle_id == "say-things" else "watchlist")
    if decision.get("what") == PROMOTED and up is None:
        raise BodyError("This is the smallest circle; there is none to promote to.", field="what")
    wanted = list(before)
    if decision.get("what") == PROMOTED and up:
        wanted += [up] if up not in wanted else []
    elif decision.get("what") == DROPPED and not circle.fills_itself:
        wanted = [other for other in wanted if other != circle_id]
    stored = decisions(account, circle_id).get(pid)
    with account.notebook.batch():
        account.notebook.write(ops[0], KIND, pid, {**decision, "item": circle_id}, LATEST, at, account.owner)
        if wanted != before:
            circles.put(pid, account.owner, wanted, op=ops[1], at=at)
    return Before(stored, tuple(before))


def take_back(account: Account, pid: str, circle_id: str, before: Before, *, ops: Sequence[str], at: int) -> None:
    """Make everything as it was before a decision."""
    body: Document = {"item": circle_id, "gone": True}
    if before.sorted is not None:
        kept = {name: value for name, value in before.sorted.items() if name not in ("rev", "at", "viewer")}
        body = {**kept, "item": circle_id}
    with account.notebook.batch():
        account.notebook.write(ops[0], KIND, pid, body, LATEST, at, account.owner)
        circles = Circles(account.notebook)
        if circles.of(pid, account.owner) != list(before.circles):
            circles.put(pid, account.owner, before.circles, op=ops[1], at=at)


def _is_settled(decision: Document | None, today: date) -> bool:
    """Return whether nobody needs to look again: put off, it comes back on its day."""
    if decision is None:
        return False
    return decision.get("what") != SNOOZED or str(decision.get("until", "")) > today.isoformat()
