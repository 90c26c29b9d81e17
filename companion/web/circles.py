"""The circles page: who is in which, who could be looked at again when one is full, and those that fill themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from companion.errors import BodyError
from companion.practice.circles import Circle, Circles
from companion.reciprocity.judgement import judge
from companion.store.ledger.queries import directory, statistics
from companion.store.ledger.rows import BadgeRow
from companion.web import wording
from companion.web.context import PageContext, done, needed, new_op, page_context
from companion.web.person_rows import shown_name

blueprint = Blueprint("circles", __name__, url_prefix="/circles")
FILLED = 15
"""People shown of a circle that fills itself: the latest; more are in the table of people."""
MEMBERS = 200
PROMOTED = 35
"""The score (warm) from which somebody in a circle that fills itself is suggested for The Watchlist."""


@dataclass(frozen=True, slots=True)
class Member:
    """One person in a circle."""

    pid: str
    name: str
    handle: str
    score: int | None
    state: str
    last: str
    times: int = 0
    elsewhere: tuple[str, ...] = ()
    """Names of the circles by hand that they are in."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One circle with its people; ``weakest`` are named when it is full, for the user to look at again."""

    circle: Circle
    size: int
    state: str
    members: list[Member]
    weakest: list[Member]


@blueprint.get("")
def circles() -> str:
    """Show all circles."""
    now = page_context()
    kept = Circles(now.account.notebook)
    filled = kept.members(now.owner)
    return render_template(
        "circles.html",
        page=now,
        by_hand=[_by_hand(now, circle, filled[circle.id]) for circle in kept.by_hand()],
        by_itself=[_by_itself(now, circle) for circle in kept.all() if circle.fills_itself],
        first=kept.by_hand()[0],
        promoted=PROMOTED,
    )


@blueprint.post("")
def define() -> Response:
    """Make a circle, or give one another name or size."""
    now = page_context()
    kept = Circles(now.account.notebook)
    one, size = request.form.get("circle") or None, request.form.get("cap", "").strip()
    if size and not (size.isascii() and size.isdigit()):
        raise BodyError("The size is a number of people; leave it empty for none.", field="cap")
    before = kept.get(one) if one else None
    made = kept.define(one, needed("name", 40), int(size) if size else None)
    take_back = lambda: kept.define(before.id, before.name, before.cap) if before else kept.drop(made.id)  # noqa: E731
    told = f"{made.name} is {'changed' if before else 'a new circle'}."
    return done(now, now.link("circles.circles"), told, take_back)


@blueprint.post("/members")
def move() -> Response:
    """Put a person into a circle or take them out of it."""
    now = page_context()
    kept = Circles(now.account.notebook)
    circle, pid = kept.get(needed("circle")), needed("pid")
    if circle.fills_itself:
        raise BodyError("This circle fills itself. Choose one of your own.", field="circle")
    before = kept.of(pid, now.owner)
    into = request.form.get("do") != "remove"
    wanted = [*before, circle.id] if into else [one for one in before if one != circle.id]
    kept.put(pid, now.owner, wanted, op=new_op(), at=now.now)
    row = now.account.ledger.badge(now.owner, pid)
    told = f"{shown_name(now, row) if row else pid} is {'now in' if into else 'no longer in'} {circle.name}."
    size = len(kept.members(now.owner)[circle.id])
    if into and circle.state(size) != "room":
        told += f" It is meant for {circle.cap} and has {size}: see who could be looked at again."
    return done(
        now, now.link("circles.circles"), told, lambda: kept.put(pid, now.owner, before, op=new_op(), at=now.now)
    )


def _by_hand(now: PageContext, circle: Circle, pids: list[str]) -> Shown:
    members = _members(now, dict.fromkeys(pids, 0))
    members.sort(key=lambda one: (one.name.casefold(), one.pid))
    state = circle.state(len(pids))
    weakest = sorted(members, key=lambda one: (one.score if one.score is not None else -1, one.name))
    return Shown(circle, len(pids), state, members[:MEMBERS], weakest[:5] if state != "room" else [])


def _by_itself(now: PageContext, circle: Circle) -> Shown:
    assert circle.fills_itself is not None
    found = statistics.filled(now.account.ledger, now.owner, *circle.fills_itself, FILLED)
    return Shown(circle, len(found), "room", _members(now, {one.pid: one.times for one in found}), [])


def _members(now: PageContext, times: Mapping[str, int]) -> list[Member]:
    """Return these people as members, each with how often something put them there."""
    kept = Circles(now.account.notebook)
    names = {circle.id: circle.name for circle in kept.by_hand()}
    rows = directory.by_pids(now.account.ledger, now.owner, list(times))
    return [
        _member(now, rows.get(pid), Member(
            pid, pid, pid.removeprefix("@"), None, "not seen by this account", "–", count,
            tuple(names[one] for one in kept.of(pid, now.owner) if one in names),
        ))
        for pid, count in times.items()
    ]  # fmt: skip


def _member(now: PageContext, row: BadgeRow | None, known: Member) -> Member:
    if row is None:
        return known
    judged = judge(row.sums, row.tally, now.now)
    last = max((at for at in (row.tally.last_in, row.tally.last_out) if at is not None), default=None)
    return replace(
        known, name=shown_name(now, row), handle=row.handle or "", score=judged.value, state=wording.state(judged),
        last=wording.since(last, now.now),
    )  # fmt: skip
